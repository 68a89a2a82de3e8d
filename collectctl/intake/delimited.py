"""Delimited text: which encoding, which delimiter, and the rows, read as a stream."""

import codecs
import csv
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from collectctl.intake import headers
from collectctl.intake.errors import BadQuotes, BinaryFile, NoSuchEncoding, UnknownEncoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",;\t|"
_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_NOT_TABLES = (b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"SQLite format 3")


def open_text(
    name: str, data: bytes, encoding: str | None
) -> tuple[str, str, Callable[[], Iterator[list[str]]]]:
    """Encoding, delimiter and a reader of the rows.

    Raises BinaryFile, UnknownEncoding, NoSuchEncoding; the reader raises BadQuotes.
    """
    if data.startswith(_NOT_TABLES):
        raise BinaryFile(name)
    chosen = _checked(name, data, encoding) if encoding else _detect(name, data)
    delimiter = _sniff(_text(data, chosen).read(_SAMPLE))
    csv.field_size_limit(sys.maxsize)  # a long note is no reason to stop; the file is in memory already
    odd = data.count(b'"') % 2 == 1  # only then can a quote be left open

    def read() -> Iterator[list[str]]:
        return _rows(name, data, chosen, delimiter, odd)

    return chosen, delimiter, read


def _text(data: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding, newline="")


def _rows(name: str, data: bytes, encoding: str, delimiter: str, odd: bool) -> Iterator[list[str]]:
    if odd:
        _check_quotes(name, data, encoding, delimiter)
    return csv.reader(_text(data, encoding), delimiter=delimiter)


def _check_quotes(name: str, data: bytes, encoding: str, delimiter: str) -> None:
    """A quote that is never closed swallows all rows after it: refuse, naming the row."""
    row = 0
    text = _text(data, encoding)
    try:
        for row, _cells in enumerate(csv.reader(text, delimiter=delimiter, strict=True), start=1):  # noqa: B007
            pass
    except csv.Error:
        if not text.read(1):  # at the end of the file, so the quote is open; else a stray quote inside a cell
            raise BadQuotes(name, row + 1) from None


def _detect(name: str, data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(name, data, encoding)
    if b"\0" in data:
        return _detect_utf16(name, data)
    if data.isascii():
        return "utf-8"
    not_utf8 = _first_wrong_byte(data, "utf-8")
    if not_utf8 is None:
        return "utf-8"
    not_gb = _first_wrong_byte(data, "gb18030")
    if not_gb is None and _is_chinese(data) and not _is_utf8_until(data, not_utf8):
        return "gb18030"
    raise UnknownEncoding(name, ["UTF-8", "GB18030"], max(not_utf8, not_gb or 0))


def _is_utf8_until(data: bytes, offset: int) -> bool:
    """Many characters of sound UTF-8 before the first wrong byte: damaged UTF-8, nothing else."""
    before = data[max(0, offset - _SAMPLE) : offset]
    while before and before[0] & 0xC0 == 0x80:  # the cut may fall inside a character
        before = before[1:]
    return sum(1 for char in before.decode("utf-8") if not char.isascii()) >= 10


def _detect_utf16(name: str, data: bytes) -> str:
    """Without a byte order mark: the zero halves of commas, digits and line ends show the order."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    lines = sample.count("\n".encode(encoding)) + sample.count("\r".encode(encoding))
    lopsided = lines > 0 and max(even, odd) > 4 * min(even, odd)
    if not lopsided or _first_wrong_byte(data, encoding) is not None:
        raise BinaryFile(name)
    return encoding


def _is_chinese(data: bytes) -> bool:
    """Almost any Western text is formally GB18030 too: most of its characters must be everyday Chinese."""
    sample = codecs.getincrementaldecoder("gb18030")().decode(data[: _CHUNK // 4])
    signs = [char for char in sample if not char.isascii()] or ["中"]
    everyday = sum(1 for char in signs[:5000] if _is_everyday(char))
    return everyday * 2 > len(signs[:5000])


def _is_everyday(char: str) -> bool:
    try:
        return len(char.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _checked(name: str, data: bytes, encoding: str) -> str:
    """The same encoding, once the whole file decodes with it."""
    if b"\0" in data and not encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32")):
        raise BinaryFile(name)
    try:
        _text(b"", encoding).read()
        wrong = _first_wrong_byte(data, encoding)
    except (LookupError, AttributeError):
        raise NoSuchEncoding(encoding) from None
    if wrong is not None:
        raise UnknownEncoding(name, [encoding.upper()], wrong)
    return encoding


def _first_wrong_byte(data: bytes, encoding: str) -> int | None:
    """Offset of the first byte that does not decode, in steps so that memory stays small."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data), _CHUNK):
        pending = len(decoder.getstate()[0])
        chunk = data[start : start + _CHUNK]
        try:
            text = decoder.decode(chunk, final=start + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return start - pending + error.start
        except UnicodeError:
            return start
        if "\0" in text:  # no text holds it
            return start
    return None


def _sniff(sample: str) -> str:
    """The delimiter that cuts out most names of columns, then most rows into the same number of cells."""
    return max(_DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _fit(sample: str, delimiter: str) -> tuple[int, int]:
    rows = list(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), 30))
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    names = max((headers.score(cells) for cells in rows), default=0)
    return names, max((count * (width - 1) for width, count in widths.items()), default=0)
