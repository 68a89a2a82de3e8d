"""A report laid out once: its sections, for a terminal, a page and a workbook."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from datetime import datetime, time, timedelta

from collectctl.domain.money import with_code
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.results.page import Bar, Chart, Measure, Page, Section, Table
from collectctl.domain.results.report import Breach, Counts, Group, ReportResult
from collectctl.domain.sheets import Money
from collectctl.domain.words import _
from collectctl.render import report_words as words
from collectctl.render.text import safe

Named = Callable[[str], str]
_OFFSET = -len("+08:00")
_GAPS = {
    "no-text": _("a talk without text"),
    "no-amount": _("a promise without an amount"),
    "unknown-party": _("nobody wrote down who answered"),
}


def meaning(code: str) -> str:
    """An outcome in words, in Chinese by its name."""
    return _(BY_CODE[code].meaning)


def page(result: ReportResult, now: datetime, language: str, *, gaps: bool = False) -> Page:
    """The report as it stood at `now`; what entries leave out is on it where that was asked for."""
    left_out = (Section(_("What entries leave out"), tables=(gap_table(result),)),) if gaps else ()
    found = (*sections(result), *left_out)
    return Page(
        language=language,
        at=now,
        title=_("Collection report"),
        period=words.days(result),
        days=((_("first day"), result.first), (_("last day"), result.last)),
        facts=(
            (_("as of"), now),
            (_("time zone"), f"UTC{now.isoformat()[_OFFSET:]}"),
            (_("accounts"), safe(" · ".join(result.narrowed)) or _("all")),
        ),
        sections=(*found, Section(_("How this is counted"), notes=_notes())),
        summary=_summary(found),
        notes=_notes(),
    )


def _summary(sections: Iterable[Section]) -> Table:
    """Every measure on a line, money on a line for each currency."""
    rows = [
        (section.title, measure.name, value, value.currency if isinstance(value, Money) else "", measure.of)
        for section in sections
        for measure in section.measures
        for value in measure.values or (0,)
    ]
    headings = (_("section"), _("measure"), _("value"), _("currency"), _("of what"))
    return Table(_("Summary"), headings, rows)


def sections(result: ReportResult, named: Named = meaning) -> tuple[Section, ...]:
    """All that a report says, in its order; `named` says what an outcome is called."""
    return (
        _contacts(result), _promises(result), _money(result), _ahead(result), _average(result),
        *_groups(result, named),
    )  # fmt: skip


# --- what was done and what came of it ----------------------------------------------------------------------


def _contacts(result: ReportResult) -> Section:
    counts = result.counts
    attempts = _of_attempts(counts)
    outside = _("{inbound} of them from outside").format(inbound=result.inbound) if result.inbound else ""
    return Section(
        _("Work and contacts"),
        (words.work(result), words.reached(result), words.talk(result)),
        (
            Measure(_("attempts"), (counts.attempts,), _("dials, messages and visits of ours")),
            Measure(
                _("accounts worked"),
                (result.accounts_worked,),
                _("of {open} open accounts").format(open=result.open_accounts),
            ),
            Measure(_("contacts"), (counts.contacts,), "; ".join(filter(None, (attempts, outside)))),
            Measure(
                _("RPC"),
                (counts.rpc,),
                _("of {attempts} attempts, of {contacts} contacts").format(
                    attempts=counts.attempts, contacts=counts.contacts
                ),
            ),
            Measure(
                _("talk time"),
                (timedelta(seconds=result.talk_seconds),),
                _("in {contacts} contacts").format(contacts=counts.contacts),
            ),
        ),
    )


def _of_attempts(counts: Counts) -> str:
    return _("of {attempts} attempts").format(attempts=counts.attempts)


def _promises(result: ReportResult) -> Section:
    due = result.fallen_due
    count = due.kept + due.partly + due.broken
    fallen = _("of {count} fallen due").format(count=count)
    made = _("of {rpc} RPC").format(rpc=result.counts.rpc)
    in_all = _("in {count} promises").format(count=result.counts.promises)
    return Section(
        _("Promises"),
        (words.promises(result), words.due(result)),
        (
            Measure(_("promises"), (result.counts.promises,), made),
            Measure(_("promised"), _sums(result.promised), in_all),
            Measure(_("kept"), (due.kept,), fallen),
            Measure(_("partly kept"), (due.partly,), fallen),
            Measure(_("broken"), (due.broken,), fallen),
            Measure(_("came"), _sums(due.kept_amount), fallen),
            Measure(_("did not come"), _sums(due.broken_amount), fallen),
        ),
        charts=(_fallen_due(result),) if count else (),
    )


def _fallen_due(result: ReportResult) -> Chart:
    due = result.fallen_due
    counted = (
        Bar(_("kept"), due.kept, str(due.kept), "good"),
        Bar(_("partly kept"), due.partly, str(due.partly), "part"),
        Bar(_("broken"), due.broken, str(due.broken), "bad"),
    )
    currencies = sorted({*due.kept_amount, *due.broken_amount})
    amounts = (
        (
            c,
            (
                _amount(_("came"), due.kept_amount, c, "good"),
                _amount(_("did not come"), due.broken_amount, c, "bad"),
            ),
        )
        for c in currencies
    )
    return _chart("parts", _("Promises fallen due"), ((_("by number"), counted), *amounts))


def _money(result: ReportResult) -> Section:
    counts = result.counts
    entries = _("in {attempts} attempts and {contacts} contacts").format(
        attempts=counts.attempts, contacts=counts.contacts
    )
    claimed, confirmed = result.claimed, result.confirmed
    return Section(
        _("Money and compliance"),
        (words.money(result), words.compliance(result)),
        (
            Measure(
                _("confirmed"),
                _sums(confirmed.amount),
                _("{count} payments that the client confirmed").format(count=confirmed.count),
            ),
            Measure(
                _("complaints"),
                (result.complaints,),
                _("in {contacts} contacts").format(contacts=counts.contacts),
            ),
            Measure(_("breaches"), (len(result.breaches),), entries),
            Measure(_("overrides"), (len(result.overrides),), entries),
            Measure(
                _("claimed"),
                _sums(claimed.amount),
                _("{count} claims, no money until confirmed").format(count=claimed.count),
            ),
            *_recovered(result),
        ),
        charts=(_received(result),) if claimed.count or confirmed.count else (),
        tables=(_rules(_("Breaches"), result.breaches), _rules(_("Overrides"), result.overrides, why=True)),
    )


def _recovered(result: ReportResult) -> Iterator[Measure]:
    found = result.recovered
    if found.reversed.count:
        back = _("{count} payments that went back").format(count=found.reversed.count)
        yield Measure(_("reversed"), _sums(found.reversed.amount), back)
    if found.settled.count:
        accounts = _("on {count} settled accounts").format(count=found.settled.count)
        yield Measure(_("settled"), _sums(found.settled.amount), accounts)
        yield Measure(_("let off"), _sums(found.reduction), accounts)
    if found.cured or found.rolled_back:
        paid = _("of the accounts with confirmed payments")
        yield Measure(_("cured"), (found.cured,), paid)
        yield Measure(_("rolled back"), (found.rolled_back,), paid)
    if found.commission:
        yield Measure(_("commission"), _sums(found.commission), _("of what was confirmed"))


def _received(result: ReportResult) -> Chart:
    claimed, confirmed = result.claimed.amount, result.confirmed.amount
    return _chart(
        "bars",
        _("Money confirmed and claimed, each currency on a scale of its own"),
        tuple(
            (c, (_amount(_("confirmed"), confirmed, c, "good"), _amount(_("claimed"), claimed, c, "part")))
            for c in sorted({*claimed, *confirmed})
        ),
    )


def _rules(name: str, breaches: Sequence[Breach], *, why: bool = False) -> Table:
    """The contacts that went against a rule, each with the rule and its source."""
    headings = (_("when"), _("account"), _("rule"), _("what it says"), _("source"))
    rows = [(b.at, safe(b.account), safe(b.rule), safe(b.text), safe(b.cite)) for b in breaches]
    if not why:
        return Table(name, headings, rows, prose=True)
    reasoned = [(*row, safe(b.override)) for row, b in zip(rows, breaches, strict=True)]
    return Table(name, (*headings, _("reason given")), reasoned, prose=True)


# --- what comes, and what to compare with -------------------------------------------------------------------


def _ahead(result: ReportResult) -> Section:
    tomorrow = result.tomorrow
    accounts = _("accounts")
    return Section(
        _("What comes"),
        (words.ahead(result),),
        (
            Measure(_("due and not worked"), (result.not_worked,), _("of the people due today")),
            Measure(_("promises due tomorrow"), (tomorrow.promises_due,), accounts),
            Measure(_("call-backs tomorrow"), (tomorrow.callbacks,), accounts),
            Measure(_("follow-ups tomorrow"), (tomorrow.follow_ups,), accounts),
        ),
    )


def _average(result: ReportResult) -> Section:
    title, average = _("Compared with the days before"), result.average
    sentence = words.average(result)
    if not average.days:
        return Section(title, (sentence,), notes=(sentence,))
    counts = result.counts
    rows = (
        (_("attempts"), counts.attempts, average.attempts),
        (_("accounts worked"), result.accounts_worked, average.accounts_worked),
        (_("contacts"), counts.contacts, average.contacts),
        (_("RPC"), counts.rpc, average.rpc),
        (_("promises"), counts.promises, average.promises),
    )
    a_day = _("a day of the {days} worked before").format(days=average.days)
    table = Table(_("Average"), (_("measure"), _("this period"), a_day), rows)
    return Section(title, (sentence,), tables=(table,))


# --- by what --------------------------------------------------------------------------------------------


def _groups(result: ReportResult, named: Named) -> Iterator[Section]:
    def table(name: str, heading: str, groups: Sequence[Group], label: Callable[..., str | time]) -> Table:
        headings = (heading, _("attempts"), _("contacts"), _("RPC"), _("promises"))
        rows = [(label(group.key), *astuple(group.counts)) for group in groups]
        return Table(name, headings, rows, tuple(_share(group, result) for group in groups))

    hours = table(_("Hours"), _("hour"), result.by_hour, time)
    yield Section(
        _("By outcome"),
        tables=(table(_("Outcomes"), _("outcome"), result.by_outcome, lambda code: safe(named(code))),),
    )
    yield Section(_("By hour"), charts=(_by_hour(result),) if result.by_hour else (), tables=(hours,))
    yield Section(_("By bucket"), tables=(table(_("Buckets"), _("bucket"), result.by_bucket, safe),))
    yield Section(_("By client"), tables=(table(_("Clients"), _("client"), result.by_client, safe),))
    yield Section(_("By batch"), tables=(table(_("Batches"), _("batch"), result.by_batch, safe),))


def _share(group: Group, result: ReportResult) -> str:
    return _("{some} of {attempts} attempts").format(
        some=group.counts.attempts, attempts=result.counts.attempts
    )


def _by_hour(result: ReportResult) -> Chart:
    found = {int(group.key): group.counts for group in result.by_hour}
    return _chart("columns", _("Attempts, contacts and RPC by hour"), tuple(
        (f"{hour:02}", _columns(found.get(hour, Counts(0, 0, 0, 0))))
        for hour in range(min(found), max(found) + 1)
    ))  # fmt: skip


def _columns(counts: Counts) -> tuple[Bar, ...]:
    return (
        Bar(_("attempts"), counts.attempts, str(counts.attempts), "first"),
        Bar(_("contacts"), counts.contacts, str(counts.contacts), "second"),
        Bar(_("RPC"), counts.rpc, str(counts.rpc), "third"),
    )


# --- the parts ------------------------------------------------------------------------------------------


def gap_table(result: ReportResult, named: Named = meaning) -> Table:
    """What entries leave out, each with the command that fills it in."""
    headings = (_("when"), _("account"), _("outcome"), _("what is missing"), _("try"))
    rows = [
        (
            gap.at,
            safe(gap.account),
            named(gap.outcome),
            _(_GAPS[gap.kind]),
            f"collectctl amend {gap.activity}",
        )
        for gap in result.gaps
    ]
    return Table(_("Gaps"), headings, rows, prose=True)


def _sums(totals: Mapping[str, int]) -> tuple[Money, ...]:
    return tuple(Money(minor, currency) for currency, minor in totals.items())


def _amount(name: str, totals: Mapping[str, int], currency: str, tone: str) -> Bar:
    minor = totals.get(currency, 0)
    return Bar(name, minor, with_code(minor, currency), tone)


def _chart(kind: str, title: str, groups: tuple[tuple[str, tuple[Bar, ...]], ...]) -> Chart:
    """A chart that says in words all that it draws."""
    text = "; ".join(
        f"{label}: " + ", ".join(f"{bar.name} {bar.text}" for bar in bars) for label, bars in groups
    )
    return Chart(kind, title, text, groups)


def _notes() -> tuple[str, ...]:
    return (
        _("An attempt is one dial, message or visit of ours; a call about several accounts counts once."),
        _("A contact is one that a human answered, or that came from outside; a machine is none."),
        _("RPC (right-party contact): the debtor answered, or who is liable with them."),
        _("A call about two clients counts once for each: rows may come to more than the whole."),
        _("A promise is kept on the day its money is complete, and broken once its days of grace are over."),
        _("Claimed is what somebody says was paid; confirmed is what the client confirmed."),
        _("Amounts of different currencies are never added."),
    )
