"""`python -m tests.benchmarks.verdicts`: what a verdict costs beside the reading of the same person's facts.

Everybody in the book is judged, Chinese and American people alike; the ratio is that of judging to loading.
"""

import sys
from statistics import median
from time import perf_counter

from collectctl.domain.cases import Asked
from collectctl.domain.verdict import judge
from collectctl.domain.worklist import person_entries
from collectctl.store.book import opened
from collectctl.store.persons import load_persons
from collectctl.usecases.rows import zone_of
from tests.benchmarks import books

ACCOUNTS = 1_000
ROUNDS = 5


def main() -> None:
    for activities in (5, 50, 200):
        with opened(books.cached(ACCOUNTS, activities)) as book:
            ids = [row[0] for row in book.connection.execute("select distinct person from worklist")]
            rounds = []
            for _round in range(ROUNDS):
                start = perf_counter()
                people = list(load_persons(book.connection, ids))
                loaded = perf_counter()
                for person in people:
                    for account in person.accounts:
                        judge(person, account, Asked(books.NOW, "call", person.phones[0].digits))
                judged = perf_counter()
                for person in people:
                    person_entries(person, books.NOW.date(), zone_of(books.NOW))
                rounds.append((loaded - start, judged - loaded, perf_counter() - judged))
        load, verdicts, rows = (1000 * median(times) for times in zip(*rounds, strict=True))
        sys.stdout.write(
            f"{ACCOUNTS} x {activities} activities: loading {load:.0f} ms, verdicts {verdicts:.0f} ms"
            f" ({verdicts / load:.2f} of it), rows of the list {rows:.0f} ms ({rows / load:.2f})\n"
        )


if __name__ == "__main__":
    main()
