"""Records behave as the named tuples that they stand for."""

import pickle
from datetime import date
from typing import NamedTuple

import pytest

from collectctl.domain.records import Record


class Placed(Record):
    """A placement."""

    account: int
    on: date
    cls: str = ""  # a field may be called as a parameter is
    tags: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        return self.on.year


class Named(NamedTuple):
    account: int
    on: date
    cls: str = ""
    tags: tuple[str, ...] = ()


DAY = date(2026, 11, 23)
CALLS = [
    ((1, DAY), {}),
    ((1, DAY, "M1", ("a",)), {}),
    ((1,), {"on": DAY}),
    ((), {"on": DAY, "account": 1, "cls": "M2"}),
]


@pytest.mark.parametrize(("values", "named"), CALLS)
def test_a_record_is_what_a_named_tuple_is(values, named):
    twin = Named(*values, **named)
    made = [Placed(*values, **named) for _ in range(50)]  # with its constructor compiled at last
    record = made[0]
    assert made == [record] * 50
    assert tuple(record) == tuple(twin)
    assert record._asdict() == twin._asdict()
    assert (record.account, record.on, record.cls, record.tags) == tuple(twin)
    assert repr(record) == repr(twin).replace("Named", "Placed")
    assert record._replace(cls="x", account=7)._asdict() == twin._replace(cls="x", account=7)._asdict()
    assert record == Placed._make(twin)
    assert hash(record) == hash(Placed(*twin))
    assert record.year == 2026
    assert pickle.loads(pickle.dumps(record)) == record
    assert type(pickle.loads(pickle.dumps(record))) is Placed


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), ((1,), {}), ((1, DAY, "", (), 5), {}), ((1, DAY), {"account": 1}), ((1, DAY), {"other": 1})],
)
def test_values_that_do_not_fit_are_refused(values, named):
    for _again in range(2):  # before and after its constructor is compiled
        with pytest.raises(TypeError):
            Placed(*values, **named)
    with pytest.raises(TypeError):
        Placed(1, DAY)._replace(other=1)


def test_a_record_does_not_change():
    record = Placed(1, DAY)
    with pytest.raises(AttributeError):
        record.account = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        record.more = 2  # type: ignore[attr-defined]


def test_the_names_of_a_record_are_those_of_a_named_tuple():
    assert Placed._fields == Placed.__match_args__ == Named._fields
    assert Placed._field_defaults == Named._field_defaults
    match Placed(1, DAY, "M1"):
        case Placed(account, _on, cls="M1"):
            assert account == 1
        case _:
            pytest.fail("a record is matched by its names")


def test_a_record_may_build_on_another():
    class Late(Placed):
        @property
        def late(self) -> bool:
            return self.cls != ""

    assert Late(1, DAY, cls="M1").late
    assert Late(1, DAY) == Placed(1, DAY)
    assert not Placed(1, DAY)._replace(cls="")._asdict()["cls"]
