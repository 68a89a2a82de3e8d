"""Promises of any mix: no money counts twice, the order of entry says nothing, a reversal leaves no trace."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from collectctl.domain.facts import Payment, Promise
from collectctl.domain.promises import PromiseState, promise_states
from collectctl.domain.receipts import received
from tests.conftest import tries
from tests.domain.money.facts import at, days, pay, promise

Book = tuple[tuple[Promise, ...], tuple[Payment, ...]]
day_numbers = st.integers(0, 40)
sums = st.integers(1, 30)
some = settings(max_examples=tries(50))


@st.composite
def promises(draw: st.DrawFn) -> tuple[Promise, ...]:
    found = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        contact = draw(st.integers(0, 4))
        made = days(contact * 5)  # the parts of one contact are of one moment
        found.append(
            promise(
                number, made, made + (days(draw(st.integers(0, 20))) - days(0)), draw(sums), activity=contact,
                made_at=at(made), operation=contact + 1, payer=draw(st.sampled_from(["", "", "李乙"])),
                plan=draw(st.sampled_from([None, None, 1])),
                withdrawn_on=draw(st.none() | st.none() | day_numbers.map(days)),
            )
        )  # fmt: skip
    return tuple(found)


@st.composite
def payments(draw: st.DrawFn) -> tuple[Payment, ...]:
    found: list[Payment] = []
    for number in range(10, 10 + draw(st.integers(0, 6))):
        on = draw(day_numbers)
        claims = [p.id for p in found if not p.confirmed and p.id not in {q.confirms for q in found}]
        confirmed = draw(st.sampled_from([True, True, False]))
        found.append(
            pay(
                number, days(on), draw(sums), confirmed=confirmed,
                activity=None if confirmed else draw(st.integers(1, 4)),
                confirms=draw(st.sampled_from([None, *claims])) if confirmed else None,
                reversed_on=draw(st.none() | st.integers(on, 65).map(days)),
            )
        )  # fmt: skip
    return tuple(found)


books = st.tuples(promises(), payments())
todays = st.integers(41, 60).map(days)  # money never comes from days ahead
graces = st.integers(0, 3)


def by_id(book: Book, today: date, grace: int) -> dict[int, PromiseState]:
    return {s.promise.id: s for s in promise_states(*book, today, grace)}


def gist(book: Book, today: date, grace: int) -> list[tuple[str, int, date | None]]:
    return [(s.state, s.kept, s.kept_on) for s in promise_states(*book, today, grace)]


@some
@given(books, todays, graces, st.randoms(use_true_random=False))
def test_states_do_not_depend_on_the_order_of_entry(book: Book, today: date, grace: int, chance: object):
    mixed = tuple(tuple(chance.sample(facts, len(facts))) for facts in book)
    assert by_id(mixed, today, grace) == by_id(book, today, grace)


@some
@given(books, todays, graces)
def test_nothing_kept_is_negative_above_its_promise_or_more_than_came(book: Book, today: date, grace: int):
    found = promise_states(*book, today, grace)
    assert all(0 <= s.kept <= s.promise.amount for s in found)
    assert sum(s.kept for s in found) <= sum(p.amount for p in received(book[1], today))


@some
@given(books, todays, graces)
def test_a_state_and_its_sums_and_days_say_the_same(book: Book, today: date, grace: int):
    for found in promise_states(*book, today, grace):
        complete = found.kept == found.promise.amount
        assert (found.state == "kept") == complete == (found.kept_on is not None)
        assert (found.broken_on is not None) == (found.state in ("broken", "partly-kept"))
        assert found.state != "partly-kept" or found.kept
        assert found.state != "broken" or not found.kept
        assert found.broken_on is None or found.promise.due_on < found.broken_on <= today


@some
@given(books, todays, graces, st.data())
def test_a_payment_that_was_reversed_is_as_if_it_had_never_come(
    book: Book, today: date, grace: int, data: st.DataObject
):
    made, money = book
    came = [p for p in money if p.confirmed]
    if not came:
        return
    gone = data.draw(st.sampled_from(came))
    back = tuple(p._replace(reversed_on=max(p.on, days(41))) if p is gone else p for p in money)
    never = tuple(p for p in money if p is not gone)
    assert gist((made, back), today, grace) == gist((made, never), today, grace)


@some
@given(books, todays, graces)
def test_until_the_day_on_which_it_is_reversed_it_counts(book: Book, today: date, grace: int):
    made, money = book
    later = tuple(
        p._replace(reversed_on=None) if p.reversed_on and p.reversed_on > today else p for p in money
    )
    assert by_id((made, later), today, grace) == by_id(book, today, grace)


@some
@given(books, graces)
def test_a_promise_once_broken_stays_broken_on_the_same_day_unless_money_comes(book: Book, grace: int):
    made, money = book[0], tuple(p._replace(reversed_on=None) for p in book[1])
    before = by_id((made, money), days(60), grace)
    after = by_id((made, money), days(90), grace)
    assert before == after
