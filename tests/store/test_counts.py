"""What `today` counts without looking at anybody equals what a look at everybody gives, at any hour."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectctl.domain.recording import How
from collectctl.store.book import Book, opened
from collectctl.store.persons import load_persons
from collectctl.usecases.import_file import import_files
from collectctl.usecases.import_request import ImportRequest
from collectctl.usecases.log import Line, log, prepare
from collectctl.usecases.rows import rows_of
from collectctl.usecases.today import today
from tests.conftest import tries

DAY = date(2026, 11, 23)
FILE = """account,name,id_number,phone,client,currency,balance,due_date,state
C1,张甲,110101199001010001,13800130001,示例银行,CNY,5000,2026-10-01,
C2,张甲,110101199001010001,13800130001,示例银行,CNY,900,2026-10-01,
C3,李乙,,13800130003,示例银行,CNY,700,2026-11-10,
U1,Ann Example,,+12125550101,Example Bank,USD,500,2026-10-01,NY
U2,Bob Sample,,+14155550102,Example Bank,USD,400,2026-10-01,MA
U3,Cy Fiction,,+16715550103,Example Bank,USD,300,2026-10-01,NY
U4,Di Fiction,,+18005550104,Example Bank,USD,200,2026-10-01,
U5,Ed Fiction,,+18085550105,Example Bank,USD,100,2026-10-01,
"""
LINES = ("na", "vm", "neg", "rtp", "ptp 50@+2d", "cb +1d", "cb 20:30", "cp 20", "stop", "bz", "wn")
THEIRS = ("neg", "replied")  # what they do themselves


def looked_at(book: Book, now: datetime) -> Counter[str]:
    """The cause of every person's row at `now`, "due" where it is to be worked: each of them is looked at."""
    persons = [row[0] for row in book.connection.execute("select distinct person from worklist")]
    leads = dict(book.connection.execute("select person, account from worklist where lead = 1").fetchall())
    assert {p.id for p in load_persons(book.connection, persons)} == set(leads)
    rows = rows_of(book, [(leads[person], person) for person in persons], now, of_person=True)
    return Counter(row.hidden or "due" for row in rows if row.state != "closed")


@given(
    steps=st.lists(
        st.tuples(
            st.integers(1, 8),
            st.sampled_from((*LINES, *(f"in:{line}" for line in THEIRS))),
            st.integers(0, 5),
            st.integers(0, 23),
        ),
        max_size=12,
    ),
    zone=st.sampled_from(["Asia/Shanghai", "America/New_York", "Pacific/Honolulu", "Europe/London"]),
    hours=st.lists(st.integers(0, 60), min_size=4, max_size=4).map(sorted),
)
@settings(max_examples=tries(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_counts_are_exact_at_any_hour(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[int, str, int, int]],
    zone: str,
    hours: list[int],
):
    there = ZoneInfo(zone)
    start = datetime(DAY.year, DAY.month, DAY.day, 6, tzinfo=there)
    with opened(tmp_path_factory.mktemp("book") / "book.db", create=True) as book:
        import_files(book, [ImportRequest("f.csv", FILE.encode())], start, lambda _count: None)
        for account, line, days, hour in sorted(steps, key=lambda s: (s[2], s[3])):
            at = start.replace(hour=hour) + timedelta(days=days)
            words, inbound = line.removeprefix("in:").split(), line.startswith("in:")
            log(book, prepare(book, [account], Line(tuple(words)), How(at, inbound=inbound), at), at)
        last = max((start.replace(hour=s[3]) + timedelta(days=s[2]) for s in steps), default=start)
        for later in hours:
            now = last + timedelta(hours=later)
            shown = today(book, [], now, limit=100)
            seen = looked_at(book, now)
            assert {**shown.hidden, "due": shown.due} == {
                **dict.fromkeys(shown.hidden, 0),
                "due": 0,
                **{cause: n for cause, n in seen.items() if n},
            }
            assert all(row.verdict is None or not row.verdict.blocked for row in shown.rows if not row.due_at)
            assert len(shown.rows) >= shown.due
