import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.intake.cells import parse_identity, parse_phones
from collectctl.intake.errors import BadCell


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("13800132015", ("13800132015",)),
        ("13800132015/13800137590", ("13800132015", "13800137590")),
        ("13800132015 / 13800137590", ("13800132015", "13800137590")),
        ("13800132015；13800137590、010-68472307", ("13800132015", "13800137590", "010-68472307")),
        ("13800132015,13800132015", ("13800132015",)),
        ("13800132015\n13800137590", ("13800132015", "13800137590")),
        ("13800132015 13800137590", ("13800132015", "13800137590")),
        ("010-68472307", ("010-68472307",)),
        ("+1 (650) 456-7148", ("+1 (650) 456-7148",)),
        ("+86 138 0013 2015", ("+86 138 0013 2015",)),
        ("010-68472307/08", ("010-68472307/08",)),
        ("650-456-7148, ext 55", ("650-456-7148, ext 55",)),
        ("13800132015(本人)", ("13800132015(本人)",)),
        ("/13800132015/", ("13800132015",)),
        ("95588", ("95588",)),
        ("110", ("110",)),
        ("", ()),
        ("—", ()),
        ("空号", ()),
    ],
)
def test_numbers_of_a_cell(cell, phones):
    assert parse_phones(cell) == phones


@given(
    st.lists(st.from_regex(r"1\d{10}", fullmatch=True), max_size=5, unique=True),
    st.sampled_from("/;,、；，|\n"),
)
def test_joined_numbers_come_apart_again(numbers, separator):
    assert parse_phones(separator.join(numbers)) == tuple(numbers)


@given(st.text())
def test_no_digit_of_a_cell_is_lost(cell):
    found = "".join(parse_phones(cell))
    assert {char for char in cell if char.isdigit()} == {char for char in found if char.isdigit()}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" 00123 ", "00123"),
        ("６２２２", "6222"),
        ("ＡＢ１", "AB1"),
        ("12E5", "12E5"),
        ("ZX-1/2（三）", "ZX-1/2（三）"),
        ("=1+1", "=1+1"),
        ("—", ""),
        ("", ""),
    ],
)
def test_identity_numbers_are_text(text, number):
    assert parse_identity(text) == number


@pytest.mark.parametrize("text", ["4.40524E+17", "6.22202584800775e+18", "4E+17", "x" * 500])
def test_damaged_numbers_are_refused(text):
    with pytest.raises(BadCell):
        parse_identity(text)
