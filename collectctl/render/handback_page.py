"""What a supervisor is told of a period, laid out as a page."""

from collections.abc import Mapping
from datetime import datetime

from collectctl.domain.results.handback import Handback
from collectctl.domain.results.page import Measure, Page, Section, Table
from collectctl.domain.sheets import Money
from collectctl.domain.words import _
from collectctl.render import report_page
from collectctl.render.text import safe

_CLOSED = {
    "recalled": _("recalled"), "paid": _("paid"), "settled": _("settled"), "returned": _("returned"),
    "uncollectable": _("uncollectable"),
}  # fmt: skip
_HELD = {
    "cease": _("cease"), "attorney": _("attorney"), "dispute": _("dispute"), "complaint": _("complaint"),
    "deceased": _("deceased"), "incapable": _("incapable"), "bankrupt": _("bankrupt"), "plan": _("plan"),
    "breathing-space": _("breathing space"), "mandate-ended": _("mandate ended"), "other": _("other"),
}  # fmt: skip


def page(result: Handback, now: datetime, language: str) -> Page:
    """Accounts, plans and care first, then contacts, money and compliance as the report has them."""
    told = report_page.page(result.report, now, language)
    contacts, _promises, money = told.sections[:3]
    return Page(
        language=language,
        at=told.at,
        title=_("Supervisor's summary"),
        period=told.period,
        days=told.days,
        facts=told.facts,
        sections=(_accounts(result), _care(result), contacts, money),
        summary=told.summary,
        notes=(),
    )


def _accounts(result: Handback) -> Section:
    summed = result.summary
    of = _("of {open} open accounts").format(open=summed.open)
    leave = [
        (safe(one.number), safe(one.name), one.ends_on, Money(one.balance, one.currency),
         Money(one.at_risk, one.currency), safe("; ".join(one.undone)))
        for one in result.leaving
    ]  # fmt: skip
    went = [
        (safe(one.number), safe(one.name), one.closed_on, _(_CLOSED.get(one.closed_as, one.closed_as)),
         Money(one.balance, one.currency))
        for one in result.gone
    ]  # fmt: skip
    account, name, balance = _("account"), _("name"), _("balance")
    return Section(
        _("Accounts"),
        measures=(
            Measure(_("open"), (summed.open,), _("today")),
            Measure(_("placed"), (summed.placed,), _("in the period")),
            Measure(_("closed"), (sum(summed.closed.values()),), _in_words(summed.closed, _CLOSED)),
            Measure(_("never called"), (summed.untouched,), of),
            Measure(_("on hold"), (sum(summed.holds.values()),), _in_words(summed.holds, _HELD)),
        ),
        tables=(
            Table(_("Leave soon"), (account, name, _("ends"), balance, _("at risk"), _("undone")), leave,
                  prose=True),
            Table(_("Went"), (account, name, _("on"), _("as"), balance), went, prose=True),
        ),
    )  # fmt: skip


def _care(result: Handback) -> Section:
    summed, kept = result.summary, result.report.register
    period = _("in the period")
    return Section(
        _("Plans, hardship, complaints"),
        measures=(
            Measure(_("plans made"), (summed.plans_made,), period),
            Measure(_("plans running"), (summed.plans_running,), _("today")),
            Measure(_("settlements agreed"), (summed.settlements,), period),
            Measure(_("told of hardship"), (summed.hardship,), period),
            Measure(_("complaints and disputes received"), (kept.received,), period),
            Measure(_("complaints and disputes closed"), (kept.closed,),
                    _("{late} of them late").format(late=kept.late)),
            Measure(_("complaints and disputes open"), (kept.open,),
                    _("{count} of them overdue").format(count=kept.overdue)),
        ),
    )  # fmt: skip


def _in_words(counts: Mapping[str, int], words: Mapping[str, str]) -> str:
    return ", ".join(f"{_(words.get(key, key))} {count}" for key, count in counts.items())
