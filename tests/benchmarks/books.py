"""Seeded fictional books of any size: accounts through the real import, activities in bulk.

All of it is invented: names are stems, branches and the first characters of a primer, phone numbers begin
with 100 (no mobile number does) and identity numbers with 99 (no region does). The last ten days hold at most
200 entries each, what one collector logs in a day; the other entries, and the days that they promise, lie in
the fifty days before. Every seventh person is American, under Regulation F: before eight in Shanghai they are
the only ones who may be called.
"""

import csv
import os
import random
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zlib import crc32

from collectctl.domain.numbers import dial_digits
from collectctl.domain.outcomes import BY_CODE
from collectctl.store import schema, search, worklist
from collectctl.store.book import Book, opened
from collectctl.store.facts import Value
from collectctl.store.journal import Unit, unit, utc_text
from collectctl.usecases.import_file import import_files
from collectctl.usecases.import_request import ImportRequest
from collectctl.usecases.rows import zone_of

NOW = datetime.fromisoformat("2026-11-23T09:00+08:00")
HEADER = (
    "account_id", "name", "id_number", "phone", "city", "client", "product", "balance", "principal",
    "interest", "due_date", "placed_on", "placement_end",
)  # fmt: skip
DAYS, RECENT_DAYS, A_DAY = 60, 10, 200
TOGETHER = 50_000  # entries in one operation
SEED = 7

_SURNAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯巳午未申酉戌亥"
_GIVEN = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"
_FIRST = ("Ann", "Bob", "Carol", "Dan", "Eve", "Frank", "Grace", "Heidi", "Ivan", "Judy")
_LAST = ("Example", "Sample", "Placeholder", "Fiction", "Specimen", "Nobody", "Invented", "Madeup")
_CITIES = ("上海", "广州", "成都", "Shanghai", "Chengdu", "沈阳")
_OUTCOMES = {
    "no-answer": 34, "unreachable": 12, "rejected": 6, "voicemail": 5, "hung-up": 4, "suspended": 3,
    "third-party": 6, "promise": 12, "callback": 4, "says-paid": 3, "negotiating": 5, "refused": 4,
    "hardship": 2,
}  # fmt: skip
_AREAS = ("207", "212", "312", "303", "602", "213", "907", "808", "850", "701")
_TEXTS = ("", "", "", "说发工资后还", "家里有人生病", "让下周再打", "asks for instalments")


def number(n: int) -> str:
    return f"AC{n:08d}"


def phone(n: int) -> str:
    return f"100{n:08d}"


def is_american(owner: int) -> bool:
    return owner % 7 == 0


def owners_phone(owner: int) -> str:
    """Of an American one of those kept for fiction, in an area code between Maine and Hawaii."""
    if not is_american(owner):
        return phone(owner)
    return f"+1{_AREAS[owner // 7 % len(_AREAS)]}55501{owner % 100:02d}"


def chinese_name(n: int) -> str:
    """The name of every account whose `n` does not divide by three; two characters or three."""
    dice = random.Random(SEED * 1_000_003 + n)
    return dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=dice.choice((1, 2, 2))))


def write_csv(path: Path, count: int) -> None:
    """A client's file of `count` accounts with 13 columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(_account(n) for n in range(1, count + 1))


def _account(n: int) -> list[str]:
    dice = random.Random(n)
    balance = dice.randint(50_000, 9_000_000)
    principal = balance * 4 // 5
    name = chinese_name(n) if n % 3 else f"{dice.choice(_FIRST)} {dice.choice(_LAST)}"
    owner = n - 1 if n % 10 == 0 else n  # every tenth account is a second debt of the person before
    today = NOW.date()
    return [
        number(n), name, f"99{owner:016d}", owners_phone(owner),
        dice.choice(_CITIES), "Example Bank" if is_american(owner) else f"示例银行{n % 4 + 1}",
        dice.choice(("信用卡", "loan")), f"{balance / 100:.2f}",
        f"{principal / 100:.2f}", f"{(balance - principal) / 100:.2f}",
        str(today - timedelta(days=dice.randint(3, 200))), str(today - timedelta(days=DAYS)),
        str(today + timedelta(days=dice.randint(1, 180))),
    ]  # fmt: skip


def make_book(path: Path, count: int, activities: int) -> None:
    """Write a book of `count` accounts with `activities` entries each, as of `NOW`."""
    placement = path.with_suffix(".csv")
    write_csv(placement, count)
    with opened(path, create=True) as book:
        request = ImportRequest("placement.csv", placement.read_bytes(), currency="CNY")
        import_files(book, [request], NOW - timedelta(days=DAYS), lambda _count: None)
        dice, total = random.Random(SEED), count * activities
        for start in range(0, total, TOGETHER):
            _work(book, dice, range(start, min(start + TOGETHER, total)), count, total)
        with book.write() as connection:
            persons = [row[0] for row in connection.execute("select distinct person from worklist")]
            worklist.set_state(connection, "worklist_day", NOW.date().isoformat())
            worklist.refresh(connection, persons, NOW.date(), zone_of(NOW))
    placement.unlink()


def _work(book: Book, dice: random.Random, turns: range, count: int, total: int) -> None:
    """Append the entries of `turns`, oldest first, in one operation; each turn goes to the next account."""
    with unit(book, "log", _instant(turns[-1], total)) as made:
        first = made.facts.next_id("activity")
        rows = [_entry(dice, first + i, turn % count + 1, turn, total) for i, turn in enumerate(turns)]
        made.facts.add_many("activity", rows)
        made.facts.add_many("promise", _promises(dice, first, rows))
        search.add(made.connection, _words(made, rows))
        made.text = f"log {len(rows)} entries"


def _instant(turn: int, total: int) -> datetime:
    """When the entry of that turn was made: the newest 200 yesterday, as many on each day before."""
    newest_first = total - 1 - turn
    if newest_first < RECENT_DAYS * A_DAY:
        days, part = 1 + newest_first // A_DAY, newest_first % A_DAY / A_DAY
    else:
        share = (newest_first - RECENT_DAYS * A_DAY) / max(total - RECENT_DAYS * A_DAY, 1)
        days, part = divmod(1 + RECENT_DAYS + share * (DAYS - RECENT_DAYS - 2), 1)
    return NOW.replace(hour=18) - timedelta(days=int(days), minutes=int(part * 540))


def _entry(dice: random.Random, made: int, account: int, turn: int, total: int) -> Sequence[Value]:
    code = dice.choices(tuple(_OUTCOMES), tuple(_OUTCOMES.values()))[0]
    at, outcome = _instant(turn, total), BY_CODE[code]
    callback = at + timedelta(days=dice.randint(1, 3), hours=dice.randint(-4, 4))
    dialled = dial_digits(owners_phone(account - 1 if account % 10 == 0 else account))
    return (
        account, made, utc_text(at), "call", 0, code, outcome.who, dialled, "", dice.choice(_TEXTS),
        utc_text(callback) if code == "callback" else None,
        callback.date().isoformat() if code == "callback" else None,
        dice.randint(20, 400) if outcome.talk else None, None, "", "", 0, "", "", "us", "", None,
    )  # fmt: skip


def _promises(dice: random.Random, first: int, rows: Sequence[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    for made, row in enumerate(rows, first):
        if row[5] == "promise":
            due = datetime.fromisoformat(str(row[2])).date() + timedelta(days=dice.randint(1, 7))
            amount = dice.randint(1, 50) * 10_000
            yield (row[0], made, None, row[2], str(row[2])[:10], due.isoformat(), None, amount, "CNY", "")


def _words(made: Unit, rows: Sequence[Sequence[Value]]) -> Iterator[tuple[str, int, int, str]]:
    return ((str(row[9]), made.id, int(str(row[0])), search.NOTE) for row in rows if row[9])


def cached(count: int, activities: int) -> Path:
    """That book, made once for each schema and recipe.

    Kept in `COLLECTCTL_BENCHMARK_BOOKS`, else in the folder for temporary files.
    """
    folder = Path(
        os.environ.get("COLLECTCTL_BENCHMARK_BOOKS") or Path(tempfile.gettempdir(), "collectctl-books")
    )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    recipe = crc32(Path(__file__).read_bytes() + Path(schema.__file__).read_bytes())
    path = folder / f"book-{recipe:08x}-{count}x{activities}.db"
    if not path.exists():
        half = path.with_suffix(".half")
        half.unlink(missing_ok=True)
        make_book(half, count, activities)
        half.rename(path)
    return path
