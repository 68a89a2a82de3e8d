"""A template and its facts into a text: sandboxed, every name checked before anything is rendered."""

import re
import traceback
from difflib import get_close_matches
from typing import TYPE_CHECKING

from collectctl.domain.messages import FIELDS, BadTemplate, Facts, NothingKnown, Template, allowed_names
from collectctl.domain.wording import forbidden
from collectctl.domain.words import _

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

_WRONG = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError, MemoryError)
_UNDEFINED = re.compile(r"'(\w+)' is undefined")


def rendered(template: Template, facts: Facts) -> str:
    """The text, without empty lines at its ends and never two in a row.

    Raises `BadTemplate` (4) for a mistake in it, a name that there is not, and forbidden wording,
    `NothingKnown` (1) for a fact that the account has not.
    """
    from jinja2 import TemplateError

    environment = _environment()
    _check_names(template, *_parsed(environment, template))
    try:
        text = environment.from_string(template.source).render(facts.known())
    except (TemplateError, *_WRONG) as error:
        line = _line_of(error)
        name = _UNDEFINED.fullmatch(str(error))
        if name and name[1] in FIELDS:
            raise NothingKnown(template, line, name[1]) from None
        raise _bad(template, line, _without_facts(str(error), facts) or type(error).__name__) from None
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+(?=\n|$)", "", text)).strip("\n")
    _check_wording(template, text)
    return text


def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    environment.globals.clear()  # `Facts` are all that there is
    return environment


def _parsed(environment: "SandboxedEnvironment", template: Template) -> tuple["nodes.Template", set[str]]:
    """The template as a tree, and the names that it is given."""
    from jinja2 import TemplateSyntaxError, meta

    try:
        tree = environment.parse(template.source)
        return tree, meta.find_undeclared_variables(tree)
    except TemplateSyntaxError as error:
        raise _bad(template, error.lineno, error.message or "") from None
    except RecursionError:
        raise _bad(template, 0, _("it is nested too deeply")) from None


def _check_names(template: Template, tree: "nodes.Template", given: set[str]) -> None:
    """Refuse a name that there is not, or that what anybody may read may not have, wherever it stands."""
    from jinja2 import nodes

    allowed = allowed_names(template)
    unknown = given - set(allowed)
    for node in tree.find_all(nodes.Name):
        if node.name not in unknown or node.ctx != "load":
            continue
        if node.name in FIELDS:
            why = _("{name} can't stand in a template with audience {audience}: it may have {names}")
            why = why.format(name=node.name, audience=template.audience, names=", ".join(allowed))
        else:
            near = ", ".join(get_close_matches(node.name, allowed, 3, 0.4))
            why = _("there is no name {name!r}").format(name=node.name)
            why += _("; nearest: {near}").format(near=near) if near else ""
        raise _bad(template, node.lineno, why, "collectctl message names")


def _check_wording(template: Template, text: str) -> None:
    for found in forbidden(template.source):
        why = _("{words!r} is {kind}: that is forbidden [{cite}]").format(
            words=found.words, kind=_(found.kind), cite=found.cite
        )
        raise _bad(template, found.line, why)
    for found in forbidden(text):  # what is put together has no line, and may have a debtor's name in it
        why = _("the finished text has {kind}: that is forbidden [{cite}]")
        raise _bad(template, 0, why.format(kind=_(found.kind), cite=found.cite))


def _without_facts(said: str, facts: Facts) -> str:
    """What went wrong, "" where it names what is known of a debtor."""
    values = [v for v in facts.known().values() if isinstance(v, str) and v]
    return "" if any(value in said for value in values) else said


def _bad(template: Template, line: int, why: str, hint: str = "") -> BadTemplate:
    return BadTemplate(template.file, template.folder, line, " ".join(why.split())[:300], hint)


def _line_of(error: BaseException) -> int:
    """The line of the template on which it went wrong, 0 where that is not known."""
    if isinstance(line := getattr(error, "lineno", None), int):
        return line
    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno or 0 for f in reversed(frames) if f.filename == "<template>"), 0)
