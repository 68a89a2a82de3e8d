"""A log of contacts: a dialler's, or an older system's. What is on record adds nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count

from collectctl.domain.calllogs import (
    WORD,
    Call,
    Sorted,
    as_call,
    impossible,
    outcomes_of,
    sort_calls,
    split_mapping,
)
from collectctl.domain.facts import AccountFile, Activity, Party, PersonFile
from collectctl.domain.outcomes import Outcome
from collectctl.domain.results.importing import ActivitiesImported, ImportResult, OutcomeRead
from collectctl.domain.stated import StatedActivity
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.intake.activities import read_activities
from collectctl.intake.lightrows import needed
from collectctl.store import calllog, imports
from collectctl.store.people import add_party, add_person
from collectctl.store.settings import get_setting
from collectctl.usecases.import_rows import Accounts, Import, Rows, result_of, sound, stopped

_BATCH = 2_000  # contacts appended at a time


def import_activities(read: Import) -> ImportResult:
    """Raises `OutcomesUnknown` (4), `RowsRejected` (4) unless told to skip, `NoKnownAccount` (3)."""
    accounts = Accounts(read)
    if WORD not in read.mapping:
        needed(read.table, read.found, "outcome")
    stated = read_activities(read.table, read.found, read.defaults, accounts.currency)
    columns = {field: read.found.name_of(field) for field in ("at", "promised_on")}
    odd = impossible(stated.activities, read.now, columns)
    own = get_setting(read.made.connection, "collector") or ""  # who works here is nobody else on the contact
    others = [
        activity._replace(agent="") if own and activity.agent == own else activity
        for activity in sound(stated.activities, odd)
    ]
    rows = Rows(accounts, others, read.found.name_of("account"))
    errors = [*stated.errors, *odd, *rows.errors]
    words = Counter(row.outcome for of in rows.by_account.values() for row in of)
    said = _said(read, rows)
    outcomes = {} if stopped(read, errors) else outcomes_of(read.request.name, words, said)
    near = rows.refuse(read, errors)
    writer = _Writer(read, outcomes)
    for person, files in rows.people(read.made):
        writer.take(person, files)
    writer.finish()
    kept = {f"{WORD}{word}": code for word, code in said.items()}
    rows.finish(read._replace(mapping={**split_mapping(read.mapping)[0], **kept}), writer.changed)
    counts = writer.counts
    done = ActivitiesImported(
        added=counts["new"], known=counts["known"], unknown=len(rows.unknown), merged=counts["merged"],
        strangers=rows.strangers, kept=counts["kept"], other=counts["other"], skipped=counts["skipped"],
        promises=counts["promises"],
        outcomes=tuple(OutcomeRead(w, _code(outcomes[w]), n) for w, n in words.most_common()),
    )  # fmt: skip
    warnings = (*near, *_warnings(done, writer.holds, stated.undated))
    places, text = (stated.rows, stated.left_out), _summary(read.request.name, done)
    return result_of(read, places, errors, done, dict(writer.totals), text, warnings, stated.rounded)


def _summary(file: str, done: ActivitiesImported) -> str:
    text = _("imported {file}: {count} contacts").format(file=file, count=done.added)
    return text + (", " + _("{count} calls completed").format(count=done.merged) if done.merged else "")


def _code(outcome: Outcome | None) -> str:
    return outcome.code if outcome else ""


def _said(read: Import, rows: Rows[StatedActivity]) -> dict[str, str]:
    """What outcomes mean: as the user says, else as it was said for these clients' logs before."""
    earlier = imports.remembered_outcomes(read.made.connection, rows.clients)
    _columns, asked = split_mapping(read.request.mapping or {})
    return {**split_mapping(read.mapping)[1], **earlier, **asked}


def _warnings(done: ActivitiesImported, holds: Mapping[str, int], undated: int) -> list[str]:
    texts = [
        (done.other, _("{count} calls have another outcome in the file: yours stands")),
        (done.kept, _("{count} calls are as they were: later entries build on what they brought")),
        (undated, _("{count} rows name a sum but no day: no promise was made of them")),
    ]
    warnings = [text.format(count=n) for n, text in texts if n]
    if holds:
        named = ", ".join(f"{code} ({n})" for code, n in sorted(holds.items()))
        text = _("no hold was set for what the file says: {named}; where one is due: {command}")
        warnings.append(text.format(named=named, command="collectctl hold ACCOUNT KIND"))
    return warnings


class _Writer:
    """Takes the rows of one person after the other and appends what is new."""

    def __init__(self, read: Import, outcomes: Mapping[str, Outcome | None]) -> None:
        self.counts: Counter[str] = Counter()
        self.totals: Counter[str] = Counter()
        self.holds: Counter[str] = Counter()
        self.changed: set[int] = set()
        self._made, self._zone, self._progress = read.made, zone_of(read.now), read.progress
        self._outcomes = outcomes
        self._imports = calllog.imports(read.made.connection)
        self._superseded = calllog.superseded(read.made.connection)
        self._ids = count(read.made.facts.next_id("activity"))
        self._new: list[calllog.NewCall] = []
        self._merged: list[tuple[AccountFile, Activity, Call]] = []

    def take(self, person: PersonFile, files: Sequence[tuple[AccountFile, list[StatedActivity]]]) -> None:
        dials = {(a.at, a.number): a.contact for of in person.accounts for a in of.activities if a.number}
        for account, rows in files:
            found = self._sorted(person, account, rows)
            self.counts.update(new=len(found.new), known=found.known, other=found.other)
            self._merged += [(account, entry, call) for call, entry in found.merged]
            for call in found.new:
                self._add(account, call, dials)
                account = self._with_party(account, call)
            if found.new or found.merged:
                self.changed.add(person.id)
            self._progress(len(rows))
        if len(self._new) >= _BATCH:
            self._flush()

    def _sorted(self, person: PersonFile, account: AccountFile, rows: Sequence[StatedActivity]) -> Sorted:
        """The rows in the order in which things happened, those of one moment as the file has them."""
        calls = [
            as_call(person, account, row, outcome, self._zone)
            for row in rows
            if (outcome := self._outcomes[row.outcome])
        ]
        self.counts["skipped"] += len(rows) - len(calls)
        calls.sort(key=lambda call: call.at)
        return sort_calls(account, self._superseded.get(account.id, ()), self._imports, calls)

    def _add(self, account: AccountFile, call: Call, dials: dict[tuple[datetime, str], int]) -> None:
        """The same number at the same moment is one call, whichever of the person's accounts it is about."""
        contact = next(self._ids)
        if call.timed and call.number:
            contact = dials.setdefault((call.at, call.number), contact)
        self._new.append(calllog.NewCall(account.id, contact, call))
        for part in call.row.parts:
            self.counts["promises"] += 1
            self.totals[call.row.currency] += part.amount
        if call.outcome.holds:
            self.holds[call.outcome.code] += 1

    def _with_party(self, account: AccountFile, call: Call) -> AccountFile:
        """The account with who answered, appended where they are new."""
        who, role, name, known = call.answered
        if known or who not in ("third", "liable") or not (name or role):
            return account
        name = name or role
        if any((p.role, p.name) == (role, name) for p in account.parties):
            return account
        person = add_person(self._made)
        add_party(self._made, account.id, person, role, name, call.row.relation)
        party = Party(0, account.id, person, role, name, call.row.relation)
        return account._replace(parties=(*account.parties, party))

    def _flush(self) -> None:
        calllog.append_calls(self._made, self._new, self._zone)
        self._new = []

    def finish(self) -> None:
        """Append the rest, then complete the calls that were typed."""
        self._flush()
        for account, entry, call in self._merged:
            done = calllog.supplement(self._made, account, entry, call)
            self.counts["merged" if done else "kept"] += 1
