"""What the rows of a call log are to the book: new contacts, known ones, or calls that were typed; pure.

A row is known by account, moment, number, outcome and text, and by how many such rows there are, so that a
log read twice, or one that overlaps another, adds nothing. A row within ten minutes of a call that the
collector typed, to the same number about the same account, is that call.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import UTC, date, datetime, timedelta, tzinfo

from collectctl.domain.errors import BadData
from collectctl.domain.facts import AccountFile, Activity, PersonFile
from collectctl.domain.masking import mask_long_numbers
from collectctl.domain.numbers import known_digits
from collectctl.domain.outcomes import BY_CODE, BY_NAME, Outcome, match, nearest
from collectctl.domain.questions import Choice, Question, Unclear
from collectctl.domain.recording import Answered, channel_of, payer_of, who_answered
from collectctl.domain.records import Record
from collectctl.domain.stated import RowError, StatedActivity
from collectctl.domain.when import FIRST_YEAR, fold
from collectctl.domain.whom import LIABLE, role_of
from collectctl.domain.words import _

SAME_CALL = timedelta(minutes=10)
WORD = "outcome:"  # how a mapping names an outcome of the file
_WHO = ("none", "machine", "unknown", "third", "liable", "self")
_MOST = 60  # unknown outcomes; no system has as many
_NAMED, _SHOWN = 8, 40  # unknown words that an error names, and characters of each

Identity = tuple[datetime, str, str, str]  # moment, number, outcome, text


class Unknown(Record):
    """An outcome of the file that is none of ours: how many rows have it, and what it may mean."""

    word: str
    rows: int
    nearest: tuple[str, ...]


class OutcomesUnknown(BadData, Unclear):
    """Outcomes of a log that nobody has said the meaning of; they are asked for one after the other."""

    code = "outcomes-unknown"

    def __init__(self, file: str, words: Sequence[Unknown]) -> None:
        some = [unknown._replace(word=unknown.word[:_SHOWN]) for unknown in words[:_NAMED]]
        named = ", ".join(f"{unknown.word!r} ({unknown.rows})" for unknown in some)
        more = _(" and {count} more").format(count=len(words) - _NAMED) if len(words) > _NAMED else ""
        super().__init__(
            _("{file}: what do these outcomes mean? {words}").format(file=file, words=named + more),
            " ".join(f'--map "{WORD}{unknown.word}=OUTCOME"' for unknown in some),
        )
        self.file, self.words = file, tuple(words)

    def question(self) -> Question:
        word, rows, likely = self.words[0]
        text = _("{file}: what does the outcome {word!r} of {count} rows mean?")
        told = f"{WORD}{word}="
        choices = tuple(
            Choice(code, "--map", told + code, (_(BY_CODE[code].meaning), *BY_CODE[code].names[-1:]))
            for code in likely
        )
        leave = Choice(_("leave these rows out"), "--map", told)
        return Question(
            text.format(file=self.file, word=word[:_SHOWN], count=rows), (*choices, leave), "--map", told
        )


def identity(at: datetime, number: str, outcome: str, text: str) -> Identity:
    """What makes two entries one; a log that went out with its long numbers masked is the same log."""
    return at, number, outcome, mask_long_numbers(text)


class NoOutcomes(BadData):
    """What was taken for outcomes is free text, of which nothing is to be shown."""

    code = "no-outcomes"

    def __init__(self, file: str, count: int) -> None:
        super().__init__(
            _("{file}: the column of outcomes has {count} different texts: is it the outcome?").format(
                file=file, count=count
            ),
            '--map "COLUMN=outcome" | --map "COLUMN=text" --map "outcome:=note"',
        )


class Call(Record):
    """A row of a log as a contact about an account of the book."""

    row: StatedActivity
    at: datetime  # UTC
    timed: bool  # the file says the time of day
    outcome: Outcome
    channel: str
    number: str
    answered: Answered

    @property
    def payer(self) -> str:
        return payer_of(self.outcome, self.row.payer, self.answered)

    @property
    def identity(self) -> Identity:
        return identity(self.at, self.number, self.outcome.code, self.row.text)


class Sorted(Record):
    """The rows about one account.

    `merged` add a length or a recording to a call that was typed; `other` of the typed calls have another
    outcome in the file.
    """

    new: list[Call]
    merged: list[tuple[Call, Activity]]
    known: int
    other: int


# --- outcomes ---------------------------------------------------------------------------------------------


def split_mapping(mapping: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """A mapping of columns, and one of the outcomes of a log: their word -> ours."""
    columns = {name: field for name, field in mapping.items() if not name.startswith(WORD)}
    words = {name[len(WORD) :].strip(): field for name, field in mapping.items() if name.startswith(WORD)}
    return columns, words


def outcomes_of(file: str, words: Mapping[str, int], said: Mapping[str, str]) -> dict[str, Outcome | None]:
    """What each outcome of a log is in ours, None for those whose rows are left out.

    `words` are those of the file with their rows, `said` what the user, or an earlier import, decided. What
    is spelled as one of ours means that by itself.
    Raises `OutcomesUnknown` and `NoOutcomes` (4), `UnknownOutcome` (2).
    """
    decided = {_folded(word): match(code) if code.strip() else None for word, code in said.items()}
    own = {word: BY_NAME.get(_folded(word)) for word in words}
    unknown = [
        Unknown(word, rows, nearest(word.lower()))
        for word, rows in words.items()
        if _folded(word) not in decided and own[word] is None
    ]
    if len(unknown) > _MOST:
        raise NoOutcomes(file, len(unknown))
    if unknown:
        raise OutcomesUnknown(file, sorted(unknown, key=lambda u: -u.rows))
    return {word: decided.get(_folded(word), own[word]) for word in words}


def _folded(word: str) -> str:
    return "-".join(fold(word).lower().replace("_", " ").replace("-", " ").split())


# --- rows -------------------------------------------------------------------------------------------------


def moment(iso: str, zone: tzinfo) -> datetime:
    """The instant of a day (its beginning) or a moment as a file has it, in `zone` where it names none."""
    at = datetime.fromisoformat(iso)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).replace(microsecond=0)


def _has_time(iso: str) -> bool:
    return len(iso) > len("2026-11-23")


def impossible(rows: Iterable[StatedActivity], now: datetime, columns: Mapping[str, str]) -> list[RowError]:
    """Contacts that are still to come, and promises for a day before their own.

    `columns` are the file's names of `at` and `promised_on`.
    """
    zone = now.tzinfo or UTC
    errors: list[RowError] = []
    for row in rows:
        at = moment(row.at, zone)
        if at > now or at.year < FIRST_YEAR:
            text = _("a moment to come") if at > now else _("a day long ago")
            errors.append(RowError(row.row, columns["at"], row.at, text))
            continue
        made = at.astimezone(zone).date()
        errors += [
            RowError(
                row.row,
                columns["promised_on"],
                part.due,
                _("before {day}, when it was promised").format(day=made),
            )
            for part in row.parts
            if date.fromisoformat(part.due[:10]) < made
        ]
    return errors


def as_call(
    person: PersonFile, account: AccountFile, row: StatedActivity, outcome: Outcome, zone: tzinfo
) -> Call:
    """A row as a contact about `account`: what `log` would make of it, without a number that nobody named."""
    channel = channel_of(outcome, row.channel)
    number = ""
    if outcome.attempt:
        number = known_digits(person, row.to) if channel in ("call", "sms") else row.to.strip()
    at = moment(row.at, zone).astimezone(UTC)
    return Call(row, at, _has_time(row.at), outcome, channel, number, _answered(account, outcome, row))


def _answered(account: AccountFile, outcome: Outcome, row: StatedActivity) -> Answered:
    """Who answered.

    A log names whom the dial was for: they answered only where the outcome says that somebody did, and the
    debtor only where it does not say that somebody else did.
    """
    code = row.who.lower() if row.who.lower() in _WHO else ""
    typed = row.party or row.relation or ("" if code else row.who)
    found = who_answered(account, outcome, typed)
    role = role_of(row.relation)
    if row.party and found.party is None and role:
        who = {"debtor": "self", "unknown": "unknown"}.get(role, "liable" if role in LIABLE else "third")
        found = Answered(who, role, "" if role == "debtor" else row.party, None)
    if code:
        return found._replace(who=code)
    nobody = outcome.who in ("none", "machine")
    somebody_else = found.who == "self" and outcome.who != "self"
    return found._replace(who=outcome.who) if nobody or somebody_else else found


def sort_calls(
    account: AccountFile, superseded: Iterable[Identity], imported: Set[int], calls: Sequence[Call]
) -> Sorted:
    """Which of `calls` are new.

    `superseded` are entries of the account that were corrected since, `imported` the operations that were
    imports: what others wrote was typed.
    """
    on_record: dict[Identity, list[Activity | None]] = defaultdict(list)
    for entry in account.activities:
        on_record[identity(entry.at, entry.number, entry.outcome, entry.text)].append(entry)
    for before in superseded:
        on_record[identity(*before)].append(None)
    rest: list[Call] = []
    same: list[tuple[Call, Activity | None]] = []
    for call in calls:
        found = on_record.get(call.identity)
        if found:
            same.append((call, found.pop(0)))
        else:
            rest.append(call)
    taken = {entry.id for _call, entry in same if entry}
    named = len(rest)
    rest = _not_imported(account, imported, taken, rest)
    otherwise = named - len(rest)
    typed = [a for a in account.activities if is_typed(a, imported)]
    pairs = nearest_calls(rest, [a for a in typed if a.id not in taken])
    of_row = {call.row.row for call, _entry in pairs}
    typed_ids = {a.id for a in typed}
    alike = [(call, entry) for call, entry in same if entry and entry.id in typed_ids]
    merged = [(call, entry) for call, entry in [*alike, *pairs] if _adds(call, entry)]
    return Sorted(
        [call for call in rest if call.row.row not in of_row],
        merged,
        len(same) + otherwise + len(pairs) - len(merged),
        sum(call.outcome.code != entry.outcome for call, entry in pairs),
    )


def _not_imported(
    account: AccountFile, imported: Set[int], taken: Set[int], calls: Sequence[Call]
) -> list[Call]:
    """Those of `calls` that no import brought: the same call stays it where its outcome is mapped otherwise.

    Only where moment and number say which call it was.
    """
    free = Counter(
        identity(e.at, e.number, "", e.text)
        for e in account.activities
        if e.operation in imported and e.id not in taken
    )
    rest = []
    for call in calls:
        key = identity(call.at, call.number, "", call.row.text)
        if call.timed and call.number and free[key]:
            free[key] -= 1
        else:
            rest.append(call)
    return rest


def is_typed(entry: Activity, imported: Set[int]) -> bool:
    """Whether a collector wrote or corrected it; an import that added a recording to it leaves it theirs."""
    return entry.operation not in imported or entry.amends is not None


def nearest_calls(calls: Sequence[Call], typed: Sequence[Activity]) -> list[tuple[Call, Activity]]:
    """Each of `calls` with the typed call that it is: the nearest pair first, and every call once."""
    by_number: dict[str, list[Activity]] = defaultdict(list)
    for entry in typed:
        if entry.channel == "call" and entry.number and BY_CODE[entry.outcome].attempt:
            by_number[entry.number].append(entry)
    near = sorted(
        (abs(entry.at - call.at), at, entry.id, entry)
        for at, call in enumerate(calls)
        if call.timed and call.channel == "call"
        for entry in by_number.get(call.number, ())
        if abs(entry.at - call.at) <= SAME_CALL
    )
    found: dict[int, Activity] = {}
    taken: set[int] = set()
    for _apart, at, entry_id, entry in near:
        if at not in found and entry_id not in taken:
            found[at] = entry
            taken.add(entry_id)
    return [(calls[at], entry) for at, entry in sorted(found.items())]


def _adds(call: Call, entry: Activity) -> bool:
    """Whether the row knows the length or the recording that a typed call lacks."""
    new_length = call.row.talk_seconds is not None and entry.talk_seconds is None
    return new_length or bool(call.row.recording and not entry.recorded)


def next_step(call: Call, zone: tzinfo) -> tuple[datetime | None, date | None]:
    """The moment, or the day, of the next step that a row names."""
    then = call.row.next_at
    if _has_time(then):
        return moment(then, zone), None
    return None, date.fromisoformat(then) if then else None
