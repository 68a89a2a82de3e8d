"""Which holds stand on a day. Days of a hold are the collector's."""

from datetime import date, timedelta

from collectctl.domain.facts import AccountFile, Hold, PersonFile
from collectctl.domain.promises import claimed_promises, states_of

# holds that are about the person: they keep us from every debt of theirs
HOLDS_OF_PERSON = ("deceased", "bankrupt", "incapable")


def standing_holds(account: AccountFile, today: date) -> tuple[Hold, ...]:
    """The holds in force on `today`; the last day of one is still inside."""
    if not account.holds:
        return ()
    held = (_while_kept(h, account, today) if h.kind == "plan" else h for h in account.holds)
    return tuple(h for h in held if h.from_on <= today and (h.until is None or h.until >= today))


def _while_kept(hold: Hold, account: AccountFile, today: date) -> Hold:
    """A plan's hold ends on the day on which a part of it counts as broken, and when all of it is kept.

    A part that is said to be paid waits for the client's word.
    """
    states = states_of(account, today)
    plans = {p.id for p in account.plans if p.made_on == hold.from_on and p.settlement is None}
    if plans:
        parts = [s for s in states if s.promise.plan in plans]
    else:  # a plan that nobody entered part by part
        parts = [s for s in states if s.promise.made_on >= hold.from_on]
    claimed = claimed_promises(states, account.payments)
    broken = [s.broken_on for s in parts if s.broken_on and s.promise.id not in claimed]
    if broken:
        return hold._replace(until=min(broken) - timedelta(days=1))
    done = [s.kept_on for s in parts if s.kept_on]
    return hold._replace(until=max(done)) if plans and done and len(done) == len(parts) else hold


def effective_holds(account: AccountFile, today: date) -> tuple[Hold, ...]:
    """Every hold with the day on which it ended; those that were over before they began are left out."""
    held = (_while_kept(h, account, today) if h.kind == "plan" else h for h in account.holds)
    return tuple(h for h in held if h.until is None or h.until >= h.from_on)


def with_holds_of_person(person: PersonFile) -> tuple[AccountFile, ...]:
    """The accounts, each with the holds that are about the person and not about one debt."""
    shared = [h for a in person.accounts for h in a.holds if h.kind in HOLDS_OF_PERSON]
    if not shared:
        return person.accounts
    return tuple(
        a._replace(holds=(*a.holds, *(h for h in shared if h.account != a.id))) for a in person.accounts
    )
