"""One account, whole: who, what is owed and how it is made up, numbers, promises, holds, timeline."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from collectctl.domain.components import COMPONENTS
from collectctl.domain.facts import Activity
from collectctl.domain.masking import masked
from collectctl.domain.money import plain as plain_money
from collectctl.domain.money import with_code
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.results.showing import FindResult, Hit, ShowResult, TimelineEntry
from collectctl.domain.words import _
from collectctl.render import account_money, analysis, desk, permission
from collectctl.render.text import safe
from collectctl.render.values import day, instant, promise, weekday
from collectctl.render.verdict import reason_data
from collectctl.render.worklist import row_data

if TYPE_CHECKING:
    from rich.console import Console

# stated fields that have a place of their own above, or are amounts of `money`
_ELSEWHERE = ("id_number", "balance", *COMPONENTS)
_WHOLE = ("client_customer", "batch")  # names of the client's own, however long


def data(result: ShowResult, now: datetime) -> dict[str, Any]:
    account = result.account
    row = row_data(result.row, now)
    return {
        "account": account.number,
        "name": account.debtor,
        "client": account.client,
        "person": {**row["person"], "id_number": result.id_number or None},
        "other_accounts": [a.number for a in result.person.accounts if a.id != account.id],
        **_placement(result),
        "money": account_money.data(result),
        "days_past_due": result.row.days_past_due,
        "bucket": result.row.bucket or None,
        "phones": _phones(result),
        "parties": _parties(result),
        "promises": [promise(state, account.number) for state in result.promises],
        **account_money.more_data(result),
        "analysis": analysis.data(result.analysis),
        "safety": [{"note": n.id, "on": day(n.on), "text": result.veil(n.text)} for n in result.safety],
        "claims": [desk.claim_data(state) for state in result.claims],
        "complaints": [desk.complaint_data(c, now.date()) for c in account.complaints],
        "holds": [{"kind": h.kind, "from": day(h.from_on), "until": day(h.until)} for h in result.holds],
        "tags": list(account.tags),
        "stated": _stated(result),
        "extra": _extra(result),
        **permission.data(result, now),
        "next": {"at": row["due"], "class": row["class"], "reason": row["reason"], "hidden": row["hidden"]},
        "why": row["why"],
        "timeline": [_entry(entry, now.tzinfo, result) for entry in result.timeline],
        "more": result.more,
    }


def _placement(result: ShowResult) -> dict[str, Any]:
    placed = result.account.placement
    return {
        "state": "open" if result.account.open else "closed",
        "closed": {"as": placed.closed_as, "on": day(placed.closed_on)} if placed.closed_on else None,
        "placement": {
            "batch": placed.batch,
            "from": day(placed.placed_on),
            "until": day(placed.ends_on),
            "policy": placed.policy,
        },
    }


def _phones(result: ShowResult) -> list[dict[str, Any]]:
    return [
        {
            "phone": number.phone.value,
            "label": number.phone.label or None,
            "source": number.phone.source,
            "state": number.state or "usable",
            "reached": number.reached,
            "tried": number.tried,
        }
        for number in result.numbers
    ]


def _parties(result: ShowResult) -> list[dict[str, Any]]:
    """Everybody on the account but the debtor."""
    return [
        {
            "name": one.party.name,
            "role": one.party.role,
            "relation": one.party.relation or None,
            "phones": list(one.phones),
            "verdict": one.verdict.effect,
            "reasons": [reason_data(reason, one.verdict) for reason in one.verdict.reasons],
            "may_say": one.say,
        }
        for one in result.beside
    ]


def _stated(result: ShowResult) -> dict[str, str]:
    """The other fields of the client's file, money with its decimals, cards masked."""
    stated = result.account.statement
    kept = {k: v for k, v in stated.values.items() if k not in _ELSEWHERE}
    amounts = ("amount", "due_", "_due", "paid", "rollback")
    return {
        key: plain_money(value, stated.currency)
        if isinstance(value, int) and any(word in key for word in amounts) and key != "days_past_due"
        else str(value)
        if result.revealed or key in _WHOLE
        else result.veil(masked(key, str(value)))
        for key, value in kept.items()
    }


def _extra(result: ShowResult) -> dict[str, str]:
    """The client's unknown columns: what looks like a card or an identity number is masked there too."""
    extra = result.account.statement.extra
    return {key: result.veil(value) for key, value in extra.items()}


def _entry(entry: TimelineEntry, zone: Any, result: ShowResult) -> dict[str, Any]:  # noqa: ANN401
    a = entry.activity
    return {
        "activity": a.id,
        "at": instant(a.at, zone),
        "channel": a.channel or None,
        "direction": "in" if a.inbound else "out",
        "outcome": a.outcome,
        "who": a.who,
        "number": a.number or None,
        "party": a.party or None,
        "text": result.veil(a.text),
        "amends": a.amends,
        "amended_by": entry.amended_by,
    }


def plain(result: ShowResult, now: datetime) -> Iterator[list[str]]:
    """`section, key, value` rows of everything that the document holds."""
    yield ["section", "key", "value"]
    for section, content in data(result, now).items():
        yield from _flat(section, "", content)


def _flat(section: str, key: str, content: Any) -> Iterator[list[str]]:  # noqa: ANN401
    if isinstance(content, dict):
        for name, value in content.items():
            yield from _flat(section, f"{key}.{name}" if key else str(name), value)
    elif isinstance(content, list):
        for number, value in enumerate(content, 1):
            yield from _flat(section, f"{key}{number}", value)
    elif content is not None and content != "":
        yield [section, key, str(content)]


def table(result: ShowResult, now: datetime, console: "Console") -> None:
    from rich.text import Text

    for line, style in _lines(result, now):
        console.print(Text(safe(line), style=style), soft_wrap=False)


def _lines(result: ShowResult, now: datetime) -> Iterator[tuple[str, str]]:
    account = result.account
    yield f"{account.debtor}  {account.number}", "bold"
    placement = account.placement
    until = f" – {placement.ends_on}" if placement.ends_on else ""
    yield f"{account.client} · {placement.batch} · {placement.placed_on}{until} · {placement.policy}", ""
    if placement.closed_on:
        yield (
            _("closed as {reason} on {day}").format(reason=placement.closed_as, day=placement.closed_on),
            "red",
        )
    if result.id_number:
        yield _("identity number {number}").format(number=result.id_number), "dim"
    yield from account_money.lines(result)
    row = result.row
    when = weekday(row.due_on) if row.due_on and row.due_on > now.date() else _("now")
    if row.due_at and row.due_at > now:
        when += f" {row.due_at.astimezone(now.tzinfo):%H:%M}"
    if account.open:
        hidden = f" [{row.hidden}]" if row.hidden else ""
        yield (
            _("next: {when}: {cls}, {reason}").format(when=when, cls=row.cls, reason=row.reason) + hidden,
            "bold",
        )
    if account.open:
        yield from permission.said_lines(result)
    for hold in result.holds:
        until = str(hold.until) if hold.until else _("until it is released")
        yield (
            _("hold: {kind} from {day} to {until}").format(kind=hold.kind, day=hold.from_on, until=until),
            "magenta",
        )
    stated = " · ".join(f"{key} {value}" for key, value in _stated(result).items() if key != "remarks")
    if stated:
        yield stated, "dim"
    if account.tags:
        yield " ".join(f"+{tag}" for tag in account.tags), "cyan"
    yield from _people_lines(result, now)
    yield from account_money.promise_lines(result)
    yield from analysis.lines(result.analysis)
    yield from _timeline_lines(result, now)


def _people_lines(result: ShowResult, now: datetime) -> Iterator[tuple[str, str]]:
    for number in result.numbers:
        notes = [
            number.phone.label,
            {"dead": _("not in service"), "wrong": _("somebody else's"), "stale": _("left")}.get(
                number.state, ""
            ),
        ]
        notes += [
            _("reached") if number.reached else "",
            _("tried {count}").format(count=number.tried) if number.tried else "",
        ]
        yield f"  {number.phone.value}  {' · '.join(n for n in notes if n)}", "dim" if number.state else ""
    for one in result.beside:
        party = one.party
        may = _("no: {why}").format(why=one.verdict.blocking[0].text) if one.verdict.blocked else _("yes")
        yield f"  {party.relation or party.role}: {party.name} {', '.join(one.phones)}", "dim"
        yield _("    may be called: {may}").format(may=may), "red" if one.verdict.blocked else "dim"
        yield _("    may be told: {say}").format(say=one.say), "dim"
    for note in result.safety:
        yield (
            _("  safety, since {day}: {text}").format(day=note.on, text=result.veil(note.text)),
            "bold red",
        )
    for state in result.claims:
        yield desk.claim_line(state), "cyan"
    for complaint in result.account.complaints:
        yield desk.complaint_line(complaint, now.date()), "magenta" if complaint.open else "dim"


def _timeline_lines(result: ShowResult, now: datetime) -> Iterator[tuple[str, str]]:
    for entry in result.timeline:
        yield (
            _timeline_line(entry.activity, result.veil(entry.activity.text), now)
            + (_(" (corrected by #{entry})").format(entry=entry.amended_by) if entry.amended_by else ""),
            "strike dim" if entry.amended_by else "",
        )
    if result.more:
        yield _("and {count} older entries: --all").format(count=result.more), "dim"


def _timeline_line(a: Activity, text: str, now: datetime) -> str:
    at = a.at.astimezone(now.tzinfo)
    parts = [
        f"#{a.id}",
        f"{at:%m-%d %H:%M}",
        _("in") if a.inbound else "",
        a.outcome,
        f"({_(BY_CODE[a.outcome].meaning)})",
    ]
    parts += [a.number, a.party, text]
    return " ".join(part for part in parts if part)


# --- find ----------------------------------------------------------------------------------------------


def find_data(result: FindResult) -> dict[str, Any]:
    return {
        "accounts": [
            {
                "account": h.account,
                "name": h.name,
                "client": h.client,
                "balance": plain_money(h.balance, h.currency),
                "currency": h.currency,
                "found_in": h.text,
            }
            for h in result.hits
        ],
        "more": result.more,
    }


def find_plain(result: FindResult) -> Iterator[list[str]]:
    yield ["account", "name", "client", "balance", "currency", "found_in"]
    for h in result.hits:
        yield [h.account, h.name, h.client, plain_money(h.balance, h.currency), h.currency, h.text]


def find_table(result: FindResult, console: "Console") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("#", _("account"), _("name"), _("client"), _("balance"), _("found in")):
        made.add_column(title, overflow="ellipsis", no_wrap=title != _("client"))
    for rank, hit in enumerate(result.hits, 1):
        made.add_row(Text(str(rank)), *(Text(cell) for cell in _hit_cells(hit)))
    console.print(made)
    if result.more:
        console.print(Text(_("there are more: narrow it, or --limit"), style="dim"))


def _hit_cells(hit: Hit) -> list[str]:
    balance = with_code(hit.balance, hit.currency)
    return [safe(hit.account), safe(hit.name), safe(hit.client), balance, hit.text]
