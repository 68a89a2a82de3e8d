"""A log of contacts: what a dialler, or an older system, wrote down of each call."""

from collections.abc import Sequence
from dataclasses import dataclass

from collectctl.domain.policy import CHANNELS, PURPOSES
from collectctl.domain.stated import RowError, StatedActivity, StatedPart
from collectctl.domain.words import _
from collectctl.intake.cells import NOTHING, YES
from collectctl.intake.columns import FOUND_BY_MAP, Column
from collectctl.intake.datecolumn import DateColumn
from collectctl.intake.defaults import Defaults
from collectctl.intake.errors import BadCell, ColumnMissing
from collectctl.intake.files import Table
from collectctl.intake.lightrows import CurrencyOf, LightRows, RowCurrencies, Whose, text_of
from collectctl.intake.moments import Moment, in_minutes, read_length, read_moment
from collectctl.intake.recognise import Recognition

_CHANNELS = {
    "call": "phone|telephone|phone call|tele-calling|telecalling|voice|dialer|电话|电催|呼叫|拨打",
    "sms": "text|text message|短信",
    "email": "e-mail|mail|邮件|电子邮件",
    "chat": "whatsapp|wechat|微信|qq|im",
    "letter": "post|notice|legal notice|信函|函件|律师函",
    "visit": "field visit|field|外访|上门|走访",
}
_CHANNEL_OF = {c: c for c in CHANNELS} | {
    word: channel for channel, words in _CHANNELS.items() for word in words.split("|")
}
_TEXTS = ("who", "party", "relation", "recording", "agent", "reason", "payer")  # fields kept as they stand
_PURPOSE_OF = {purpose: purpose for purpose in PURPOSES}
_RAISED_BY = {"us": "us", "them": "them"}
_IN = frozenset(["in", "inbound", "incoming", "呼入", "来电", "进线"])
_OUT = frozenset(["", "out", "outbound", "outgoing", "呼出", "外呼", "去电"])


@dataclass(frozen=True)
class Activities:
    """What such a log states. `rows` = activities + rows with errors."""

    activities: list[StatedActivity]
    errors: list[RowError]  # several for one row, where several cells are wrong
    rows: int  # data rows read, without blank rows and totals
    left_out: int  # totals rows
    rounded: int  # spreadsheet floats rounded to the currency's decimals
    undated: int  # rows with a sum but no day, of which no promise can be made


def read_activities(
    table: Table, recognition: Recognition, defaults: Defaults, currency_of: CurrencyOf
) -> Activities:
    """All rows of a log, in their order; outcomes are the file's own words.

    Raises ColumnMissing, DatesAmbiguous, NoSuchCurrency.
    """
    rows = LightRows(table, recognition, defaults)
    currencies = RowCurrencies(table, recognition, defaults, currency_of, rows)
    reader = _ActivityReader(table, recognition, rows, currencies)
    found: list[StatedActivity] = []
    for row, cells in rows:
        before = len(rows.errors)
        activity = reader.read(row, cells)
        if activity and len(rows.errors) == before:
            found.append(activity)
    return Activities(found, rows.errors, rows.rows, rows.left_out, reader.rounded, reader.undated)


class _ActivityReader:
    """Compiled once for a file; what is wrong with a row is added to the errors of `rows`."""

    def __init__(
        self, table: Table, recognition: Recognition, rows: LightRows, currencies: RowCurrencies
    ) -> None:
        self._rows, self._currencies = rows, currencies
        self.undated = 0
        self._at = [rows.date_column(column) for column in _moments(table, recognition)]
        self._columns = {column.field: column for column in recognition.columns if column.field}
        self._texts = recognition.of("text")
        talk = recognition.first("talk_seconds")
        self._talk_in_minutes = bool(talk) and in_minutes(talk.header if talk else "")
        amount, due, then = map(recognition.first, ("promised_amount", "promised_on", "next_at"))
        self._amount = rows.amount_column(amount) if amount else None
        self._due = rows.date_column(due) if due else None
        self._next = rows.date_column(then) if then else None

    @property
    def rounded(self) -> int:
        return self._amount.rounded if self._amount else 0

    def read(self, row: int, cells: Sequence[str]) -> StatedActivity | None:
        """The activity of a row, to be used only where the row added no error."""
        rows = self._rows
        rows.refuse_surplus(row, cells)
        whose = rows.whose(row, cells)
        at = self._instant(row, cells)
        if whose is None:
            return None
        currency, parts = self._parts(row, cells, whose)
        texts = {field: self._text(field, cells) for field in _TEXTS}
        return StatedActivity(
            row, *whose, at,
            channel=self._coded(row, "channel", cells, _CHANNEL_OF),
            inbound=self._inbound(row, cells),
            outcome=self._outcome(cells),
            to=rows.identity(row, self._columns.get("number"), cells),
            talk_seconds=self._talk(row, cells),
            text="\n".join(filter(None, dict.fromkeys(cells[column.index] for column in self._texts))),
            parts=parts, currency=currency,
            next_at=self._moment(row, self._next, cells[self._next.index]).iso if self._next else "",
            purpose=self._coded(row, "purpose", cells, _PURPOSE_OF),
            written=self._text("written", cells).lower() in YES,
            raised_by=self._coded(row, "raised_by", cells, _RAISED_BY) or "us",
            **texts,
        )  # fmt: skip

    def _text(self, field: str, cells: Sequence[str]) -> str:
        return text_of(self._columns.get(field), cells)

    def _outcome(self, cells: Sequence[str]) -> str:
        """The word of a row; NA is what diallers write where nobody answered."""
        column = self._columns.get("outcome")
        cell = cells[column.index] if column else ""
        return cell if cell == "NA" else text_of(column, cells)

    def _coded(self, row: int, field: str, cells: Sequence[str], known: dict[str, str]) -> str:
        """The code that a word stands for, "" where there is none; an error for any other word."""
        word = self._text(field, cells)
        if word and word.lower() not in known:
            codes = ", ".join(dict.fromkeys(known.values()))
            why = _("not known; there are {known}").format(known=codes)
            self._rows.refuse(row, self._columns[field], word, why)
        return known.get(word.lower(), "") if word else ""

    def _inbound(self, row: int, cells: Sequence[str]) -> bool:
        word = self._text("direction", cells).lower()
        if word not in _IN | _OUT:
            self._rows.refuse(row, self._columns["direction"], word, _("neither in nor out"))
        return word in _IN

    def _talk(self, row: int, cells: Sequence[str]) -> int | None:
        column = self._columns.get("talk_seconds")
        if column is None:
            return None
        try:
            return read_length(cells[column.index], minutes=self._talk_in_minutes)
        except BadCell as bad:
            self._rows.refuse(row, column, cells[column.index], str(bad))
            return None

    def _instant(self, row: int, cells: Sequence[str]) -> str:
        """The day of a row, with the time of day where a cell says it: perhaps one of its own."""
        before = len(self._rows.errors)
        found = [self._moment(row, column, cells[column.index]) for column in self._at]
        days = list(dict.fromkeys(moment.day for moment in found if moment.day))
        clock = next((moment.time for moment in found if moment.time), "")
        why = _("no date") if not days else _("two days in one row") if len(days) > 1 else ""
        if why and len(self._rows.errors) == before:
            self._rows.refuse(row, self._at[0], cells[self._at[0].index], why)
        return Moment(days[0], clock).iso if days else ""

    def _moment(self, row: int, column: DateColumn, text: str) -> Moment:
        try:
            return read_moment(text, column.iso)
        except BadCell as bad:
            self._rows.refuse(row, column, text, str(bad))
            return Moment()

    def _parts(self, row: int, cells: Sequence[str], whose: Whose) -> tuple[str, tuple[StatedPart, ...]]:
        """The currency and the parts of what was promised: as many days as sums, several joined by `;`."""
        amount, due = self._amount, self._due
        sums = _split(cells[amount.index]) if amount else []
        days = _split(cells[due.index]) if due else []
        if not days:  # a sum alone is what is owed, or what was talked about
            self.undated += bool(sums)
            return "", ()
        if amount is None or due is None or len(sums) != len(days):
            why = _("as many days as sums, please") if sums else _("no amount")
            self._rows.refuse(row, due, "; ".join(days), why)
            return "", ()
        currency = self._currencies.choose(row, whose, cells, [amount])
        if currency is None:
            return "", ()
        parts = []
        for text, day in zip(sums, days, strict=True):
            moment = self._moment(row, due, day)
            try:
                minor = amount.minor(text, currency)
            except BadCell as bad:
                self._rows.refuse(row, amount, text, str(bad))
                continue
            if not minor or minor < 0:
                self._rows.refuse(row, amount, text, _("not above zero"))
            elif moment.day:
                parts.append(StatedPart(moment.iso, minor))
        return currency, tuple(parts)


def _split(cell: str) -> list[str]:
    return [part for piece in cell.replace("；", ";").split(";") if (part := piece.strip()) not in NOTHING]


def _moments(table: Table, recognition: Recognition) -> list[Column]:
    """The columns of day and time: those that the user named, else all that have such a name."""
    found = recognition.of("at")
    if not found:
        raise ColumnMissing(table.name, "at")
    return [column for column in found if column.how == FOUND_BY_MAP] or found
