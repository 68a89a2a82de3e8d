"""Templates of messages as files: the package's, and the user's own in `templates` of the config folder.

A file is NAME.LANG.j2, or NAME.j2 for one in whatever language. One of the user's replaces a shipped one of
the same name and language. Its first lines are `key: value`, down to a line `---`; then comes the text.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from collectctl.domain.errors import NotFound
from collectctl.domain.messages import AUDIENCES, CHANNELS, LANGUAGES, BadTemplate, Template
from collectctl.domain.policy import PURPOSES
from collectctl.domain.words import _
from collectctl.store.policies import user_folder

SHIPPED = Path(__file__).parent.parent / "templates"
_NAME = re.compile(rf"([a-z0-9][a-z0-9-]*)(?:\.({'|'.join(LANGUAGES)}))?\.j2")
_KEYS = ("title", "channels", "audience", "purpose")
_NEEDED = _KEYS[:3]


class NoSuchTemplate(NotFound):
    def __init__(self, name: str, known: Sequence[str]) -> None:
        near = get_close_matches(name, known, 3, 0.3) or known[:3]
        super().__init__(
            _("no template is called {name!r}; nearest: {near}").format(name=name, near=", ".join(near)),
            "collectctl message list",
        )


class NotInLanguage(NotFound):
    def __init__(self, name: str, language: str) -> None:
        super().__init__(
            _("there is no template {name} in the language {language}").format(name=name, language=language),
            "collectctl message list",
        )


class _File:
    """A template file by its name; nothing is opened yet."""

    def __init__(self, path: Path, name: str, language: str, own: bool) -> None:
        self.path, self.name, self.language, self.own = path, name, language, own


def templates() -> list[Template]:
    """Every template that is in use, by name and language. Raises `BadTemplate` (4)."""
    files = _files()
    own = {(f.name, f.language) for f in files if f.own}
    shown = [f for f in files if f.own or not {(f.name, f.language), (f.name, "")} & own]
    return [_read(file) for file in sorted(shown, key=lambda f: (f.name, f.language))]


def template(name: str, language: str, *, only: bool = False) -> Template:
    """The template of that name in `language`, or else (not `only`) in the one that there is.

    Raises `NoSuchTemplate`, `NotInLanguage` (3), `BadTemplate` (4).
    """
    files = _files()
    named = [file for file in files if file.name == name]
    if not named:
        raise NoSuchTemplate(name, sorted({file.name for file in files}))
    fits = [file for file in named if file.language in (language, "")]
    if not fits and only:
        raise NotInLanguage(name, language)
    return _read(min(fits or named, key=lambda file: (not file.own, file.language == "")))


def _files() -> list[_File]:
    own = user_folder("templates")
    return [*_within(SHIPPED, own=False), *(_within(own, own=True) if own else ())]


def _within(folder: Path, *, own: bool) -> Iterator[_File]:
    try:
        paths = [path for path in sorted(folder.iterdir()) if path.suffix == ".j2" and path.name[0] != "."]
    except FileNotFoundError:
        return
    except OSError as error:
        raise BadTemplate(folder.name, str(folder), 0, _why(error)) from None
    for path in paths:
        parts = _NAME.fullmatch(path.name)
        if parts is None:
            why = _("a template is called NAME.en.j2, NAME.zh.j2 or NAME.j2, in small letters")
            raise BadTemplate(_shown(path.name), _shown(str(folder)), 0, why)
        yield _File(path, parts[1], parts[2] or "", own)


def _shown(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def _why(error: OSError) -> str:
    return _("it can't be read ({why})").format(why=error.strerror)


def _read(file: _File) -> Template:
    name, folder = file.path.name, str(file.path.parent)
    try:
        raw = file.path.read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadTemplate(name, folder, line, _("the text is not UTF-8")) from None
    except OSError as error:
        raise BadTemplate(name, folder, 0, _why(error)) from None
    lines = text.replace("\r\n", "\n").split("\n")
    if "---" not in lines:
        why = _("it begins with title:, channels: and audience:, then a line ---")
        raise BadTemplate(name, folder, 1, why)
    end = lines.index("---")
    said = _said(name, folder, lines[:end])
    # empty lines stand for those that were read, so that a line has the number that it has in the file
    source = "\n" * (end + 1) + "\n".join(lines[end + 1 :])
    channels = tuple(word.strip() for word in said["channels"].split(","))
    return Template(
        file.name, name, folder, file.language, file.own, said["title"], channels, said["audience"],
        said["purpose"], source,
    )  # fmt: skip


def _said(name: str, folder: str, lines: Sequence[str]) -> dict[str, str]:
    """What the first lines say, each checked."""
    said = dict.fromkeys(_KEYS, "")
    for number, line in enumerate(lines, 1):
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if not colon or key not in _KEYS:
            why = _("a line here is KEY: VALUE, KEY one of {keys}").format(keys=", ".join(_KEYS))
            raise BadTemplate(name, folder, number, why)
        known = {"channels": CHANNELS, "audience": AUDIENCES, "purpose": ("", *PURPOSES)}.get(key)
        for word in (w.strip() for w in value.split(",")) if known else ():
            if word not in (known or ()):
                why = _("{key} {word!r} is none of {known}")
                why = why.format(key=key, word=word, known=", ".join(filter(None, known or ())))
                raise BadTemplate(name, folder, number, why)
        said[key] = value
    for key in _NEEDED:
        if not said[key]:
            raise BadTemplate(name, folder, len(lines) + 1, _("{key}: is missing above").format(key=key))
    return said
