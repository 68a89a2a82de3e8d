from collections.abc import Iterator
from pathlib import Path

import pytest

from collectctl.domain.results.page import Page
from collectctl.domain.results.report import ReportResult
from collectctl.render.report_page import page
from collectctl.store.book import Book, opened
from tests.report.busy import fill as busy_day
from tests.report.shop import at, fill, of_days


@pytest.fixture
def book(tmp_path: Path, filled: bytes) -> Iterator[Book]:
    """Four accounts of two clients, nothing worked yet."""
    (tmp_path / "book.db").write_bytes(filled)
    with opened(tmp_path / "book.db") as made:
        yield made


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("filled") / "book.db"
    with opened(path, create=True) as made:
        fill(made)
    return path.read_bytes()


@pytest.fixture(scope="session")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of a full day, to be read only."""
    path = tmp_path_factory.mktemp("busy") / "book.db"
    with opened(path, create=True) as made:
        busy_day(made)
    return path


@pytest.fixture(scope="session")
def busy_result(busy: Path) -> ReportResult:
    with opened(busy) as book:
        return of_days(book, 23, 23, now="23T23:00")


@pytest.fixture(scope="session")
def busy_page(busy_result: ReportResult) -> Page:
    return page(busy_result, at("23T23:00"), "en")
