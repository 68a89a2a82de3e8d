"""Which language the collector reads, from `COLLECTCTL_LANG` or the locale."""

from collections.abc import Mapping
from pathlib import Path

from collectctl.domain import words


def choose(environment: Mapping[str, str]) -> None:
    """Speak the user's language where there is a catalogue of it, else English."""
    wanted = next(
        (
            environment[name]
            for name in ("COLLECTCTL_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
            if environment.get(name)
        ),
        "",
    )
    code = wanted.partition(".")[0]
    folder = Path(__file__).parent.parent / "locale"
    if code in ("", "C", "POSIX") or code.startswith("en") or not (folder / code).is_dir():
        return
    import gettext

    words.speak(gettext.translation("collectctl", folder, [code]).gettext)
