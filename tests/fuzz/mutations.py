"""Ways to spoil a file: its rows, its words, its bytes, the parts of its package."""

import random
import zipfile

from collectctl.intake.vocabulary import PHONES, VOCABULARY, WORDS_OF_KIND
from tests.fuzz import corpus
from tests.fuzz.corpus import Rows
from tests.intake.reading import zipped

CELLS = [
    "", " ", "0", "-0", "-", "—", "无", "N/A", "#N/A", "#REF!", "00", "1e309", "1E+5", "4.40524E+17", "nan",
    "inf", "-inf",
    "12345678901234567890", "1,23,456", "1,234,567.89", "1.2.3", "1.2k", "1.2万", "万", "¥", "$", "(5)",
    "(-5)", "--5", "+",
    "5-", "¥-5元", "HK$5", "5 USD", "USD 5 CNY", "1e-13", "1e-999", "٣٤", "½", "²", "９９．５", "0x10",
    "1_000", ".", ",", ".5",
    "5.", "0" * 300, "9" * 400, "2026-02-30", "0000-00-00", "9999-12-31", "05/11/2026", "13/13/2026",
    "31-Feb-2026",
    "Mar 5, 2026", "2026年3月5日", "20260305", "46086", "46086.999999999", "99999", "00000", "-1", "1", "60",
    "2026-11-23T25:61:61", "2026-11-23 14:30:00", "T", "a-b-c", "//", "-/-/-", "5/5/5", "1/1/26", "年月日",
    "合计", "总计", "Total",
    "sum:", "=1+1", "@x", "\x00", "\x1b[2J", "\u202e", "\ufeff", "\ud7ff", "𠮷", "é", "e\u0301", "\xa0",
    "\u3000", "\u200b",
    "\u2028", "\x85", "\n", "\r", "\r\n", '"', '""', "'", "a\tb", "a|b", "a;b", "x" * 5000,
    "13800130001" * 30,
    "138/139/", "/", "010-62000001-", "+", "+86", "ext 5", "空号", "是", "no", "settled", "人民币", "RMB",
    "XXX", "QQQ", "CNYY",
    "collectctl error", "#row", "column 1",
]  # fmt: skip
WORDS = [
    word.strip()
    for words in (
        *VOCABULARY.values(),
        *PHONES.values(),
        *(w for k in WORDS_OF_KIND.values() for w in k.values()),
    )
    for word in words.split(",")
] + [
    "联系人1姓名",
    "联系人1",
    "关系",
    "电话",
    "配偶手机",
    "担保人",
    "ref 2 phone",
    "到期日",
    "欠款余额(万元)",
    "balance (USD)",
    "姓名/name",
]
NUMBERS = [
    "0",
    "-1",
    "1",
    "4294967295",
    "18446744073709551616",
    "1e308",
    "-1e308",
    "1048576",
    "16384",
    "65536",
    "nan",
]
PLACES = ["A1", "B2", "C1048576", "AAA3", "XFD1", "A0", "1A", "", "A1:B2"]


def example(rng: random.Random) -> bytes:
    """A file, more or less spoilt."""
    draw = rng.random()
    if draw < 0.62:
        rows = [list(row) for row in rng.choice(corpus.TABLES)]
        for _ in range(rng.choice((0, 1, 1, 2, 3, 8))):
            spoil_rows(rng, rows)
        encoding = rng.choice(corpus.ENCODINGS) if rng.random() < 0.5 else "utf-8"
        data = corpus.text(rows, rng.choice(",,,;\t|"), encoding, rng.choice(("\r\n", "\n", "\r")))
        return data if rng.random() < 0.6 else spoil_bytes(rng, data)
    if draw < 0.90 or not corpus.real_files():
        return spoil_package(rng, dict(rng.choice(corpus.workbooks())))
    return spoil_bytes(rng, rng.choice(corpus.real_files()))


def spoil_rows(rng: random.Random, rows: Rows) -> None:
    at = rng.randrange(len(rows)) if rows else 0
    row = rows[at] if rows else []
    match rng.randrange(11):
        case 0 | 1 | 2 if row:
            row[rng.randrange(len(row))] = rng.choice(CELLS)
        case 3 | 4 if row:
            row[rng.randrange(len(row))] = rng.choice(WORDS)
        case 5 if row:
            del row[rng.randrange(len(row)) :]
        case 6:
            row.extend(rng.choice(CELLS) for _ in range(rng.choice((1, 2, 40))))
        case 7 if rows:
            rows.insert(rng.randrange(len(rows)), list(row))
        case 8 if rows:
            del rows[at]
        case 9:
            rng.shuffle(row)
        case 10:
            column = rng.randrange(12)
            word = rng.choice(CELLS)
            for other in rows[1:]:
                if column < len(other):
                    other[column] = word
        case _:
            rows.append([rng.choice(WORDS) for _ in range(rng.randrange(1, 9))])


def spoil_bytes(rng: random.Random, data: bytes) -> bytes:
    spoilt = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(spoilt) + 1)
        match rng.randrange(7):
            case 0 if at < len(spoilt):
                spoilt[at] ^= 1 << rng.randrange(8)
            case 1:
                spoilt[at:at] = rng.choice(
                    (b'"', b"\0", b"\r", b"\n", b"\xff", b"\xef\xbb\xbf", b",", b"\x81\x30\x81\x30")
                )
            case 2:
                del spoilt[at : at + rng.choice((1, 2, 9, 100))]
            case 3 if rng.random() < 0.2:
                del spoilt[at:]
            case 4:
                spoilt[at:at] = spoilt[at : at + 200]
            case 5:
                spoilt[at : at + 4] = rng.choice(
                    (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x80\0\0\0", b"\xff\xff\xff\x7f")
                )
            case _:
                spoilt[at:at] = rng.choice(CELLS).encode("utf-8", "replace")
    return bytes(spoilt)


def spoil_package(rng: random.Random, parts: dict[str, bytes]) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 4))):
        names = [name for name in parts if len(parts[name]) < 400_000]
        name = rng.choice(
            [n for n in names if "sheet" in n or "content" in n or "haredStrings" in n] or names
        )
        if rng.random() < 0.3:
            name = rng.choice(names)
        if rng.random() < 0.04:
            del parts[name]
            break
        parts[name] = spoil_xml(rng, parts[name])
    data = zipped(parts, rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))
    return data if rng.random() < 0.85 else spoil_bytes(rng, data)


def spoil_xml(rng: random.Random, data: bytes) -> bytes:
    """A value, a place, a tag or a few bytes of one part."""
    around = rng.randrange(len(data) + 1)
    match rng.randrange(6):
        case 0 | 1:
            return _replaced(
                data, around, b">", b"<", rng.choice([*NUMBERS, *CELLS]).encode("utf-8", "replace")
            )
        case 2 | 3:
            return _replaced(
                data, around, b'"', b'"', rng.choice([*NUMBERS, *PLACES, "s", "e", "str"]).encode()
            )
        case 4:
            start, end = data.find(b"<", around), data.find(b">", around + 200)
            return data[:start] + data[end + 1 :] if 0 <= start < end else data
        case _:
            return spoil_bytes(rng, data)


def _replaced(data: bytes, around: int, left: bytes, right: bytes, value: bytes) -> bytes:
    start = data.find(left, around)
    end = data.find(right, start + 1)
    return data[: start + 1] + value + data[end:] if 0 <= start < end else data
