"""What a court file rests on: the time that is left, the list of evidence, what was left out, the seal."""

from collections.abc import Iterable, Iterator

from collectctl.domain.casefile.people import Contacts
from collectctl.domain.casefile.records import Case, Item, Section, Table
from collectctl.domain.limitation import limitation, timeline
from collectctl.domain.sheets import COUNT, DATE, Cell, Column
from collectctl.domain.words import _


def time_left(case: Case) -> Section:
    """The facts from which the time of limitation begins anew, and its last day."""
    region = case.person.region
    found = limitation(case.known, case.zone, region)
    title = _("Limitation")
    if found is None:
        return Section("limitation", title, notes=(_("No rule of limitation is known for this account."),))
    items = [
        Item("ends", _("last day"), found.ends),
        Item("rests_on", _("rests on"), found.rests_on.what),
    ]
    if found.later and found.unproven:
        items.append(Item("later", _("last day, if what is unproven can be shown"), found.later))
        items.append(Item("unproven", _("unproven"), found.unproven.what))
    columns = (
        Column("on", _("day"), DATE), Column("what", _("what begins the time anew")),
        Column("proven", _("proven")),
    )  # fmt: skip
    rows = [
        (r.on, r.what, _("yes") if r.proven else _("no")) for r in timeline(case.known, case.zone, region)
    ]
    table = Table("limitation", _("Timeline"), columns, rows)
    return Section("limitation", title, tuple(items), (table,), (found.cite,))


_SHOWS = {
    "parties": _("who owes the debt and who answers for it"),
    "calculation": _("how interest and penalties were worked out"),
    "ledger": _("what was owed at placement, what was charged and paid since"),
    "calls": _("contacts with the debtor, complete and unaltered"),
    "promises": _("acknowledgement of the debt"),
    "plans": _("instalments that were agreed on"),
    "settlements": _("reductions that were agreed on"),
    "demands": _("that payment was demanded, which begins the limitation anew"),
    "objections": _("what was objected to, and how it was answered"),
    "others": _("what others answer for"),
}
_SOURCES = {
    "parties": _("the creditor's file of placement"),
    "calculation": _("worked out from the terms and the ledger"),
    "ledger": _("the creditor's statement, payments and charges as recorded"),
}


def evidence(case: Case, sections: Iterable[Section], found: Contacts) -> Section:
    """The list of evidence: number, what it is, source, what it proves, where it stands, pages."""
    columns = (
        Column("no", _("no."), COUNT), Column("evidence", _("evidence")), Column("source", _("source")),
        Column("proves", _("what it proves")), Column("place", _("where")), Column("pages", _("pages")),
    )  # fmt: skip
    listed = [*_electronic(sections), *_attached(case, found)]
    rows = [(number, *row) for number, row in enumerate(listed, 1)]
    notes = [_("Pages are written in by hand once all is printed and bound.")]
    if case.chinese:
        notes.insert(0, "最高人民法院关于民事诉讼证据的若干规定 19, 93, 94")
    table = Table("evidence", _("Evidence"), columns, rows)
    return Section("evidence", _("List of evidence"), (), (table,), tuple(notes))


def _electronic(sections: Iterable[Section]) -> Iterator[tuple[Cell, ...]]:
    for part, section in enumerate(sections, 1):
        for table in section.tables:
            if table.key in _SHOWS and table.rows:
                place = _("part {part}, rows 1-{count}").format(part=part, count=len(table.rows))
                source = _SOURCES.get(table.key, _("the collector's record, kept as it happened"))
                yield table.name, _(source), _(_SHOWS[table.key]), place, ""


def _attached(case: Case, found: Contacts) -> Iterator[tuple[Cell, ...]]:
    """What the record names but does not hold."""
    attach = _("to be attached")
    yield _("contract and its terms"), case.account.client, _("the debt and its conditions"), attach, ""
    recordings = [e for e in found.shown if e.recording]
    if recordings:
        text = _("recordings of contacts ({count})").format(count=len(recordings))
        yield text, _("the collector's telephone system"), _("what was said"), attach, ""
    letters = [e for e in found.shown if e.activity.outcome == "sent" and e.activity.channel == "letter"]
    if letters:
        text = _("copies and receipts of letters ({count})").format(count=len(letters))
        yield text, _("the collector"), _("that payment was demanded in writing"), attach, ""


def left_out(case: Case, found: Contacts, promises: int) -> tuple[str, ...]:
    """What the file does not hold, each with how much of it there is."""
    said = []
    if found.third:
        said.append(_("contacts with third parties: {count}").format(count=found.third))
    if promises:
        said.append(_("promises of third parties: {count}").format(count=promises))
    if found.notes:
        said.append(_("notes for the desk: {count}").format(count=found.notes))
    if not case.reveal:
        said.append(_("identity and card numbers, which are masked"))
    if case.facts_on < case.today:
        said.append(_("everything after {day}").format(day=case.facts_on))
    return tuple(said)


def seal(case: Case, found: Contacts, said: tuple[str, ...]) -> Section:
    """The state of the book from which the file was made, and how it is compared with it."""
    items = (
        Item("entry", _("last entry of the journal"), case.proof.seal.entry),
        Item("chain", _("its link of the chain"), case.proof.seal.chain),
        Item("facts", _("facts with their hash in the manifest"),
             len(case.proof.facts) + len(found.shown)),
        Item("version", _("made with"), f"collectctl {case.version}"),
        Item("as_of", _("as of"), case.as_of),
    )  # fmt: skip
    text = _(
        "The manifest has the SHA-256 of every file. collectctl case verify compares all of it with the book."
    )
    notes = (text, *(_("Left out: {what}.").format(what=what) for what in said))
    return Section("seal", _("Whole and unaltered"), items, (), notes)
