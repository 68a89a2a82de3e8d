"""Why a file, or the way it was asked for, can't be used: one small class a cause, each with its sentence.

No sentence carries a cell of the file; column names and positions are not debtor data.
"""

from collections.abc import Iterable, Sequence

from collectctl.domain.errors import BadData, BadUsage
from collectctl.domain.questions import Choice, Question, Unclear
from collectctl.domain.words import _


class BadCell(ValueError):
    """One cell that can't be read; the text says why, the row's error carries the cell."""


class EmptyFile(BadData):
    code = "empty-file"

    def __init__(self, name: str) -> None:
        super().__init__(_("{name}: the file is empty").format(name=name), _("save the export again"))


class HeaderOnly(BadData):
    code = "no-rows"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name}: there is a header but no row below it").format(name=name),
            _("check that the right sheet or export was chosen"),
        )


class BinaryFile(BadData):
    code = "binary"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name}: neither text nor a workbook (it holds binary data)").format(name=name),
            _("export the table as CSV or XLSX"),
        )


class PasswordNeeded(BadData):
    code = "password"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name}: the workbook is protected by a password").format(name=name),
            _("open it, save a copy without the password and import that"),
        )


class UnreadableWorkbook(BadData):
    code = "unreadable-workbook"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name}: the workbook can't be read, it is damaged or of an unknown kind").format(name=name),
            _("open it and save it again as XLSX or CSV"),
        )


class ExpandsTooFar(BadData):
    code = "expands-too-far"

    def __init__(self, name: str, limit: int, ratio: int) -> None:
        text = _(
            "{name}: the workbook expands to more than {limit} GiB, or a part of it more than {ratio} times;"
            " no list of accounts does"
        )
        super().__init__(
            text.format(name=name, limit=limit >> 30, ratio=ratio),
            _("ask the sender for a CSV, or split it into several files"),
        )


class NoResults(BadData):
    code = "no-results"

    def __init__(self, name: str, sheet: str, count: int) -> None:
        super().__init__(
            _("{name}: {count} formulas of sheet {sheet} were saved without their results").format(
                name=name, count=count, sheet=sheet
            ),
            _("open it in a spreadsheet program and save it again"),
        )


class MarkupFile(BadData):
    code = "markup"

    def __init__(self, name: str, language: str) -> None:
        super().__init__(
            _("{name}: this is {language}, whatever its name says, and no workbook").format(
                name=name, language=language
            ),
            _("open it in a spreadsheet program and save it as XLSX or CSV"),
        )


class UnknownEncoding(BadData):
    code = "encoding"

    def __init__(self, name: str, tried: Iterable[str], offset: int) -> None:
        super().__init__(
            _("{name}: the text is not {tried}; the first wrong byte is at offset {offset}").format(
                name=name, tried=", ".join(tried), offset=offset
            ),
            _("name the encoding with --encoding, for instance --encoding cp1252"),
        )


class NoSuchEncoding(BadUsage):
    def __init__(self, encoding: str) -> None:
        super().__init__(
            _("no encoding is called {encoding}").format(encoding=encoding),
            "--encoding utf-8 | gb18030 | utf-16 | cp1252",
        )


class BadQuotes(BadData):
    code = "quotes"

    def __init__(self, name: str, row: int) -> None:
        super().__init__(
            _("{name}: a quote is opened in row {row} and never closed").format(name=name, row=row),
            _("close or remove that quote, else the rows after it would be lost"),
        )


class NoSuchSheet(BadData):
    code = "sheet"

    def __init__(self, name: str, sheet: str, sheets: Iterable[str]) -> None:
        super().__init__(
            _("{name}: there is no sheet {sheet}; it has: {sheets}").format(
                name=name, sheet=sheet, sheets=", ".join(sheets)
            ),
            _("name one of these with --sheet"),
        )


class NoHeader(BadData):
    code = "no-header"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name}: no row looks like a header; no column name is known").format(name=name),
            '--map "COLUMN=account" --map "COLUMN=balance"',
        )


class ColumnMissing(BadData, Unclear):
    code = "column-missing"
    rest: Sequence[str] = ()  # the columns that are nothing yet

    def __init__(self, name: str, field: str, kind: str = "") -> None:
        """`kind`: the file may as well be one of these."""
        other = ' | --map "#row=account"' if field == "account" else f" | --kind {kind}" if kind else ""
        super().__init__(
            _("{name}: no column is recognised as {field}").format(name=name, field=field),
            f'--map "COLUMN={field}"{other}',
        )
        self.file, self.field = name, field

    def question(self) -> Question:
        return Question(self.message, self.columns_as(dict.fromkeys(self.rest, self.field)))


class ColumnConflict(BadData, Unclear):
    code = "column-conflict"

    def __init__(self, name: str, field: str, columns: Iterable[str]) -> None:
        found = list(columns)
        super().__init__(
            _("{name}: these columns all look like {field}: {columns}").format(
                name=name, field=field, columns=", ".join(found)
            ),
            f'--map "{found[0]}={field}"',
        )
        self.file, self.field, self.columns = name, field, found

    def question(self) -> Question:
        return Question(self.message, self.columns_as(dict.fromkeys(self.columns, self.field)))


class MeaningUnclear(BadData, Unclear):
    """A column whose name means one thing with one client and another with the next; asked on a terminal."""

    code = "column-unclear"

    def __init__(self, name: str, column: str, fields: Iterable[str]) -> None:
        self.file, self.column, self.fields = name, column, list(fields)
        super().__init__(
            _("{name}: column {column} may be {fields}").format(
                name=name, column=column, fields=" | ".join(self.fields)
            ),
            " | ".join(f'--map "{column}={field}"' for field in self.fields),
        )

    def question(self) -> Question:
        samples = self.samples.get(self.column, ())
        choices = [Choice(field, "--map", f"{self.column}={field}", samples) for field in self.fields]
        extra = Choice("extra", "--map", f"{self.column}=", samples)
        return Question(self.message, (*choices, extra), default=extra)


class UnitUnclear(BadData, Unclear):
    code = "unit"

    def __init__(self, name: str, column: str, field: str) -> None:
        super().__init__(
            _(
                "{name}: column {column} counts in another unit than the currency's; mapped, it is read so"
            ).format(name=name, column=column),
            f'--map "{column}={field}"',
        )
        self.file, self.column, self.field = name, column, field

    def question(self) -> Question:
        samples = self.samples.get(self.column, ())
        choices = [Choice(self.field, "--map", f"{self.column}={self.field}", samples)]
        return Question(self.message, (*choices, Choice("extra", "--map", f"{self.column}=", samples)))


class DatesAmbiguous(BadData, Unclear):
    code = "dates-ambiguous"

    def __init__(self, name: str, column: str) -> None:
        super().__init__(
            _("{name}: the dates of column {column} fit day-first and month-first alike").format(
                name=name, column=column
            ),
            "--dates dmy | --dates mdy",
        )
        self.file, self.column = name, column

    def question(self) -> Question:
        samples = self.samples.get(self.column, ())
        return Question(
            self.message, tuple(Choice(order, "--dates", order, samples) for order in ("dmy", "mdy"))
        )


class ClientMissing(BadUsage, Unclear):
    code = "client-missing"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name}: no column says whose accounts these are").format(name=name), "--client NAME"
        )
        self.file = name
        self.known: Sequence[str] = ()  # clients of the book

    def question(self) -> Question:
        choices = tuple(Choice(client, "--client", client) for client in self.known)
        return Question(self.message, choices, free="--client")


class CurrencyMissing(BadUsage, Unclear):
    code = "currency-missing"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name}: neither a column nor a sign says which currency the amounts are in").format(name=name),
            "--currency CNY",
        )
        self.file = name

    def question(self) -> Question:
        choices = tuple(Choice(code, "--currency", code) for code in ("CNY", "USD", "GBP", "EUR", "HKD"))
        return Question(self.message, choices, free="--currency")


class NoSuchCurrency(BadUsage):
    def __init__(self, currency: str) -> None:
        super().__init__(
            _("no currency has the code {currency!r}").format(currency=currency), "--currency CNY"
        )


class UnknownKind(BadUsage):
    def __init__(self, kind: str, kinds: Iterable[str]) -> None:
        super().__init__(
            _("files of the kind {kind!r} can't be imported").format(kind=kind), f"--kind {'|'.join(kinds)}"
        )


class UnknownColumn(BadUsage):
    def __init__(self, column: str, nearest: Iterable[str]) -> None:
        super().__init__(
            _("--map: the file has no column {column}; nearest: {nearest}").format(
                column=column, nearest=", ".join(nearest)
            ),
            '--map "COLUMN=field"',
        )


class UnknownField(BadUsage):
    def __init__(self, field: str, nearest: Iterable[str]) -> None:
        super().__init__(
            _("--map: there is no field {field}; nearest: {nearest}").format(
                field=field, nearest=", ".join(nearest)
            ),
            _('--map "COLUMN=field", or to keep it as extra --map "COLUMN="'),
        )


class MappedTwice(BadUsage):
    def __init__(self, field: str, columns: Iterable[str]) -> None:
        super().__init__(
            _("--map: {field} takes one column, given are: {columns}").format(
                field=field, columns=", ".join(columns)
            ),
            _("map one of them, the others are kept as extra"),
        )
