"""An error as a person reads it: what and why, then what to try; at most four lines."""

from collectctl.domain.words import _
from collectctl.render.text import safe


def lines(message: str, hint: str) -> str:
    said = message.split("\n")[:3]
    text = _("error: {message}").format(message="\n       ".join(safe(line) for line in said))
    if hint:
        text += "\n" + _("try: {hint}").format(hint=safe(hint.replace("\n", " ")))
    return text + "\n"
