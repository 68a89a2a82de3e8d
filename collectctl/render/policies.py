"""Contact policies: the list of them, and the rules of one with their sources."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from collectctl.domain.policy import Policy, Rule
from collectctl.domain.words import _
from collectctl.render.text import safe

if TYPE_CHECKING:
    from rich.console import Console

Listed = tuple[Policy, tuple[str, ...], int | None]
_NO_ADVICE = _("These are facts with their sources, not legal advice.")


def data(policy: Policy, set_for: tuple[str, ...], accounts: int | None) -> dict[str, Any]:
    return {
        "policy": policy.id,
        "version": policy.version,
        "name": policy.name,
        "set_for": list(set_for),
        "accounts": accounts,
        "beside": policy.beside or None,
        "regions": list(policy.regions),
        "effective_from": policy.effective_from or None,
        "effective_until": policy.effective_until or None,
        "rules": len(policy.rules),
    }


def plain(found: Sequence[Listed]) -> Iterator[list[str]]:
    yield ["policy", "version", "accounts", "set_for", "beside", "regions", "rules", "name"]
    for policy, set_for, accounts in found:
        bound, places = "" if accounts is None else str(accounts), " ".join(p or "book" for p in set_for)
        yield [
            policy.id, policy.version, bound, places, policy.beside, " ".join(policy.regions),
            str(len(policy.rules)), policy.name,
        ]  # fmt: skip


def table(found: Sequence[Listed], console: "Console") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for column in (_("policy"), _("accounts"), _("what it is")):
        made.add_column(column, justify="right" if column == _("accounts") else "left", overflow="fold")
    for policy, set_for, accounts in found:
        text = Text(safe(policy.name))
        if policy.beside:
            text.append(_("\nbeside {policy}").format(policy=policy.beside), style="dim")
            text.append(
                _(" for {regions}").format(regions=", ".join(policy.regions)) if policy.regions else ""
            )
        if set_for:
            places = ", ".join(place.partition(":")[2] or _("the book") for place in set_for)
            text.append(_("\nset for {places}").format(places=safe(places)), style="dim")
        made.add_row(Text(policy.label, style="bold"), Text("" if accounts is None else str(accounts)), text)
    console.print(made)
    console.print(Text(_("The rules of one: collectctl policies show cn"), style="dim"))


def rules_data(policy: Policy) -> dict[str, Any]:
    rules = [
        {k: _value(v) for k, v in rule._asdict().items() if v not in ("", (), 0)} for rule in policy.rules
    ]
    kept = {k: v for k, v in policy._asdict().items() if k not in ("rules", "id")}
    return {"policy": policy.id, **{k: _value(v) or None for k, v in kept.items()}, "rules": rules}


def _value(value: Any) -> Any:  # noqa: ANN401
    return list(value) if isinstance(value, tuple) else value


def rules_plain(policy: Policy) -> Iterator[list[str]]:
    yield ["rule", "effect", "kind", "text", "cite", "verify"]
    for rule in policy.rules:
        yield [rule.id, rule.effect, rule.kind, rule.text, rule.cite, "verify" if rule.verify else ""]


def rules_table(policy: Policy, console: "Console") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), title=f"{policy.label}  {safe(policy.name)}"
    )
    for column in (_("rule"), _("effect"), _("what it says")):
        made.add_column(column, overflow="fold")
    for rule in policy.rules:
        text = Text(safe(rule.text))
        text.append(f"\n{safe(rule.cite)}{_source(rule)}", style="dim")
        made.add_row(Text(rule.id, style="bold"), Text(rule.effect), text)
    console.print(made)
    console.print(Text(_(_NO_ADVICE), style="dim"))


def _source(rule: Rule) -> str:
    return _(" · to be verified: it only warns") if rule.verify else ""
