"""What the facts say of ability and willingness: a block of `show`, columns of `list --analysis`."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from collectctl.domain.analysis import Analysis, Cell, Kept, Paid, Times
from collectctl.domain.money import shown
from collectctl.domain.results.lists import ListResult, ListRow
from collectctl.domain.words import _
from collectctl.render import worklist
from collectctl.render.text import safe
from collectctl.render.values import day, sums

if TYPE_CHECKING:
    from rich.console import Console

COLUMNS = ("arrears", "promises_kept", "payments", "last_payment", "best_time")


def data(a: Analysis) -> dict[str, Any]:
    return {
        "ability": {"word": a.ability[0], "facts": list(a.ability[1:])},
        "willingness": {"word": a.willingness[0], "facts": list(a.willingness[1:])},
        "reasons": [{"reason": r.code, "days": [day(on) for on in r.days]} for r in a.reasons],
        "promises": _promises(a.promises),
        "payments": _payments(a.payments),
        "refusals": _times(a.refusals),
        "hardship": _times(a.hardship),
        "zone": a.calls.zone,
        "best_time": a.calls.best or None,
        "calls": [
            {"phone": number, **{band: _cell(cell) for band, cell in bands.items()}}
            for number, bands in a.calls.cells.items()
        ],
    }


def _promises(made: Kept) -> dict[str, Any]:
    return {
        "fallen_due": made.fallen_due,
        "kept": made.kept,
        "partly_kept": made.partly,
        "broken": made.broken,
        "promised": sums(made.promised),
        "received": sums(made.received),
        "open": made.open,
        "withdrawn": made.withdrawn,
    }


def _payments(paid: Paid) -> dict[str, Any]:
    return {
        "count": paid.number,
        "total": sums(paid.total),
        "last": day(paid.last),
        "typical_gap": paid.gap,
        "reversed": paid.reversed,
        "open_claims": paid.claims,
    }


def _times(said: Times) -> dict[str, Any]:
    return {"count": said.number, "last": day(said.last)}


def _cell(cell: Cell) -> dict[str, int]:
    return {"tried": cell.tried, "answered": cell.answered, "reached": cell.reached}


def lines(a: Analysis) -> Iterator[tuple[str, str]]:
    """A compact block: the two words with their facts, then the calls as a grid, answered of tried."""
    if not _says_anything(a):
        return
    yield _("ability: {word}").format(word=a.ability[0]), "cyan"
    yield from ((f"  {fact}", "dim") for fact in a.ability[1:])
    yield _("willingness: {word}").format(word=a.willingness[0]), "cyan"
    yield from ((f"  {fact}", "dim") for fact in a.willingness[1:])
    yield from _grid(a)


def _says_anything(a: Analysis) -> bool:
    return bool(
        a.reasons or a.payments.number or a.promises.fallen_due or a.promises.open or a.promises.withdrawn
        or a.refusals.number or a.hardship.number or any(a.calls.cells.values())
    )  # fmt: skip


def _grid(a: Analysis) -> Iterator[tuple[str, str]]:
    called = {number: bands for number, bands in a.calls.cells.items() if bands}
    if not called:
        return
    heads = [_(band) for band in a.calls.bands]
    first = _("answered/tried")
    wide = max(len(first), *map(len, called))
    yield f"  {first:<{wide}}  {'  '.join(heads)}  ({a.calls.zone})", "dim"
    for number, bands in called.items():
        found = [_shown(bands, band) for band in a.calls.bands]
        row = "  ".join(cell.rjust(len(head)) for cell, head in zip(found, heads, strict=True))
        yield f"  {number:<{wide}}  {row}", "dim"
    if a.calls.best:
        yield _("  they answered most in the {band}").format(band=_(a.calls.best)), "dim"


def _shown(bands: Mapping[str, Cell], band: str) -> str:
    cell = bands.get(band)
    return f"{cell.answered}/{cell.tried}" if cell else "-"


def list_data(result: ListResult, now: datetime) -> dict[str, Any]:
    made = worklist.list_data(result, now)
    for row, listed in zip(made["rows"], result.rows, strict=True):
        found = _of(result, listed)
        row["analysis"] = row_data(found) if found else None
    return made


def list_plain(result: ListResult, now: datetime) -> Iterator[list[str]]:
    header, *rows = worklist.plain(result.rows, now)
    yield [*header, *COLUMNS]
    for row, listed in zip(rows, result.rows, strict=True):
        yield [*row, *cells(_of(result, listed))]


def list_table(result: ListResult, console: "Console") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    made.add_column("#", justify="right", no_wrap=True, min_width=1)
    made.add_column(_("account"), no_wrap=True, overflow="ellipsis")
    made.add_column(_("name"), no_wrap=True, overflow="ellipsis", max_width=18)
    made.add_column(_("balance"), justify="right", no_wrap=True)
    made.add_column(_("reason"), overflow="fold")
    made.add_column(_("kept"), no_wrap=True, min_width=6)
    made.add_column(_("paid"), justify="right", no_wrap=True)
    for head in (_("last paid"), _("best time")):
        made.add_column(head, no_wrap=True, min_width=10)
    for r in result.rows:
        first = (str(r.rank), worklist.tail(safe(r.account), 12), r.name, shown(r.balance, r.currency))
        made.add_row(*(Text(safe(cell)) for cell in (*first, *cells(_of(result, r)))))
    console.print(made)
    console.print(Text(worklist.list_summary(result), style="dim"))


def _of(result: ListResult, row: ListRow) -> Analysis | None:
    return (result.analyses or {}).get(row.account_id)


def cells(a: Analysis | None) -> list[str]:
    """The columns of a list: `income-loss`, `1 of 3`, `2`, the day, `evening`; empty where nothing is."""
    if a is None:
        return [""] * len(COLUMNS)
    made = a.promises
    return [
        a.reasons[0].code if a.reasons else "",
        _("{kept} of {due}").format(kept=made.kept, due=made.fallen_due) if made.fallen_due else "",
        str(a.payments.number) if a.payments.number else "",
        day(a.payments.last) or "",
        a.calls.best,
    ]


def row_data(a: Analysis) -> dict[str, Any]:
    """The same for a program."""
    return {
        "reason": a.reasons[0].code if a.reasons else None,
        "promises_kept": a.promises.kept,
        "promises_fallen_due": a.promises.fallen_due,
        "payments": a.payments.number,
        "last_payment": day(a.payments.last),
        "best_time": a.calls.best or None,
    }
