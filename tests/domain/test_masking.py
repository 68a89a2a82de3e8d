"""What of a text is masked: numbers of identities and cards, however written; numbers to dial are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.masking import mask_long_numbers


@pytest.mark.parametrize(
    "number",
    [
        "310101199002023456", "44010619750505123X", "310101 19900202 3456", "6222029876543210123",
        "6222 0255 5566 6677", "5454-5454-1234-9876", "6222 0298 7654 3210 123", "3782 822463 10005",
        "GB29NWBK60161331926819", "GB29 NWBK 0016 1331 9268 19", "219-09-7731", "AB 12 34 56 C", "AB123456C",
        "+310101199002023456",
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", ["{}", "card {}, he said", "身份证{}，本人", "*{}*"])
def test_a_number_that_identifies_is_masked(number: str, text: str):
    shown = mask_long_numbers(text.format(number))
    assert number not in shown
    assert shown.count("*") >= 5


@pytest.mark.parametrize(
    "text",
    [
        "+8613800138000 or 13800138000", "138 0013 8000", "617-555-0101", "0551-6282-1234", "1,234,567.89",
        "2026-11-23 09:00 to 2026-12-01", "20261123-20261201", "step 12 of 34", "C-2026-001",
    ],
)  # fmt: skip
def test_what_identifies_nobody_stands(text: str):
    assert mask_long_numbers(text) == text


@given(st.text(alphabet="0123456789 -*+Xab", max_size=60))
def test_masking_what_is_masked_changes_nothing(text: str):
    """A log that went out masked is known again when it comes back."""
    once = mask_long_numbers(text)
    assert mask_long_numbers(once) == once
