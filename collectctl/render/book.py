"""About the book, its backups, and what a check of it found."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from shlex import quote
from typing import TYPE_CHECKING, Any

from collectctl.domain.results.about import Backup, BookInfo, Restored
from collectctl.domain.results.checking import Checked
from collectctl.domain.words import _
from collectctl.render.text import safe
from collectctl.render.values import instant

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN = 5  # backups on a terminal
_SEAL = 16  # characters of it there


def data(result: BookInfo, now: datetime) -> dict[str, Any]:
    return {
        "path": result.path,
        "exists": result.exists,
        "size": result.size,
        "mode": result.mode,
        "schema": result.schema,
        **{name.replace(" ", "_"): count for name, count in result.counts.items()},
        "last_entry": instant(result.last_entry, now.tzinfo),
        "seal": result.seal,
        "backups": [backup_data(one) for one in result.backups],
    }


def backup_data(one: Backup) -> dict[str, Any]:
    return {"path": one.path, "size": one.size, "at": one.at.isoformat()}


def plain(result: BookInfo, now: datetime) -> Iterator[list[str]]:
    yield ["key", "value"]
    for key, value in data(result, now).items():
        if key != "backups":
            yield [key, "" if value is None else str(value)]
    for one in result.backups:
        yield ["backup", f"{one.at.isoformat()} {one.size} {one.path}"]


def table(result: BookInfo, now: datetime, console: "Console") -> None:
    for line in info_lines(result, now):
        console.print(safe(line), soft_wrap=True)


def info_lines(result: BookInfo, now: datetime) -> Iterator[str]:
    if not result.exists:
        path = result.backups[0].path if result.backups else ""
        hint = f"collectctl book restore {quote(path)}" if path else "collectctl import FILE"
        yield _("there is no book at {path} yet; try: {hint}").format(path=result.path, hint=hint)
        return
    facts = {
        _("book"): result.path,
        _("size"): _size(result.size),
        _("rights"): result.mode,
        _("schema"): str(result.schema),
        **{_(name): f"{count:,}" for name, count in result.counts.items()},
        _("last entry"): (
            f"{result.last_entry.astimezone(now.tzinfo):%Y-%m-%d %H:%M}" if result.last_entry else _("none")
        ),
        _("seal"): result.seal[:_SEAL],
        _("last backup"): _age(result.last_backup.at, now) if result.last_backup else _("none yet"),
    }
    for key, value in facts.items():
        yield f"{key:14} {value}"
    for one in result.backups[:_SHOWN]:
        yield f"  {one.at:%Y-%m-%d %H:%M}  {_size(one.size):>9}  {one.path}"
    if len(result.backups) > _SHOWN:
        yield _("  and {count} more in {folder}").format(
            count=len(result.backups) - _SHOWN, folder=result.backups[-1].path.rpartition("/")[0]
        )


def _size(count: int) -> str:
    """Bytes as a person reads them."""
    size, units = float(count), ["bytes", "KiB", "MiB", "GiB"]
    while size >= 1024 and len(units) > 1:
        size /= 1024
        units.pop(0)
    return f"{size:,.0f} {units[0]}" if units[0] == "bytes" else f"{size:,.1f} {units[0]}"


def _age(at: datetime, now: datetime) -> str:
    age = max(now - at, timedelta(0))
    if age.days:
        return _("{days} days ago").format(days=age.days)
    minutes = age.seconds // 60
    if minutes < 60:
        return _("{minutes} min ago").format(minutes=minutes)
    return _("{hours} h ago").format(hours=minutes // 60)


def check_data(result: Checked) -> dict[str, Any]:
    return {
        "clean": result.clean,
        "findings": [
            {"check": f.check, "text": f.text, "remedy": f.remedy, "repairable": f.repairable}
            for f in result.findings
        ],
        "more": result.more,
        "repaired": result.repaired,
        **result.counts,
        "seal": result.seal,
    }


def check_plain(result: Checked) -> Iterator[list[str]]:
    yield ["check", "text", "remedy", "repairable"]
    for f in result.findings:
        yield [f.check, f.text, f.remedy, "yes" if f.repairable else "no"]


def check_lines(result: Checked) -> Sequence[str]:
    """What was found, each with its remedy; several with the same remedy name it once."""
    lines: list[str] = []
    for at, finding in enumerate(result.findings):
        lines.append(_("wrong: {text}").format(text=finding.text))
        rest = result.findings[at + 1 : at + 2]
        if not rest or rest[0].remedy != finding.remedy:
            lines.append(_("  try: {remedy}").format(remedy=finding.remedy))
    return [*lines, *check_summary(result)]


def check_summary(result: Checked) -> list[str]:
    lines = []
    if result.more:
        lines.append(_("and {count} findings more").format(count=result.more))
    if result.repaired:
        lines.append(_("put right: {count} findings").format(count=result.repaired))
    lines.append(
        _("looked at {facts} facts of {entries} entries and {accounts} accounts").format(
            facts=f"{result.counts['facts']:,}",
            entries=f"{result.counts['entries']:,}",
            accounts=f"{result.counts['accounts']:,}",
        )
    )
    if result.clean:
        lines.append(
            _("the book is as it should be · seal {seal}").format(seal=result.seal[:_SEAL] or _("none"))
        )
    return lines


def backup_lines(made: Backup) -> list[str]:
    return [_("backup written and verified: {path} ({size})").format(path=made.path, size=_size(made.size))]


def restored_lines(restored: Restored) -> list[str]:
    lines = [
        _("put back: {facts} facts of {entries} entries, until {at}").format(
            facts=f"{restored.facts:,}",
            entries=f"{restored.entries:,}",
            at=f"{restored.until:%Y-%m-%d %H:%M}",
        )
    ]
    if restored.kept:
        lines.append(_("what the book held before: {path}").format(path=restored.kept))
        lines.append(
            _("go back to it with: collectctl book restore {path}").format(path=quote(restored.kept))
        )
    return lines


def restored_data(restored: Restored) -> dict[str, Any]:
    return {
        "entries": restored.entries,
        "facts": restored.facts,
        "until": restored.until.isoformat(),
        "kept": restored.kept,
    }
