"""A report as JSON, as plain rows, as a page for a terminal, and as six lines for a chat.

Every number that is a share says of what: systems disagree about denominators.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from collectctl.domain.money import shown
from collectctl.domain.results.report import Breach, Group, Recovered, ReportResult, Sums
from collectctl.domain.when import WEEKDAYS
from collectctl.domain.words import _
from collectctl.render.text import safe
from collectctl.render.values import sums

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_GROUPS = ("outcome", "hour", "bucket", "client", "batch")
_BAR = 30  # columns of the longest bar
_GAPS = {
    "no-text": _("a talk without text"),
    "no-amount": _("a promise without an amount"),
    "unknown-party": _("nobody wrote down who answered"),
}


# --- JSON and plain rows ----------------------------------------------------------------------------------


def data(result: ReportResult, *, gaps: bool = False) -> dict[str, Any]:
    """The document of `--json`; what entries leave out is among it where it was asked for."""
    made = {
        "from": result.first.isoformat(),
        "to": result.last.isoformat(),
        "attempts": result.counts.attempts,
        "accounts_worked": result.accounts_worked,
        "open_accounts": result.open_accounts,
        "contacts": result.counts.contacts,
        "rpc": result.counts.rpc,
        "promises": {"count": result.counts.promises, "amount": sums(result.promised)},
        "fallen_due": _fallen_due(result),
        "claimed": _sums(result.claimed),
        "confirmed": _sums(result.confirmed),
        **{f"by_{name}": _groups(name, getattr(result, f"by_{name}")) for name in _GROUPS},
        "complaints": result.complaints,
        "breaches": [_breach(b) for b in result.breaches],
        "overrides": [{**_breach(b), "reason": b.override} for b in result.overrides],
        "not_worked": result.not_worked,
        "tomorrow": asdict(result.tomorrow),
        "average_7": asdict(result.average),
        **_recovered(result),
    }
    return {**made, "gaps": [{**asdict(g), "at": g.at.isoformat()} for g in result.gaps]} if gaps else made


def _sums(value: Sums) -> dict[str, Any]:
    return {"count": value.count, "amount": sums(value.amount)}


def _recovered(result: ReportResult) -> dict[str, Any]:
    found = result.recovered
    return {
        "reversed": _sums(found.reversed),
        "settled": {**_sums(found.settled), "reduction": sums(found.reduction)},
        "cured": found.cured,
        "rolled_back": found.rolled_back,
        "commission": sums(found.commission),
    }


def _fallen_due(result: ReportResult) -> dict[str, Any]:
    due = result.fallen_due
    return {
        "kept": due.kept,
        "partly": due.partly,
        "broken": due.broken,
        "kept_amount": sums(due.kept_amount),
        "broken_amount": sums(due.broken_amount),
    }


def _groups(name: str, groups: Iterable[Group]) -> list[dict[str, Any]]:
    return [{name: group.key, **asdict(group.counts)} for group in groups]


def plain(result: ReportResult) -> Iterator[list[str]]:
    """`section, key, value`, the header first: what `--json` has, and what is only spoken of elsewhere."""
    yield ["section", "key", "value"]
    for key, value in data(result).items():
        if isinstance(value, dict):
            yield from ([key, *row] for row in _flat(value))
        elif isinstance(value, list):
            yield from ([key, *row] for item in value for row in _item(item))
        else:
            yield ["report", key, str(value)]
    yield ["report", "inbound", str(result.inbound)]
    yield ["report", "talk_seconds", str(result.talk_seconds)]


def _flat(values: Mapping[str, Any]) -> Iterator[list[str]]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from ([f"{key} {currency}", amount] for currency, amount in value.items())
        else:
            yield [key, "" if value is None else str(value)]


def _item(item: Mapping[str, Any]) -> Iterator[list[str]]:
    """A row for each number of a list's item, under its name (the first of its values)."""
    name, *rest = item.items()
    yield from ([f"{name[1]} {key}", str(value)] for key, value in rest)


def gap_rows(result: ReportResult) -> Iterator[list[str]]:
    """What entries leave out, for a pipe."""
    yield ["gap", "activity", "account", "at", "outcome"]
    for gap in result.gaps:
        yield [gap.kind, str(gap.activity), gap.account, gap.at.isoformat(), gap.outcome]


# --- sentences --------------------------------------------------------------------------------------------


def brief(result: ReportResult) -> list[str]:
    """Six lines to paste into a chat, without a debtor's name or number."""
    lines = [
        _title(result),
        _work(result),
        _reached(result),
        f"{_promises(result)}; {_due(result)}",
        f"{_money(result)}; {_compliance(result)}",
        _ahead(result),
    ]
    return [safe(line) for line in lines]


def _title(result: ReportResult) -> str:
    days = _day(result.first)
    if result.last != result.first:
        days = _("{first} to {last}").format(first=days, last=_day(result.last))
    return " · ".join((days, *result.narrowed))


def _day(day: date) -> str:
    return f"{day.isoformat()} {_(WEEKDAYS[day.weekday()])}"


def _work(result: ReportResult) -> str:
    return _("{attempts} attempts; {worked} of {open} open accounts worked").format(
        attempts=result.counts.attempts, worked=result.accounts_worked, open=result.open_accounts
    )


def _reached(result: ReportResult) -> str:
    counts = result.counts
    text = _("contacts {contacts} of {attempts} attempts").format(
        contacts=counts.contacts, attempts=counts.attempts
    )
    if result.inbound:
        text += _(" ({inbound} of them came from outside)").format(inbound=result.inbound)
    return text + _("; RPC {rpc} of {attempts} attempts, of {contacts} contacts").format(
        rpc=counts.rpc, attempts=counts.attempts, contacts=counts.contacts
    )


def _promises(result: ReportResult) -> str:
    return _("promises {count} of {rpc} RPC: {amount}").format(
        count=result.counts.promises, rpc=result.counts.rpc, amount=_amounts(result.promised)
    )


def _due(result: ReportResult) -> str:
    due = result.fallen_due
    return _(
        "of {count} fallen due {kept} kept, {partly} partly, {broken} broken; {received} came,"
        " {missing} did not"
    ).format(
        count=due.kept + due.partly + due.broken,
        kept=due.kept,
        partly=due.partly,
        broken=due.broken,
        received=_amounts(due.kept_amount),
        missing=_amounts(due.broken_amount),
    )


def _money(result: ReportResult) -> str:
    text = _("claimed {claims}: {claimed}, confirmed {payments}: {confirmed}").format(
        claims=result.claimed.count,
        claimed=_amounts(result.claimed.amount),
        payments=result.confirmed.count,
        confirmed=_amounts(result.confirmed.amount),
    )
    return text + "".join(f", {part}" for part in _came_of_it(result.recovered))


def _came_of_it(found: Recovered) -> Iterator[str]:
    if found.reversed.count:
        yield _("reversed {count}: {amount}").format(
            count=found.reversed.count, amount=_amounts(found.reversed.amount)
        )
    if found.settled.count:
        yield _("settled {count}: {amount}, {reduction} let off").format(
            count=found.settled.count, amount=_amounts(found.settled.amount),
            reduction=_amounts(found.reduction),
        )  # fmt: skip
    if found.cured or found.rolled_back:
        yield _("cured {cured}, rolled back {rolled}").format(cured=found.cured, rolled=found.rolled_back)
    if found.commission:
        yield _("commission {amount}").format(amount=_amounts(found.commission))


def _compliance(result: ReportResult) -> str:
    return _("complaints {complaints}, breaches {breaches}, overrides {overrides}").format(
        complaints=result.complaints, breaches=len(result.breaches), overrides=len(result.overrides)
    )


def _breach(breach: Breach) -> dict[str, Any]:
    return {
        "activity": breach.activity,
        "account": breach.account,
        "at": breach.at.isoformat(),
        "rule": breach.rule,
        "effect": breach.effect,
        "text": breach.text,
        "cite": breach.cite,
    }


def _against(breach: Breach) -> str:
    """A contact that went against a rule, on one line."""
    text = f"  {breach.at:%m-%d %H:%M} {breach.account} {breach.rule}: {breach.text} ({breach.cite})"
    return text + (_(", overridden: {reason}").format(reason=breach.override) if breach.override else "")


def _ahead(result: ReportResult) -> str:
    tomorrow = result.tomorrow
    return _(
        "due and not worked {missed}; tomorrow: promises {promises}, call-backs {callbacks},"
        " follow-ups {follow_ups}"
    ).format(
        missed=result.not_worked,
        promises=tomorrow.promises_due,
        callbacks=tomorrow.callbacks,
        follow_ups=tomorrow.follow_ups,
    )


def _average(result: ReportResult) -> str:
    average = result.average
    if not average.days:
        return _("no worked day before to compare with")
    return _(
        "a day of the {days} worked before: attempts {attempts}, accounts {accounts}, contacts {contacts},"
        " RPC {rpc}, promises {promises}"
    ).format(
        days=average.days,
        attempts=average.attempts,
        accounts=average.accounts_worked,
        contacts=average.contacts,
        rpc=average.rpc,
        promises=average.promises,
    )


def _talk(result: ReportResult) -> str:
    minutes, seconds = divmod(result.talk_seconds, 60)
    return _("talk time {minutes}:{seconds:02}").format(minutes=minutes, seconds=seconds)


def _amounts(totals: Mapping[str, int]) -> str:
    return ", ".join(f"{shown(minor, currency)} {currency}" for currency, minor in totals.items()) or "0"


# --- a terminal -------------------------------------------------------------------------------------------


def table(result: ReportResult, console: "Console") -> None:
    """The page of a terminal: the sentences, then bars by outcome and hour, then who and what."""
    from rich.text import Text

    head, *sentences = (
        _title(result), _work(result), _reached(result), _promises(result), _due(result), _money(result),
        _compliance(result), _talk(result), _average(result), _ahead(result),
    )  # fmt: skip
    console.print(Text(safe(head), style="bold"))
    for sentence in sentences:
        console.print(Text(safe(sentence)))
    for breach in (*result.breaches, *result.overrides):
        console.print(Text(safe(_against(breach)), style="red"))
    if result.by_outcome:
        for made in _tables(result):
            console.print()
            console.print(made)


def _tables(result: ReportResult) -> Iterator["Table"]:
    yield _grid(_("outcome"), result.by_outcome, bars=True)
    yield _grid(_("hour"), result.by_hour, bars=True)
    yield _grid(_("bucket"), result.by_bucket)
    yield _grid(_("client"), result.by_client)
    yield _grid(_("batch"), result.by_batch)


def _grid(title: str, groups: Sequence[Group], *, bars: bool = False) -> "Table":
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False)
    made.add_column(title)
    for heading in (_("attempts"), _("contacts"), _("RPC"), _("promises")):
        made.add_column(heading, justify="right")
    if bars:
        made.add_column()
    most = max((_size(group) for group in groups), default=0)
    for group in groups:
        cells = [safe(str(group.key)), *map(str, asdict(group.counts).values())]
        cells += ["█" * max(1, _BAR * _size(group) // most)] if bars else []
        made.add_row(*map(Text, cells))
    return made


def _size(group: Group) -> int:
    """What a bar shows: attempts, or contacts where they came from outside."""
    return max(1, group.counts.attempts, group.counts.contacts)


def gap_table(result: ReportResult, console: "Console") -> None:
    """What entries leave out, each with the command that fills it in."""
    from rich.table import Table
    from rich.text import Text

    if not result.gaps:
        console.print(Text(_("nothing is left out")))
        return
    made = Table(box=None, pad_edge=False)
    for heading in (_("when"), _("account"), _("outcome"), _("what is missing"), _("try")):
        made.add_column(heading, overflow="fold")
    for gap in result.gaps:
        cells = (
            f"{gap.at:%m-%d %H:%M}",
            gap.account,
            gap.outcome,
            _(_GAPS[gap.kind]),
            _fill_in(gap.activity),
        )
        made.add_row(*(Text(safe(cell)) for cell in cells))
    console.print(made)


def _fill_in(activity: int) -> str:
    return f"collectctl amend {activity}"
