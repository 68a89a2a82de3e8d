"""What passed between the parties: contacts, promises and plans, demands, objections, claims on others."""

from collectctl.domain import sheets
from collectctl.domain.casefile.people import WHO, Contacts, by_third
from collectctl.domain.casefile.records import SHOWN_HASH, Case, Logged, Section, Table
from collectctl.domain.claims import OVERDUE, claim_states
from collectctl.domain.complaints import state_of
from collectctl.domain.limitation import returned
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.plans import plan_states
from collectctl.domain.promises import states_of
from collectctl.domain.settlements import settlement_states
from collectctl.domain.sheets import AMOUNT, COUNT, DATE, INSTANT, Cell, Column, Money
from collectctl.domain.words import _

CHANNELS = {
    "call": _("call"), "sms": _("text message"), "email": _("e-mail"), "chat": _("chat"),
    "letter": _("letter"), "visit": _("visit"), "desk": _("desk"),
}  # fmt: skip
STATES = {
    "open": _("open"), "kept": _("kept"), "partly-kept": _("partly kept"), "broken": _("broken"),
    "withdrawn": _("withdrawn"), "running": _("running"), "cancelled": _("cancelled"), "asked": _("asked"),
    "refused": _("refused"), "approved": _("approved"), "accepted": _("accepted"), "paid": _("paid"),
    "expired": _("expired"), "replaced": _("replaced"), "partly-paid": _("partly paid"),
    "overdue": _("overdue"), "answered": _("answered"),
}  # fmt: skip
OBJECTIONS = {"complaint": _("complaint"), "dispute": _("dispute")}
CLAIMED_OF = {
    "guarantor": _("guarantor"), "co-debtor": _("co-debtor"), "insurer": _("insurer"), "spouse": _("spouse"),
}  # fmt: skip
_WRITTEN = ("sms", "email", "chat", "letter")


def calls(case: Case, found: Contacts) -> Section:
    """The record of contacts, with the seal of each: its own hash and its entry's link of the chain."""
    columns = (
        Column("id", _("no."), COUNT), Column("at", _("when"), INSTANT), Column("channel", _("by")),
        Column("direction", _("from or to")), Column("outcome", _("outcome")), Column("who", _("who")),
        Column("party", _("name"), about=sheets.PARTY), Column("number", _("number")),
        Column("seconds", _("seconds"), COUNT), Column("text", _("text"), about=sheets.FREE),
        Column("recording", _("recording")), Column("corrected_by", _("corrected by"), COUNT),
        Column("hash", _("hash of the fact")), Column("entry", _("entry"), COUNT),
        Column("chain", _("link of the chain")),
    )  # fmt: skip
    rows = [_contact(case, entry) for entry in found.shown]
    notes = (
        _("Nothing in the record was changed or deleted: a correction is an entry, both are here."),
        _("Of each hash the page shows the first {count} characters, the table of calls all.").format(
            count=SHOWN_HASH
        ),
    )  # fmt: skip
    table = Table("calls", _("Contacts"), columns, rows)
    return Section("calls", _("Record of contacts"), (), (table,), notes)


def _contact(case: Case, entry: Logged) -> tuple[Cell, ...]:
    a = entry.activity
    return (
        a.id, a.at.astimezone(case.zone), _(CHANNELS.get(a.channel, a.channel)),
        _("from them") if a.inbound else _("to them"), _(BY_CODE[a.outcome].meaning), _(WHO[a.who]),
        a.party, a.number, a.talk_seconds, case.text(a.text), entry.recording, entry.corrected_by,
        entry.fact.hash, entry.fact.entry, entry.chain,
    )  # fmt: skip


def agreements(case: Case) -> Section:
    """Promises, plans and settlements, with what became of each by the day of the file."""
    currency, day = case.currency, case.facts_on
    tables = [_promises(case)]
    plans = [
        (
            s.plan.id, s.plan.made_on, len(s.parts), Money(s.plan.total, currency), Money(s.kept, currency),
            _(STATES[s.state]), s.plan.cancelled_on,
        )
        for s in plan_states(case.known, day)
    ]  # fmt: skip
    if plans:
        columns = (
            Column("plan", _("plan no."), COUNT), Column("made_on", _("agreed on"), DATE),
            Column("parts", _("instalments"), COUNT), Column("total", _("total"), AMOUNT),
            Column("kept", _("received"), AMOUNT), Column("state", _("state")),
            Column("cancelled_on", _("cancelled on"), DATE),
        )  # fmt: skip
        tables.append(Table("plans", _("Plans"), columns, plans))
    settled = _settlements(case)
    return Section("agreements", _("Promises, plans and settlements"), (), (*tables, *settled))


def _promises(case: Case) -> Table:
    columns = (
        Column("promise", _("no."), COUNT), Column("made_on", _("made on"), DATE),
        Column("due_on", _("due on"), DATE), Column("amount", _("amount"), AMOUNT),
        Column("kept", _("received"), AMOUNT), Column("state", _("state")),
        Column("plan", _("plan no."), COUNT), Column("contact", _("in contact no."), COUNT),
        Column("payer", _("payer"), about=sheets.PARTY),
    )  # fmt: skip
    rows = [
        (
            s.promise.id, s.promise.made_on, s.promise.due_on, Money(s.promise.amount, s.promise.currency),
            Money(s.kept, s.promise.currency), _(STATES[s.state]), s.promise.plan,
            s.promise.activity or None, s.promise.payer,
        )
        for s in states_of(case.known, case.facts_on)
        if case.third_parties or not by_third(case, s)
    ]  # fmt: skip
    return Table("promises", _("Promises"), columns, rows)


def _settlements(case: Case) -> list[Table]:
    currency = case.currency
    rows = [
        (
            s.settlement.made_on,
            Money(s.settlement.amount, currency),
            s.settlement.until,
            s.approval,
            Money(s.paid, currency),
            _(STATES[s.state]),
        )
        for s in settlement_states(case.known, case.facts_on)
    ]
    columns = (
        Column("made_on", _("agreed on"), DATE), Column("amount", _("amount"), AMOUNT),
        Column("until", _("until"), DATE), Column("approval", _("approval")),
        Column("paid", _("received"), AMOUNT), Column("state", _("state")),
    )  # fmt: skip
    return [Table("settlements", _("Settlements"), columns, rows)] if rows else []


def demands(case: Case, found: Contacts) -> Section:
    """When payment was demanded, how, and what proves it: messages and letters sent, talks with who owes."""
    columns = (
        Column("no", _("no."), COUNT), Column("at", _("when"), INSTANT), Column("channel", _("by")),
        Column("what", _("what")), Column("number", _("number")), Column("proof", _("proof")),
        Column("contact", _("in contact no."), COUNT),
    )  # fmt: skip
    back = returned(case.known.activities)
    chosen = [e for e in found.shown if e.corrected_by is None and _is_demand(e)]
    rows = [
        (
            number, e.activity.at.astimezone(case.zone), _(CHANNELS.get(e.activity.channel, "")),
            _(BY_CODE[e.activity.outcome].meaning), e.activity.number, _proof(e, back), e.activity.id,
        )
        for number, e in enumerate(chosen, 1)
    ]  # fmt: skip
    table = Table("demands", _("Demands"), columns, rows)
    return Section("demands", _("Demands made"), (), (table,))


def _is_demand(entry: Logged) -> bool:
    a = entry.activity
    if a.inbound:
        return False
    return (a.outcome == "sent" and a.channel in _WRITTEN) or a.is_talk


def _proof(entry: Logged, back: set[int]) -> str:
    a = entry.activity
    if a.id in back:
        return _("it came back")
    if entry.recording:
        return _("recording {name}").format(name=entry.recording)
    if a.channel == "letter":
        return _("copy and receipt of posting, to be attached")
    if a.channel in _WRITTEN:
        return _("copy of the message, to be attached")
    return _("the entry of the record alone")


def objections(case: Case) -> Section:
    """The register of complaints and disputes, with their answers."""
    columns = (
        Column("id", _("no."), COUNT), Column("kind", _("kind")),
        Column("received_on", _("received on"), DATE), Column("due_on", _("answer due"), DATE),
        Column("state", _("state")), Column("closed_on", _("closed on"), DATE),
        Column("text", _("text"), about=sheets.FREE), Column("answer", _("answer"), about=sheets.FREE),
        Column("reference", _("reference")),
    )  # fmt: skip
    rows = [
        (
            c.id, _(OBJECTIONS[c.kind]), c.received_on, c.due_on, _(STATES[state_of(c, case.facts_on)]),
            c.closed_on, case.text(c.text), case.text(c.answer), c.reference,
        )
        for c in case.known.complaints
    ]  # fmt: skip
    return Section("objections", _("Objections"), (), (Table("objections", _("Objections"), columns, rows),))


def others(case: Case) -> Section:
    """What is claimed of who answers for the debt beside the debtor: guarantees, insurance, transfers."""
    columns = (
        Column("claim", _("no."), COUNT), Column("role", _("role")), Column("against", _("against")),
        Column("amount", _("amount"), AMOUNT), Column("paid", _("paid"), AMOUNT),
        Column("made_on", _("made on"), DATE), Column("due_on", _("due on"), DATE),
        Column("state", _("state")), Column("contract", _("contract or policy")),
        Column("transferred_on", _("rights passed on"), DATE),
    )  # fmt: skip
    states = claim_states(case.known, case.facts_on)
    rows = [
        (
            s.claim.id, _(CLAIMED_OF.get(s.claim.role, s.claim.role)), s.claim.name,
            Money(s.claim.amount, s.claim.currency), Money(s.paid, s.claim.currency), s.claim.made_on,
            s.claim.due_on, _(STATES[s.state]), case.text(s.claim.contract), s.claim.transferred_on,
        )
        for s in states
    ]  # fmt: skip
    late = [s for s in states if s.state == OVERDUE]
    notes = (_("Overdue: {count}.").format(count=len(late)),) if late else ()
    table = Table("others", _("Guarantees and claims on others"), columns, rows)
    return Section("others", _("Guarantees and claims on others"), (), (table,), notes)
