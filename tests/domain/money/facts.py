"""Facts for the tests of the money: an account with plain defaults, and a fact of each kind in one line."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from collectctl.domain.facts import AccountFile, Activity, Party, Payment, Placement, Promise, Statement
from collectctl.domain.moneyfacts import Charge, Plan, Request, Settlement, Terms
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.policy import Policy

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 2)
ONE = timedelta(days=1)


def days(count: int) -> date:
    """`DAY` and so many days later."""
    return DAY + timedelta(days=count)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE).astimezone(UTC)


def statement(balance: int, on: date = DAY, since: date | None = None, **values: int | str) -> Statement:
    return Statement(1, 1, on, "CNY", balance, since, values, {})


def account(balance: int = 1_000_000, *, since: date | None = None, countries: tuple[str, ...] = ("CN",),
            stated: Mapping[str, int | str] | None = None, **more: object) -> AccountFile:  # fmt: skip
    """An account placed on `DAY`; `stated` are the values of its statement, `more` its other facts."""
    plain = AccountFile(
        1, "A1", "Bank", Placement(1, 1, "b", DAY, None, "cn", operation=1),
        statement(balance, since=since, **(stated or {})), (Party(1, 1, 1, "debtor", "张甲", ""),),
        (), (), (), (), (),
        policies=tuple(Policy(c.lower(), "1", c, (), country=c) for c in countries),
    )  # fmt: skip
    return plain._replace(**more)


def pay(number: int, on: date, amount: int, **more: object) -> Payment:
    """A confirmed payment, unless `more` says otherwise."""
    return Payment(number, 1, None, on, amount, "CNY", confirmed=True, operation=number)._replace(**more)


def claim(number: int, on: date, amount: int, **more: object) -> Payment:
    return pay(number, on, amount, confirmed=False, **more)


def promise(number: int, made: date, due: date, amount: int, **more: object) -> Promise:
    """A promise made in a contact of its own, unless `more` says otherwise."""
    plain = Promise(number, 1, number, at(made), made, due, None, amount, "CNY", "", operation=number)
    return plain._replace(**more)


def charge(number: int, on: date, component: str, amount: int) -> Charge:
    return Charge(number, 1, number, on, component, amount, "CNY", "")


def terms(from_on: date = DAY, **more: object) -> Terms:
    """0.05 % a day, neither the closing day nor a payment's day on the old balance charged."""
    plain = Terms(1, 1, from_on, "0.05%/day", "360", "not", "new", "none", "", 0, "", "", None, from_on)
    return plain._replace(**more)


def settlement(amount: int, until: date, number: int = 1, **more: object) -> Settlement:
    """One that was accepted, and approved under the reference K7."""
    plain = Settlement(number, 1, number, None, DAY, amount, "CNY", until, "K7", accepted=True)
    return plain._replace(**more)


def request(kind: str, asked: date, number: int = 1, **more: object) -> Request:
    return Request(number, 1, None, kind, asked, None, "CNY", None, "", operation=1)._replace(**more)


def plan(number: int, made: date, total: int, **more: object) -> Plan:
    return Plan(number, 1, number, None, made, "month", total, "CNY")._replace(**more)


def entry(number: int, outcome: str, when: datetime, **more: object) -> Activity:
    known = BY_CODE[outcome]
    plain = Activity(
        id=number, operation=number, account=1, contact=number, at=when, channel=known.channel, inbound=False,
        outcome=outcome, who=known.who, number="", party="", text="", next_at=None, next_on=None,
        talk_seconds=None, reason="", raised_by="us", amends=None,
    )  # fmt: skip
    return plain._replace(**more)
