"""An import as a person reads it: what was recognised, then what changed, then what to read."""

from collections.abc import Iterator, Sequence
from typing import Any

from collectctl.domain.importing import cell_shown, place
from collectctl.domain.questions import Question
from collectctl.domain.remarks import Remark, proposed_for
from collectctl.domain.repayments import ScheduleCounts
from collectctl.domain.results.importing import (
    ActivitiesImported,
    ExtensionsImported,
    ImportResult,
    MoneyImported,
    PhonesImported,
)
from collectctl.domain.words import _
from collectctl.render.values import amounts, sums

_ERRORS, _REMARKS, _STRANGERS, _OUTCOMES = 10, 10, 5, 30
_SAMPLE = 24  # characters shown of a cell
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}


def data(result: ImportResult) -> dict[str, Any]:
    fields = dict(result.columns)
    return {
        "file": result.file,
        "kind": result.kind,
        "encoding": result.encoding,
        "delimiter": result.delimiter,
        "header_row": result.header_row,
        "columns": [{"column": name, "field": field} for name, field in result.columns],
        "rows": result.rows,
        "new": result.new,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "reopened": result.reopened,
        "repeated": result.repeated,
        "left_out": result.left_out,
        "rejected": result.rejected,
        "closed": result.closed,
        "people": result.people,
        "totals": sums(result.totals),
        "errors": [
            {
                "row": e.row,
                "column": e.column,
                "value": cell_shown(e, fields),
                "message": e.message,
            }
            for e in result.errors
        ],
        "remarks": [
            {**remark._asdict(), "text": remark.shown, "command": remark.command} for remark in result.remarks
        ],
        "policies": list(result.policies),
        "dry_run": result.dry_run,
        **({"money": _money(result.money)} if result.money else {}),
        **({result.kind: _listed(result.listed)} if result.listed else {}),
    }


def _listed(listed: PhonesImported | ExtensionsImported | ActivitiesImported) -> dict[str, Any]:
    found = listed._asdict()
    if isinstance(listed, ActivitiesImported):
        found["outcomes"] = [
            {"outcome": o.theirs, "as": o.ours or None, "rows": o.rows} for o in listed.outcomes
        ]
    return found


def _money(money: MoneyImported) -> dict[str, Any]:
    schedule = money.schedule
    counts = {name: value for name, value in money._asdict().items() if name != "schedule"}
    if schedule is None:
        return {**counts, "schedule": None}
    return {**counts, "schedule": {**schedule._asdict(), "shortfall": sums(schedule.shortfall)}}


def lines(result: ImportResult) -> list[str]:
    if result.kind == "handover":
        return [*_handed(result), _last(result)]
    return [*_recognised(result), *_plan(result), *_to_read(result), _last(result)]


def _handed(result: ImportResult) -> list[str]:
    text = _("{file}: a hand-over, {rows} facts: {new} accounts taken over, {known} were here already")
    people = _("{people} people, {totals}").format(people=result.people, totals=amounts(result.totals))
    return [text.format(file=result.file, rows=result.rows, new=result.new, known=result.unchanged), people]


def _recognised(result: ImportResult) -> list[str]:
    kind = [result.kind]
    if result.encoding:
        kind.append(result.encoding)
    if result.delimiter:
        kind.append(_(_DELIMITERS.get(result.delimiter, result.delimiter)))
    kind.append(_("header in row {row}").format(row=result.header_row))
    return [f"{result.file}: {', '.join(kind)}", *mapping(result.columns, result.kind)]


def mapping(columns: Sequence[tuple[str, str | None]], kind: str) -> list[str]:
    """What each column was taken for."""
    known = [f"{column} → {field}" for column, field in columns if field]
    extra = [column for column, field in columns if not field]
    text = ["  " + " · ".join(known)]
    if extra:
        kept = kind in ("accounts", "payments")
        words = _("kept as extra: {columns}") if kept else _("not read: {columns}")
        text.append("  " + words.format(columns=", ".join(extra)))
    return text


def question(asked: Question) -> list[str]:
    """A question with its choices, numbered, and the first cells of each."""
    width = max((len(choice.label) for choice in asked.choices), default=0)
    lines = [asked.text]
    for number, choice in enumerate(asked.choices, start=1):
        shown_cells = " · ".join(sample[:_SAMPLE] for sample in choice.samples)
        lines.append(f"  {number:2}  {choice.label:{width}}  {shown_cells}".rstrip())
    return lines


def _plan(result: ImportResult) -> list[str]:
    if result.money:
        return list(_of_money(result, result.money))
    if result.listed:
        return list(_of_list(result, result.listed))
    if result.kind == "recalls":
        return [
            _("{rows} rows: {closed} recalled, {already} were closed before").format(
                rows=result.rows, closed=result.closed, already=result.unchanged
            )
        ]
    text = _("{rows} rows: {new} new, {changed} changed, {unchanged} unchanged").format(
        rows=result.rows, new=result.new, changed=result.changed, unchanged=result.unchanged
    )
    more = [
        (result.reopened, _("{count} reopened")), (result.closed, _("{count} returned")),
        (result.repeated, _("{count} rows repeat an account")),
        (result.left_out, _("{count} totals rows left out")), (result.rejected, _("{count} rows rejected")),
    ]  # fmt: skip
    text += "".join(", " + words.format(count=count) for count, words in more if count)
    plan = [text, _("{people} people, {totals}").format(people=result.people, totals=amounts(result.totals))]
    if result.policies:
        plan.append(
            _("contact policy {policies} (another: collectctl policies set ID --client NAME)").format(
                policies=", ".join(result.policies)
            )
        )
    return plan


def _of_money(result: ImportResult, money: MoneyImported) -> Iterator[str]:
    is_paid = result.kind == "payments"
    text = _("{rows} rows: {added} payments added") if is_paid else _("{rows} rows: {added} promises added")
    text = text.format(rows=result.rows, added=money.added)
    text += f", {amounts(result.totals)}" if result.totals else ""
    empty = _("{count} say that nothing came") if is_paid else _("{count} name no day")
    more = [
        (money.known, _("{count} on record already")), (money.unknown, _("{count} about unknown accounts")),
        (money.empty, empty), (result.left_out, _("{count} totals rows left out")),
        (result.rejected, _("{count} rows rejected")),
    ]  # fmt: skip
    yield text + "".join(", " + words.format(count=count) for count, words in more if count)
    done = [
        (money.kept, _("{count} promises kept")), (money.confirmed, _("{count} claims confirmed")),
        (money.settled, _("{count} settled")), (money.paid_off, _("{count} paid in full")),
    ]  # fmt: skip
    if any(count for count, _words in done):
        yield ", ".join(words.format(count=count) for count, words in done if count)
    yield from _strangers(money.strangers)
    if result.kind == "promises":
        yield _("{stated} promise dates, {impossible} of them before their own day").format(
            stated=money.stated, impossible=money.impossible
        )
    if money.schedule:
        yield _schedule(money.schedule)


def _strangers(numbers: Sequence[str]) -> Iterator[str]:
    if numbers:
        yield _("not in the book: {numbers}").format(numbers=_some(numbers))


def _some(numbers: Sequence[str]) -> str:
    return ", ".join(numbers[:_STRANGERS]) + (", ..." if len(numbers) > _STRANGERS else "")


def _of_list(
    result: ImportResult, listed: PhonesImported | ExtensionsImported | ActivitiesImported
) -> Iterator[str]:
    if isinstance(listed, PhonesImported):
        text, more = _("{rows} rows: {count} numbers added"), _of_phones(listed)
    elif isinstance(listed, ExtensionsImported):
        text, more = _("{rows} rows: {count} placements extended"), _of_extensions(listed)
    else:
        text, more = _("{rows} rows: {count} contacts added"), _of_activities(listed)
    count = listed.extended if isinstance(listed, ExtensionsImported) else listed.added
    text = text.format(rows=result.rows, count=count)
    more += [
        (listed.known, _("{count} on record already")),
        (listed.unknown, _("{count} about unknown accounts")),
        (result.left_out, _("{count} totals rows left out")),
        (result.rejected, _("{count} rows rejected")),
    ]
    yield text + "".join(", " + words.format(count=count) for count, words in more if count)
    yield from _strangers(listed.strangers)
    if isinstance(listed, ExtensionsImported) and listed.closed:
        yield _("closed, and left so: {numbers}").format(numbers=_some(listed.closed))
    if isinstance(listed, ActivitiesImported):
        yield from _outcomes(result, listed)


def _of_phones(listed: PhonesImported) -> list[tuple[int, str]]:
    return [
        (listed.parties, _("{count} people new")),
        (listed.dead, _("{count} known to be dead or wrong, and left so")),
        (listed.empty, _("{count} without a number")),
    ]


def _of_extensions(listed: ExtensionsImported) -> list[tuple[int, str]]:
    return [(len(listed.closed), _("{count} closed"))]


def _of_activities(listed: ActivitiesImported) -> list[tuple[int, str]]:
    return [
        (listed.merged, _("{count} complete a call that was logged")),
        (listed.skipped, _("{count} left out by their outcome")),
    ]


def _outcomes(result: ImportResult, listed: ActivitiesImported) -> Iterator[str]:
    """How each outcome of the file was read."""
    read = [
        f"{outcome.theirs or _('(none)')} → {outcome.ours or _('left out')} ({outcome.rows})"
        for outcome in listed.outcomes[:_OUTCOMES]
    ]
    if read:
        dots = " · ..." if len(listed.outcomes) > _OUTCOMES else ""
        yield _("outcomes: {outcomes}").format(outcomes=" · ".join(read) + dots)
    if listed.promises:
        yield _("{count} promises, {totals}").format(count=listed.promises, totals=amounts(result.totals))


def _schedule(s: ScheduleCounts) -> str:
    return _(
        "{count} instalments of {accounts} accounts: {on_time} on time, {late} late, {missed} missed,"
        " {part} in part; {short} accounts are short of {shortfall}"
    ).format(
        count=s.instalments, accounts=s.accounts, on_time=s.on_time, late=s.late, missed=s.missed,
        part=s.part, short=s.short_accounts, shortfall=amounts(s.shortfall),
    )  # fmt: skip


def _to_read(result: ImportResult) -> list[str]:
    text: list[str] = []
    if result.remarks:
        by_text: dict[str, list[Remark]] = {}
        for remark in result.remarks:
            by_text.setdefault(remark.text, []).append(remark)
        text.append(_("remarks of the client to read, and what would make rules of them:"))
        text += [f"  {line}" for found in list(by_text.values())[:_REMARKS] for line in _remark(found)]
        text += _more(len(by_text) - _REMARKS)
    if result.errors:
        fields = dict(result.columns)
        text.append(_("rows that can't be used:"))
        text += [
            "  " + _("row {row}: {place}").format(row=e.row, place=place(e, fields))
            for e in result.errors[:_ERRORS]
        ]
        text += _more(len(result.errors) - _ERRORS)
    return text


def _remark(found: list[Remark]) -> list[str]:
    """Remarks of the same words."""
    words, rows = found[0].text, [remark.row for remark in found]
    shown_rows = ", ".join(str(row) for row in rows[:5]) + (", ..." if len(rows) > 5 else "")
    text = _("{text}: {count} rows ({rows})").format(text=found[0].shown, count=len(rows), rows=shown_rows)
    return [text, f"  {found[0].command if len(found) == 1 else proposed_for(words, len(found))}"]


def _more(count: int) -> list[str]:
    return ["  " + _("and {count} more").format(count=count)] if count > 0 else []


def _last(result: ImportResult) -> str:
    if result.dry_run:
        return _("dry run: nothing was changed")
    if result.operation is None:
        return _("nothing new: the book was not changed")
    return _("next: collectctl today · undo with: collectctl undo")
