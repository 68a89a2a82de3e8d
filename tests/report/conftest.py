from collections.abc import Iterator
from pathlib import Path

import pytest

from collectctl.store.book import Book, opened
from tests.report.shop import fill


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Four accounts of two clients, nothing worked yet."""
    with opened(tmp_path / "book.db", create=True) as made:
        fill(made)
        yield made
