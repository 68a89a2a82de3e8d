"""The rows that an import makes are those that the rules give."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.facts import AccountFile, Party, PersonFile, Phone, Placement, Statement
from collectctl.domain.firstrows import Debt, FirstRows
from collectctl.domain.policy import Policy
from collectctl.domain.worklist import person_entries
from tests.domain.rules.people import ALL

TODAY = date(2026, 11, 25)
ZONE = ZoneInfo("Asia/Shanghai")
days = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))
ZONES = ((), ("Asia/Shanghai",), ("America/New_York",), ("America/Denver", "America/Phoenix"))
phones = st.lists(
    st.builds(
        lambda n, kind, zones: Phone(0, 1, f"55501{n:05d}", f"55501{n:05d}", kind, "client", "", zones),
        st.integers(0, 99_999), st.sampled_from(["mobile", "home", "work", ""]), st.sampled_from(ZONES),
    ),
    max_size=3, unique_by=lambda phone: phone.digits,
)  # fmt: skip
debts = st.lists(
    st.builds(
        Debt, st.just(0), st.just("Example Bank"), st.just("B"), st.sampled_from(["CNY", "JPY"]),
        st.one_of(st.integers(-100, 100), st.integers(0, 40_000_000)), st.none() | days, days,
        st.none() | days, st.just("上海"), st.none() | st.integers(-5, 120) | st.just("A"),
        st.sampled_from(["", "a@example.com"]),
    ),
    min_size=1, max_size=3,
)  # fmt: skip
bound = st.sampled_from([("cn",), ("us-regf",), ("us-regf", "us-ma"), ("uk",), ("none",), ()])


@given(st.lists(st.tuples(debts, phones, bound, st.sampled_from(["", "US-MA", "GB-SCT"])), min_size=1))
def test_a_row_of_a_file_is_the_one_that_the_rules_give(people: list) -> None:
    rows = FirstRows(TODAY, ZONE)  # one for all: what is kept for one person must not leak to another
    for owed, numbers, names, region in people:
        # debts of several clients may be bound by several policies
        policies = [
            tuple(ALL[name] for name in (names if n % 2 == 0 else ("none",))) for n in range(len(owed))
        ]
        owed = [debt._replace(account=n) for n, debt in enumerate(owed, 1)]
        person = _person(owed, tuple(numbers), policies, region)
        expected = [entry.row for entry in person_entries(person, TODAY, ZONE)]
        assert rows.rows(1, owed, policies, region, tuple(numbers)) == expected


def _person(
    owed: list[Debt], numbers: tuple[Phone, ...], policies: list[tuple[Policy, ...]], region: str
) -> PersonFile:
    accounts = tuple(_account(debt, bound) for debt, bound in zip(owed, policies, strict=True))
    return PersonFile(1, accounts, numbers, (), None, region=region)


def _account(debt: Debt, policies: tuple[Policy, ...]) -> AccountFile:
    values = {"city": debt.city, "client_score": debt.score, "email": debt.email}
    values = {key: value for key, value in values.items() if value not in (None, "")}
    statement = Statement(
        1, debt.account, TODAY, debt.currency, debt.balance, debt.overdue_since, values, {}
    )  # fmt: skip
    placement = Placement(1, debt.account, debt.batch, debt.placed_on, debt.ends_on, "")
    party = Party(1, debt.account, 1, "debtor", "甲天地", "")
    return AccountFile(
        debt.account, f"A{debt.account}", debt.client, placement, statement, (party,), (), (), (), (), (), (),
        policies,
    )  # fmt: skip
