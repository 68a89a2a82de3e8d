"""Which language the collector reads, from `COLLECTCTL_LANG` or the locale."""

from collections.abc import Callable, Mapping
from pathlib import Path

from collectctl.domain import words

CHOICES = {"en": "", "zh": "zh_CN"}  # as `--lang` takes them, and the catalogue of each
_LOCALE = Path(__file__).parent.parent / "locale"


def choose(environment: Mapping[str, str]) -> None:
    """Speak the user's language where there is a catalogue of all sentences in it, else English."""
    words.speak(catalogue(wanted(environment), "collectctl"))


def wanted(environment: Mapping[str, str]) -> str:
    """The user's language as catalogues are named (`zh_CN`); empty for English."""
    names = ("COLLECTCTL_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    named = next((environment[name] for name in names if environment.get(name)), "")
    code = named.partition(".")[0].partition("@")[0].replace("-", "_")
    if code in ("C", "POSIX") or code.startswith("en") or not code.replace("_", "").isalnum():
        return ""  # no language, or a name that would lead to another folder
    return "zh_CN" if code in ("zh", "zh_SG") or code.startswith("zh_Hans") else code


def chosen(typed: str, environment: Mapping[str, str]) -> str:
    """The language of a file as catalogues are named: that of `--lang`, else the user's."""
    return CHOICES[typed] if typed else wanted(environment)


def catalogue(code: str, domain: str) -> Callable[[str], str] | None:
    """The sentences of `domain` in that language; None where there is no catalogue of them."""
    if not code or not (_LOCALE / code / "LC_MESSAGES" / f"{domain}.mo").is_file():
        return None
    import gettext

    return gettext.translation(domain, _LOCALE, [code]).gettext
