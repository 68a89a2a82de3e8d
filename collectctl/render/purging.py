"""What a purge takes and what it leaves."""

from typing import Any

from collectctl.domain.results.about import Purge
from collectctl.domain.words import _
from collectctl.render.values import day


def question(planned: Purge) -> str:
    return _(
        "{count} accounts of {client} that were closed before {day} are removed for good, with everything"
        " that was recorded of them and the backups beside the book. Go on?"
    ).format(count=planned.accounts, client=planned.client, day=planned.before)


def lines(done: Purge) -> list[str]:
    found = []
    if done.accounts:
        found.append(
            _("purged: {accounts} accounts and {people} people of {client}, {facts} facts").format(
                accounts=done.accounts, people=done.people, client=done.client, facts=done.facts
            )
        )
        found.append(
            _("{count} older backups were removed, a new one was written; copies elsewhere still hold it all")
            .format(count=done.backups)
        )  # fmt: skip
    else:
        found.append(
            _("nothing to purge: no account of {client} that may go was closed before {day}").format(
                client=done.client, day=done.before
            )
        )
    for kept in done.kept:
        found.append(
            _("kept: {count} accounts, until {day} at the longest: {rule}: {text} [{cite}]").format(
                count=kept.accounts, day=kept.until, rule=kept.rule, text=kept.text, cite=kept.cite
            )
        )
    if done.kept:
        found.append(_("  where the duty to keep is another's: --override REASON"))
    if done.tied:
        found.append(
            _("left: {count} accounts that share an entry with one that stays").format(count=done.tied)
        )
    if done.open:
        found.append(_("left: {count} accounts that are open, or were closed later").format(count=done.open))
    return found


def data(done: Purge) -> dict[str, Any]:
    return {
        "client": done.client,
        "before": day(done.before),
        "accounts": done.accounts,
        "people": done.people,
        "facts": done.facts,
        "kept": [
            {"rule": k.rule, "text": k.text, "cite": k.cite, "accounts": k.accounts, "until": day(k.until)}
            for k in done.kept
        ],
        "tied": done.tied,
        "open": done.open,
        "backups_removed": done.backups,
    }
