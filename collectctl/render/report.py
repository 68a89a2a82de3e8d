"""A report as JSON, as plain rows, as a page for a terminal, and as six lines for a chat."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from collectctl.domain.results.page import Table, text
from collectctl.domain.results.report import Breach, Group, ReportResult, Sums
from collectctl.domain.words import _
from collectctl.render import report_page
from collectctl.render import report_words as words
from collectctl.render.text import safe
from collectctl.render.values import sums

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as Grid

_GROUPS = ("outcome", "hour", "bucket", "client", "batch")
_BAR = 30  # columns of the longest bar
_DRAWN = 2  # tables with bars: by outcome and by hour


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
        "register": asdict(result.register),
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


def brief(result: ReportResult) -> list[str]:
    """Six lines to paste into a chat, without a debtor's name or number."""
    lines = [
        words.title(result),
        words.work(result),
        words.reached(result),
        f"{words.promises(result)}; {words.due(result)}",
        f"{words.money(result)}; {words.compliance(result)}",
        words.ahead(result),
    ]
    return [safe(line) for line in lines]


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


# --- a terminal -------------------------------------------------------------------------------------------


def table(result: ReportResult, console: "Console") -> None:
    """The page of a terminal: the sentences, then bars by outcome and hour, then who and what."""
    from rich.text import Text

    sections = report_page.sections(result, named=str)
    console.print(Text(safe(words.title(result)), style="bold"))
    for sentence in (sentence for section in sections for sentence in section.sentences):
        console.print(Text(safe(sentence)))
    for breach in (*result.breaches, *result.overrides):
        console.print(Text(safe(words.against(breach)), style="red"))
    tables = [made for section in sections for made in section.tables if made.shares]
    for at, made in enumerate(tables if result.by_outcome else ()):
        console.print()
        console.print(_grid(made, bars=at < _DRAWN))


def _grid(counted: Table, *, bars: bool) -> "Grid":
    """Counts, with bars of attempts, or of contacts where they came from outside."""
    from rich.table import Table as Grid
    from rich.text import Text

    made = Grid(box=None, pad_edge=False)
    name, *numbers = counted.headings
    made.add_column(name)
    for heading in numbers:
        made.add_column(heading, justify="right")
    if bars:
        made.add_column()
    sizes = [max(1, *(n for n in row[1:3] if isinstance(n, int))) for row in counted.rows]
    for row, size in zip(counted.rows, sizes, strict=True):
        drawn = ["█" * max(1, _BAR * size // max(sizes))] if bars else []
        made.add_row(*map(Text, [*(safe(text(cell)) for cell in row), *drawn]))
    return made


def gap_table(result: ReportResult, console: "Console") -> None:
    """What entries leave out, each with the command that fills it in."""
    from rich.table import Table as Grid
    from rich.text import Text

    if not result.gaps:
        console.print(Text(_("nothing is left out")))
        return
    found = report_page.gap_table(result, named=str)
    made = Grid(box=None, pad_edge=False)
    for heading in found.headings:
        made.add_column(heading, overflow="fold")
    for row in found.rows:
        made.add_row(*(Text(safe(text(cell))) for cell in row))
    console.print(made)
