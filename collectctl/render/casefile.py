"""Court files that were written or compared: JSON, rows for a pipe, lines for a terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from collectctl.domain.casefile.manifest import NAME
from collectctl.domain.money import with_code
from collectctl.domain.results.casefile import Built, Verified
from collectctl.domain.words import _
from collectctl.render.text import safe
from collectctl.render.values import weekday

if TYPE_CHECKING:
    from rich.console import Console


def built_lines(built: Built) -> list[str]:
    account = built.account
    first = _("{number} {name}: case as of {day}, {total} owed, {count} files in {out}").format(
        number=account.number, name=account.debtor, day=weekday(built.as_of),
        total=with_code(built.total, account.statement.currency), count=len(built.files), out=built.out,
    )  # fmt: skip
    return [
        first,
        _("SHA-256 of {manifest}, to be noted elsewhere:").format(manifest=NAME),
        f"  {built.digest}",
        _("compare it with: collectctl case verify {out}").format(out=built.out),
    ]


def built_data(built: Built) -> dict[str, Any]:
    return {
        "account": built.account.number,
        "out": built.out,
        "as_of": built.as_of.isoformat(),
        "facts_up_to": built.facts_on.isoformat(),
        "currency": built.account.statement.currency,
        **built.totals,
        "files": sorted(built.files),
        "sha256": built.digest,
    }


def verified_data(result: Verified) -> dict[str, Any]:
    return {
        "case": result.name,
        "account": result.account,
        "as_of": result.as_of.isoformat(),
        "unaltered": result.same,
        "files": result.files,
        "facts": result.facts if result.book else None,
        "compared_with_book": result.book,
        "differences": [d._asdict() for d in result.differences],
    }


def verified_plain(result: Verified) -> Iterator[list[str]]:
    yield ["kind", "name", "text"]
    for found in result.differences:
        yield [found.kind, found.name, found.text]


def verified_table(result: Verified, console: "Console") -> None:
    from rich.text import Text

    for found in result.differences:
        console.print(Text(safe(found.text), style="red"), soft_wrap=True)
    for line in verified_lines(result):
        console.print(Text(safe(line), style="bold"), soft_wrap=True)


def verified_lines(result: Verified) -> list[str]:
    """`unaltered: 9 files of account A1 as of Mon 2026-11-23, 210 facts as the book has them`"""
    what = _("{files} files of {account} as of {day}").format(
        files=result.files, account=result.account, day=weekday(result.as_of)
    )
    if result.differences:
        return [
            _("not the same: {what}; differences: {count}").format(what=what, count=len(result.differences))
        ]
    if not result.book:
        return [_("unaltered: {what}").format(what=what)]
    text = _("unaltered: {what}; {facts} facts and all sums are as in the book")
    return [text.format(what=what, facts=result.facts)]
