"""A report as files: a page for a browser, a workbook."""

from collections.abc import Callable
from pathlib import Path

from collectctl.domain.results.page import Page
from collectctl.outlet.replacing import Target, vacant, writing


def save(page: Page, html: Target | None, xlsx: Target | None, *, force: bool) -> None:
    """Write the report where it is wanted; no file is written where another one can't be.

    Raises `TargetExists`, `TargetNoFile` (2) and `CantWrite` (5).
    """
    from collectctl.outlet.page import as_html
    from collectctl.outlet.report_workbook import as_xlsx

    wanted: list[tuple[Target | None, Callable[[Page], bytes]]] = [(html, as_html), (xlsx, as_xlsx)]
    for target, _made in wanted:
        if isinstance(target, Path):
            vacant(target, force=force)
    contents = [(target, made(page)) for target, made in wanted if target is not None]
    for target, content in contents:
        with writing(target, force=force) as file:
            file.write(content)
