"""A fictional book to try everything on: seeded, with Chinese and English names, never the real one."""

import csv
import io
import random
from datetime import datetime, timedelta
from pathlib import Path

from collectctl.domain.errors import Refused
from collectctl.domain.recording import How
from collectctl.domain.words import _
from collectctl.store.book import Book, opened
from collectctl.store.worklist import due_accounts
from collectctl.usecases.import_file import import_files
from collectctl.usecases.import_request import ImportRequest
from collectctl.usecases.log import Line, log, prepare
from collectctl.usecases.today import Gates

SEED = 20260130
_SURNAMES = "赵钱孙李周吴郑王冯陈"
_GIVEN = ("甲", "乙", "丙", "丁", "小样", "例子", "阿虚", "示范")
_FIRST = ("Ann", "Bob", "Carol", "Dan", "Eve", "Frank")
_LAST = ("Example", "Sample", "Placeholder", "Fiction")
_CITIES = (("上海", "Shanghai"), ("广州", "Guangzhou"), ("成都", "Chengdu"))

_CHINESE_HEADER = "案件编号 姓名 手机号 城市 委托方 产品名称 币种 最新欠款 本金 应还款日 预计退案日期"
_ENGLISH_HEADER = "account name mobile city client product currency balance principal due_date placement_end"

# what was done on the two days before: days back, hour, the line that was typed
_DONE = (
    (2, 9, "na"), (2, 9, "ptp 1200@+1d 发工资"), (2, 10, "cb +2d"), (2, 11, "tp"), (2, 14, "cp 300"),
    (2, 15, "rtp 没有工作"), (2, 16, "ptp 800@+9d"), (1, 9, "vm"), (1, 9, "neg asks for instalments"),
    (1, 10, "hs 生病"), (1, 11, "wn"), (1, 14, "na"), (1, 15, "ptp 500@+1d"), (1, 16, "bz"),
)  # fmt: skip


class DemoExists(Refused):
    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{path} exists already; a demo never writes into a book that is there").format(path=path),
            "collectctl demo --keep another.db",
        )


def make_demo(path: Path, size: int, now: datetime) -> None:
    """Write a demo book of `size` accounts to `path`. Raises `DemoExists` (1)."""
    if path.exists():
        raise DemoExists(path)
    began = now - timedelta(days=2)
    with opened(path, create=True) as book:
        for name, chinese in (("示例银行委案.csv", True), ("placement-example-bank.csv", False)):
            data = _file(size - size // 3 if chinese else size // 3, chinese, now)
            if data:
                at = began.replace(hour=8, minute=0, second=0)
                import_files(book, [ImportRequest(name, data)], at, lambda _count: None)
        _work(book, now)


def _file(count: int, chinese: bool, now: datetime) -> bytes:
    """A client's file as clients write them, in UTF-8."""
    random.seed(SEED + chinese)
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow((_CHINESE_HEADER if chinese else _ENGLISH_HEADER).split())
    for number in range(1, count + 1):
        writer.writerow(_account(number, chinese, now))
    return made.getvalue().encode() if count else b""


def _account(number: int, chinese: bool, now: datetime) -> list[str]:
    balance = random.choice((800, 2_500, 6_000, 18_000, 42_000, 95_000)) + random.randint(0, 79_999) / 100
    due = now.date() - timedelta(days=random.choice((4, 12, 33, 47, 65, 99, 190)))
    ends = now.date() + timedelta(days=random.choice((2, 6, 20, 45, 80)))
    city = random.choice(_CITIES)
    if chinese:
        name = random.choice(_SURNAMES) + random.choice(_GIVEN)
        phone, account = f"1380013{number:04d}", f"SL{number:05d}"
    else:
        name = f"{random.choice(_FIRST)} {random.choice(_LAST)}"
        phone, account = f"+1 202 555 01{number % 100:02d}", f"EX-{number:04d}"
    return [
        account,
        name,
        phone,
        *((city[0], "示例银行", "信用卡", "CNY") if chinese else (city[1], "Example Bank", "card", "USD")),
        f"{balance:.2f}",
        f"{balance * 0.8:.2f}",
        due.isoformat(),
        ends.isoformat(),
    ]


def _work(book: Book, now: datetime) -> None:
    """Two days of contacts, each on the account that was first on the list."""
    for days, hour, line in _DONE:
        at = (now - timedelta(days=days)).replace(hour=hour, minute=5, second=0)
        found = due_accounts(book.connection, at, 1, Gates(book, at).open, by_account=False)
        if found:
            words = tuple(line.split())
            log(book, prepare(book, [found[0][0]], Line(words), How(at), at), at)
