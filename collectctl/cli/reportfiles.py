"""`report --html` and `--xlsx`: a report into files, in the reader's language."""

import os
import sys

from collectctl.cli import language, output
from collectctl.cli.arguments import choice
from collectctl.cli.screen import STANDARD_OUTPUT, NotOnAScreen, target
from collectctl.cli.session import Session
from collectctl.domain import words
from collectctl.domain.errors import BadUsage
from collectctl.domain.records import Record
from collectctl.domain.results.page import Page
from collectctl.domain.results.report import ReportResult
from collectctl.domain.words import _
from collectctl.render.text import safe


class NothingToWrite(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("--lang and --force are about --html and --xlsx"), "--html report.html")


class OnePlaceEach(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("page, workbook and --json can't go to the same place"), "--html report.html --xlsx report.xlsx"
        )


class Files(Record):
    """Where page and workbook go, empty where they are not wanted, and the catalogue of their language."""

    html: str
    xlsx: str
    catalogue: str
    force: bool

    @property
    def names(self) -> list[str]:
        return [name for name in (self.html, self.xlsx) if name]


def wanted(html: str, xlsx: str, lang: str, *, force: bool, as_json: bool) -> Files | None:
    """What was asked for, None where no file was. Raises a BadUsage for what can't go together."""
    choice("--lang", lang, [*language.CHOICES])
    if not (html or xlsx):
        if lang or force:
            raise NothingToWrite
        return None
    if STANDARD_OUTPUT in (html, xlsx) and as_json:
        raise OnePlaceEach
    if html and xlsx and os.path.realpath(html) == os.path.realpath(xlsx):
        raise OnePlaceEach
    if xlsx == STANDARD_OUTPUT and sys.stdout.isatty():
        raise NotOnAScreen("--xlsx report.xlsx")
    return Files(html, xlsx, language.chosen(lang, os.environ), force)


def save(s: Session, result: ReportResult, files: Files, *, brief: bool, gaps: bool) -> None:
    """Write the files, then say where they are, after the lines of `brief` where those were asked for."""
    from collectctl.render import report as rendered
    from collectctl.render.report_words import title
    from collectctl.usecases import report_files

    made = _page(s, result, files, gaps=gaps)
    html, xlsx = (target(name) if name else None for name in (files.html, files.xlsx))
    report_files.save(made, html, xlsx, force=files.force)
    names = files.names
    places = [_("standard output") if name == STANDARD_OUTPUT else name for name in names]
    written = _("report of {days} written to {files}").format(days=title(result), files=", ".join(places))
    lines = [*(rendered.brief(result) if brief else ()), written]
    if STANDARD_OUTPUT in names:
        sys.stderr.writelines(safe(line) + "\n" for line in lines)
        output.warn(result.warnings)
        return
    output.say(
        s, "report", lines, lambda: {**rendered.data(result, gaps=gaps), "files": names}, result.warnings
    )


def _page(s: Session, result: ReportResult, files: Files, *, gaps: bool) -> Page:
    from collectctl.render import report_page

    catalogue = language.catalogue(files.catalogue, "report")
    with words.speaking(catalogue):
        return report_page.page(result, s.now, "zh-CN" if catalogue else "en", gaps=gaps)
