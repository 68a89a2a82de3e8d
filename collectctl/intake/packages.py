"""What a workbook's ZIP package holds, counted from the bytes themselves before anything parses them."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from collectctl.intake.errors import ExpandsTooFar, PasswordNeeded, UnreadableWorkbook

EXPANDED = 4 << 30  # bytes of all parts together; a million rows of 34 columns come to less than half of it
RATIO, FREE = 500, 100 << 20  # how far a part may expand once it is larger than `FREE` bytes
_SLICE = 1 << 14  # of compressed bytes: at most 16 MiB come out of it
_KEPT = 1 << 20  # of a small part that is read itself
_TAIL = 24  # longer than any mark, which may lie across two slices
_ERROR = re.compile(rb't="e"')
_NO_RESULT = re.compile(rb"</f>(?:<v></v>|<v ?/>)?</c>")
_READ = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_RELATIONS = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")


@dataclass
class Package:
    """The parts by name, the text of those that say how sheets and parts go together, and what cells hold."""

    names: frozenset[str]
    expanded: int = 0  # bytes of all parts
    texts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)  # part -> cells that hold an error (#N/A, #REF!)
    no_result: dict[str, int] = field(default_factory=dict)  # part -> formulas without a stored result

    @property
    def has_macros(self) -> bool:
        return any(name.lower().endswith("vbaproject.bin") for name in self.names)

    @property
    def has_links(self) -> bool:
        """Links to other workbooks, connections to databases."""
        marks = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")
        return any(name.lower().startswith(marks) for name in self.names)

    @property
    def is_1904(self) -> bool:
        start = self.texts.get("xl/workbook.xml", "")
        return 'date1904="1"' in start or 'date1904="true"' in start

    def part_of(self, sheet: str) -> str:
        """The name of the part that holds a sheet, "" where it can't be told."""
        tags = re.findall(r"<(?:\w+:)?sheet\s[^>]*>", self.texts.get("xl/workbook.xml", ""))
        ids = [_attribute(tag, r"\w+:id") for tag in tags if _attribute(tag, "name") == sheet]
        for relation in _RELATIONS.findall(self.texts.get("xl/_rels/workbook.xml.rels", "")):
            if ids and _attribute(relation, "Id") == ids[0]:
                target = _attribute(relation, "Target")
                return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        return ""


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\s{name}=(?:"([^"]*)"|'([^']*)')""", tag)
    return unescape(found[1] or found[2] or "") if found else ""


def inspect(name: str, data: bytes) -> Package:
    """Expand every part once, without keeping it.

    Raises ExpandsTooFar, PasswordNeeded, and UnreadableWorkbook for parts that overlap or can't be expanded.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = sorted(parts.infolist(), key=lambda info: info.header_offset)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, struct.error):
        raise UnreadableWorkbook(name) from None
    package = Package(frozenset(info.filename for info in infos))
    free_from = 0
    for info in infos:
        if info.flag_bits & 1:
            raise PasswordNeeded(name)
        start = _start(name, data, info)
        if info.header_offset < free_from:
            raise UnreadableWorkbook(name)
        free_from = start + info.compress_size
        size = 0
        for piece in _counted(package, info, _pieces(name, data[start:free_from], info)):
            size += piece
            if package.expanded + size > EXPANDED or size > max(FREE, RATIO * info.compress_size):
                raise ExpandsTooFar(name, EXPANDED, RATIO)
        package.expanded += size
    return package


def _start(name: str, data: bytes, info: zipfile.ZipInfo) -> int:
    """Where the compressed bytes of a part begin."""
    header = data[info.header_offset : info.header_offset + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise UnreadableWorkbook(name)
    name_size, extra_size = struct.unpack_from("<HH", header, 26)
    return info.header_offset + 30 + int(name_size) + int(extra_size)


def _pieces(name: str, packed: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The expanded bytes of a part, whatever size the directory claims."""
    if len(packed) < info.compress_size or info.compress_type not in (
        zipfile.ZIP_STORED,
        zipfile.ZIP_DEFLATED,
    ):
        raise UnreadableWorkbook(name)
    slices = (packed[at : at + _SLICE] for at in range(0, len(packed), _SLICE))
    if info.compress_type == zipfile.ZIP_STORED:
        yield from slices
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        yield from map(inflate.decompress, slices)
    except zlib.error:
        raise UnreadableWorkbook(name) from None


def _counted(package: Package, info: zipfile.ZipInfo, pieces: Iterator[bytes]) -> Iterator[int]:
    """The sizes of the pieces; what they hold is noted on the way."""
    is_sheet = info.filename.startswith("xl/worksheets/")
    kept: list[bytes] = []
    size, tail = 0, b""
    for piece in pieces:
        size += len(piece)
        if info.filename in _READ and size <= _KEPT:
            kept.append(piece)
        if is_sheet:
            _count(package.errors, info.filename, _ERROR, tail, piece)
            if b"</f>" in piece or tail:
                _count(package.no_result, info.filename, _NO_RESULT, tail, piece)
            tail = piece[-_TAIL:]
        yield len(piece)
    if kept:
        package.texts[info.filename] = b"".join(kept).decode("utf-8", "ignore")


def _count(counts: dict[str, int], part: str, mark: re.Pattern[bytes], tail: bytes, piece: bytes) -> None:
    found = sum(1 for match in mark.finditer(tail + piece) if match.end() > len(tail))
    if found:
        counts[part] = counts.get(part, 0) + found
