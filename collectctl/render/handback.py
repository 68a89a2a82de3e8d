"""A hand-back on the screen, in a pipe, for a program."""

from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

from collectctl.domain.handback import Gone, Leaving
from collectctl.domain.money import plain as plain_money
from collectctl.domain.results.handback import Handback
from collectctl.domain.words import _
from collectctl.render.grid import draw
from collectctl.render.text import safe
from collectctl.render.values import day

if TYPE_CHECKING:
    from rich.console import Console


def data(result: Handback, files: tuple[str, ...], folder: str) -> dict[str, Any]:
    summed = result.summary
    return {
        "client": result.client,
        "from": result.period.first.isoformat(),
        "to": result.period.last.isoformat(),
        "leaving": [_leaving(one) for one in result.leaving],
        "gone": [_gone(one) for one in result.gone],
        "summary": {
            **summed._asdict(), "closed": dict(summed.closed), "holds": dict(summed.holds),
            "breaches": len(result.report.breaches), "attempts": result.report.counts.attempts,
            "contacts": result.report.counts.contacts, "rpc": result.report.counts.rpc,
        },
        "folder": folder or None,
        "files": list(files),
    }  # fmt: skip


def _leaving(one: Leaving) -> dict[str, Any]:
    return {
        "account": one.number,
        "name": one.name,
        "ends_on": day(one.ends_on),
        "balance": plain_money(one.balance, one.currency),
        "currency": one.currency,
        "promised": plain_money(one.promised, one.currency),
        "claimed": plain_money(one.claimed, one.currency),
        "at_risk": plain_money(one.at_risk, one.currency),
        "undone": list(one.undone),
    }


def _gone(one: Gone) -> dict[str, Any]:
    return {
        "account": one.number,
        "name": one.name,
        "closed_on": day(one.closed_on),
        "closed_as": one.closed_as,
        "balance": plain_money(one.balance, one.currency),
        "currency": one.currency,
    }


def plain(result: Handback) -> Iterator[list[str]]:
    yield ["account", "name", "state", "day", "balance", "currency", "at_risk", "undone"]
    for one in result.leaving:
        yield [
            one.number, one.name, "open", one.ends_on.isoformat(), plain_money(one.balance, one.currency),
            one.currency, plain_money(one.at_risk, one.currency), "; ".join(one.undone),
        ]  # fmt: skip
    for left in result.gone:
        yield [
            left.number, left.name, left.closed_as, left.closed_on.isoformat(),
            plain_money(left.balance, left.currency), left.currency, "", "",
        ]  # fmt: skip


def table(result: Handback, console: "Console") -> None:
    from rich.text import Text

    console.print(Text(safe(title(result)), style="bold"))
    if result.leaving:
        headings, *rows = plain(result)
        shown = [row[:2] + row[3:] for row in rows[: len(result.leaving)]]
        draw(console, headings[:2] + headings[3:], shown, ("balance", "at_risk"))
    for line in lines(result):
        console.print(Text(safe(line), style="dim"))


def title(result: Handback) -> str:
    return _("{client}: {count} accounts leave within a week or should have left").format(
        client=result.client, count=len(result.leaving)
    )


def lines(result: Handback) -> list[str]:
    """The sums of the period, and what comes after."""
    summed = result.summary
    closed = ", ".join(f"{_(how)} {count}" for how, count in summed.closed.items()) or _("none")
    found = [
        _("{first} to {last}: placed {placed}, closed {closed}, open {open}, {no} never called").format(
            first=result.period.first, last=result.period.last, placed=summed.placed, closed=closed,
            open=summed.open, no=summed.untouched,
        ),
        _("plans made {made}, running {running}; hardship {hardship}; open complaints {complaints}").format(
            made=summed.plans_made, running=summed.plans_running, hardship=summed.hardship,
            complaints=summed.complaints_open,
        ),
    ]  # fmt: skip
    name = quote(result.client)
    if result.leaving:
        found.append(_("hand them back with: collectctl close ACCOUNT --as returned"))
    elif not summed.open:
        found.append(
            _("nothing is open any more; when the client has it all: collectctl book purge --client {name}"
              " --before today").format(name=name)
        )  # fmt: skip
    return found


def written(result: Handback, folder: Path, files: tuple[str, ...]) -> list[str]:
    text = _("written to {folder}: {files}").format(folder=folder, files=", ".join(files))
    return [title(result), *lines(result), text]
