"""The worklist and other lists of accounts: for the screen, for a pipe, for a program."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from collectctl.domain.money import plain as plain_money
from collectctl.domain.money import shown
from collectctl.domain.results.lists import ListResult, ListRow, TodayResult
from collectctl.domain.words import _
from collectctl.render.text import safe
from collectctl.render.values import day, instant, promise, sums
from collectctl.render.verdict import at, short, window_data

if TYPE_CHECKING:
    from rich.console import Console

_COLUMNS = (
    "rank",
    "account",
    "name",
    "client",
    "currency",
    "balance",
    "days_past_due",
    "bucket",
    "class",
    "task",
    "reason",
    "points",
    "phone",
    "channel",
    "verdict",
    "calls_left",
    "closes",
    "next_at",
    "due",
    "last_at",
    "last_outcome",
    "tags",
    "hidden",
)
_WIDE = 136  # columns of a terminal from which the reason keeps a line to itself beside all the others
_CAUSES = ("hold", "no_number", "future", "cap", "quiet", "hours")


def today_data(result: TodayResult, now: datetime) -> dict[str, Any]:
    night = result.overnight
    return {
        "rows": [row_data(row, now) for row in result.rows],
        "due": result.due,
        "shown": len(result.rows),
        "hidden": dict(result.hidden),
        "by_class": dict(result.by_class),
        "forgotten": result.forgotten,
        "overdue": result.overdue,
        "overnight": {"broken": night.broken, "due": night.due, "new": night.new, "leaving": night.leaving},
    }


def list_data(result: ListResult, now: datetime) -> dict[str, Any]:
    return {
        "rows": [row_data(row, now) for row in result.rows],
        "shown": len(result.rows),
        "total": result.total,
    }


def row_data(row: ListRow, now: datetime) -> dict[str, Any]:
    """One row with the keys that scripts rely on; a desk task is always allowed."""
    number = row.phone.value if row.phone else None
    verdict = row.verdict
    last = row.last_contact
    return {
        "rank": row.rank,
        "account": row.account,
        "name": row.name,
        "person": {"id": row.person_id, "accounts": row.person_accounts, "total": sums(row.person_totals)},
        "client": row.client,
        "batch": row.batch,
        "currency": row.currency,
        "balance": plain_money(row.balance, row.currency),
        "days_past_due": row.days_past_due,
        "bucket": row.bucket or None,
        "class": row.cls,
        "task": row.task,
        "reason": row.reason,
        "points": row.points,
        "why": [{"term": t.term, "points": t.points, "text": t.text} for t in row.why],
        "to": {"phone": number, "party": row.name, "role": "debtor"} if number else None,
        "phone": number,
        "channel": row.channel,
        "verdict": verdict.effect if verdict else "allowed",
        "calls_left": verdict.calls_left if verdict else None,
        "window": window_data(verdict) if verdict else {"opens": None, "closes": None, "zones": []},
        "next_at": at(verdict.next_at, verdict) if verdict else None,
        "due": instant(row.due_at, now.tzinfo) or day(row.due_on),
        "promise": promise(row.promise, row.account),
        "last_contact": {"at": instant(last.at, now.tzinfo), "outcome": last.outcome} if last else None,
        "tags": list(row.tags),
        "hidden": row.hidden,
    }


def plain(rows: Iterable[ListRow], now: datetime, *, why: bool = False) -> Iterator[list[str]]:
    """Rows for a pipe, the header first."""
    yield [*_COLUMNS, *(("why",) if why else ())]
    for row in rows:
        data = row_data(row, now)
        last = data["last_contact"] or {"at": "", "outcome": ""}
        data |= {"last_at": last["at"], "last_outcome": last["outcome"], "tags": " ".join(row.tags)}
        data["closes"] = data["window"]["closes"]
        cells = ["" if data[name] is None else str(data[name]) for name in _COLUMNS]
        yield [*cells, *((why_text(row),) if why else ())]


def why_text(row: ListRow) -> str:
    return "; ".join(f"{term.text} {term.points:+d}" for term in row.why)


def summary(result: TodayResult) -> list[str]:
    """The counts below the list; never one without the others."""
    if result.empty:
        return []
    return [
        *([overnight(result)] if result.first_of_day else []),
        _("{shown} shown · {due} people due now, {overdue} overdue, {forgotten} forgotten").format(
            shown=len(result.rows), due=result.due, overdue=result.overdue, forgotten=result.forgotten
        ),
        _("due: {classes}").format(
            classes=", ".join(f"{cls} {n}" for cls, n in result.by_class.items()) or _("none")
        ),
        _("hidden: {causes}").format(causes=_causes(result.hidden)),
    ]


def _causes(hidden: Mapping[str, int]) -> str:
    names = {
        "hold": _("on hold"),
        "no_number": _("without a number"),
        "future": _("for later"),
        "cap": _("at their cap"),
        "quiet": _("in a quiet period"),
        "hours": _("out of hours"),
    }
    parts = [f"{hidden[cause]} {names[cause]}" for cause in _CAUSES if hidden.get(cause)]
    return ", ".join(parts) or _("none")


def overnight(result: TodayResult) -> str:
    night = result.overnight
    return _(
        "since the last list: {broken} promises broken, {due} due, {new} new, {leaving} leave in 3 days"
    ).format(broken=night.broken, due=night.due, new=night.new, leaving=night.leaving)


def today_table(result: TodayResult, now: datetime, console: "Console", *, why: bool = False) -> None:
    from rich.text import Text

    if result.empty:
        console.print(Text(_("The book is empty. Begin with: collectctl import FILE")))
        return
    lines = summary(result)
    if result.first_of_day:
        console.print(Text(lines.pop(0)))
    _print(result.rows, console, now, why=why, marks=any(row.hidden for row in result.rows))
    for line in lines:
        console.print(Text(line, style="dim"))


def list_table(result: ListResult, console: "Console") -> None:
    from rich.text import Text

    _print(result.rows, console, None)
    console.print(Text(list_summary(result), style="dim"))


def list_summary(result: ListResult) -> str:
    return _("{shown} of {total} accounts").format(shown=len(result.rows), total=result.total)


_CLASS_STYLE = {
    "callback": "bold cyan",
    "legal": "bold magenta",
    "promise-due": "bold green",
    "promise-broken": "bold red",
    "ending-money": "yellow",
    "ending": "yellow",
}


def _print(
    rows: Sequence[ListRow],
    console: "Console",
    now: datetime | None,
    *,
    why: bool = False,
    marks: bool = False,
) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    wide = console.width >= _WIDE
    several = len({row.currency for row in rows}) > 1
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), expand=False)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column(_("account"), no_wrap=True, overflow="ellipsis", min_width=8 if wide else 6)
    table.add_column(_("name"), no_wrap=True, overflow="ellipsis", max_width=18 if wide else 10)
    table.add_column(_("balance"), justify="right", no_wrap=True)
    table.add_column(_("bucket") if wide else "", no_wrap=True)
    table.add_column(_("why"), overflow="fold", ratio=1)
    table.add_column(_("number"), no_wrap=True, overflow="ellipsis", min_width=11)
    if wide:
        table.add_column(_("may"), no_wrap=True)
        table.add_column(_("client"), no_wrap=True, overflow="ellipsis", max_width=16)
    for row in rows:
        reason = _reason(row, now, why)
        reason.append(f" [{row.hidden}]" if marks and row.hidden else "", style="red")
        cells = [
            Text(str(row.rank)),
            Text(tail(safe(row.account), 16 if wide else 12)),
            Text(safe(row.name)),
            Text(f"{_balance(row, console)}{' ' + row.currency if several else ''}"),
            Text(row.bucket),
            reason,
            Text(safe(row.phone.value) if row.phone else _(_PLACES.get(row.task, ""))),
        ]
        if not wide and row.verdict:
            may = _may(row, brief=True)
            plain_yes = may.plain == _("yes") and console.encoding.startswith("utf")
            reason.append(Text(" ✓", style="green") if plain_yes else Text(" · ").append(may))
        table.add_row(*cells, *([_may(row), Text(safe(row.client))] if wide else []))
    console.print(table)


_PLACES = {"desk": _("desk"), "letter": _("letter"), "message": _("message")}


def _may(row: ListRow, *, brief: bool = False) -> "Any":  # noqa: ANN401
    """The verdict on the contact of a row, beside the number."""
    from rich.text import Text

    verdict = row.verdict
    if verdict is None:
        return Text("")
    style = "red" if verdict.blocked else "yellow" if verdict.effect == "warn" else "green"
    return Text(short(verdict, brief=brief), style=style)


def _balance(row: ListRow, console: "Console") -> str:
    """The balance, marked where the client states another."""
    mark = ("≠" if console.encoding.startswith("utf") else "*") if row.differs else ""
    return mark + shown(row.balance, row.currency)


def tail(text: str, width: int) -> str:
    """The end of a number is what tells accounts apart."""
    return text if len(text) <= width else "…" + text[-(width - 1) :]


def _reason(row: ListRow, now: datetime | None, why: bool) -> "Any":  # noqa: ANN401
    from rich.text import Text

    text = Text()
    if row.state != "closed":
        text.append(row.cls, style=_CLASS_STYLE.get(row.cls, "bold"))
        text.append(": ")
    text.append(safe(row.reason))
    if row.due_at and now and row.due_at > now:
        text.append(_(" at {time}").format(time=f"{row.due_at.astimezone(now.tzinfo):%H:%M}"))
    if row.person_accounts > 1:
        text.append(_(" · {count} debts").format(count=row.person_accounts), style="dim")
    if row.tags:
        text.append(" " + " ".join(f"+{safe(tag)}" for tag in row.tags), style="dim")
    if why:
        text.append(f"\n{row.points}: {safe(why_text(row))}", style="dim")
    return text
