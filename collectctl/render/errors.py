"""An error as a person reads it: what and why, then what to try; at most four lines."""

from collectctl.domain.words import _
from collectctl.render.text import safe

_LONGEST = 500  # characters of a line: what was typed may be a page pasted by mistake


def lines(message: str, hint: str) -> str:
    said = message.split("\n")[:3]
    text = _("error: {message}").format(message="\n       ".join(map(_line, said)))
    if hint:
        text += "\n" + _("try: {hint}").format(hint=_line(hint))
    return text + "\n"


def _line(text: str) -> str:
    shown = safe(text)
    half = _LONGEST // 2
    return shown if len(shown) <= _LONGEST else f"{shown[:half]} ... {shown[-half:]}"
