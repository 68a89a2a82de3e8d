"""The questions of an import, one at a time, where somebody is there to answer."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import typer

from collectctl.cli.session import Session, can_ask
from collectctl.domain.errors import BadUsage, CollectError
from collectctl.domain.questions import Question, Unclear
from collectctl.domain.results.importing import ImportResult
from collectctl.domain.words import _
from collectctl.render import importing
from collectctl.render.text import safe
from collectctl.usecases import import_questions
from collectctl.usecases.import_questions import Unconfirmed
from collectctl.usecases.import_request import ImportRequest

Run = Callable[[Sequence[ImportRequest]], list[ImportResult]]


def asking(s: Session, requests: Sequence[ImportRequest], run: Run) -> list[ImportResult]:
    """`run` the requests; on a terminal whatever is unclear is asked, and they are run again with the answer.

    An answer that can't be is said, and the question asked again. Enter at a question without a safe answer
    stops with the error that a pipe gets; nothing is changed then.
    """
    if s.json or not can_ask():
        return run(requests)
    requests = [replace(request, asks=True) for request in requests]
    before: Sequence[ImportRequest] | None = None
    while True:
        try:
            return run(requests)
        except Unclear as unclear:
            before = requests
            requests = [_answered(s, r, unclear) if r.name == unclear.file else r for r in requests]
        except BadUsage as error:
            if before is None:
                raise
            _show([error.message])
            requests, before = before, None


def _answered(s: Session, request: ImportRequest, unclear: Unclear) -> ImportRequest:
    if isinstance(unclear, Unconfirmed):
        return _confirmed(request, unclear)
    asked = import_questions.question(s.book.connection, unclear)
    if not asked.choices and not asked.free:
        raise unclear
    _show(importing.question(asked))
    while True:
        answer = _prompt(_how(asked))
        if not answer and asked.default is None:
            raise unclear
        option, value = _meant(asked, answer)
        if option:
            return import_questions.answered(request, option, value)
        _show([_("{answer}: none of these").format(answer=answer)])


def _meant(asked: Question, answer: str) -> tuple[str, str]:
    """The option and value that an answer stands for, by number or by name; "" where it is neither."""
    if not answer and asked.default:
        return asked.default.option, asked.default.value
    if answer.isascii() and answer.isdecimal() and 0 < int(answer) <= len(asked.choices):
        chosen = asked.choices[int(answer) - 1]
        return chosen.option, chosen.value
    named = [c for c in asked.choices if c.label.casefold() == answer.casefold()]
    return (named[0].option, named[0].value) if named else (asked.free, asked.said_as + answer)


def _how(asked: Question) -> str:
    if asked.default:
        return _("number or name, Enter for {default}").format(default=asked.default.label)
    if asked.free and not asked.choices:
        return _("name, Enter to stop")
    return _("number or name, Enter to stop")


def _confirmed(request: ImportRequest, unclear: Unconfirmed) -> ImportRequest:
    """The mapping shown: Enter takes it, `COLUMN=field` changes one column of it."""
    _show([*unclear.notes, f"{unclear.file}:", *importing.mapping(unclear.columns, unclear.kind)])
    while True:
        answer = _prompt(_("Enter to import, or COLUMN=field to change one"))
        if not answer:
            return replace(request, confirmed=True)
        try:
            return import_questions.answered(request, "--map", answer)
        except CollectError as error:
            _show([error.message])


def _prompt(text: str) -> str:
    answer: str = typer.prompt(text, default="", show_default=False, err=True)
    return answer.strip()


def _show(lines: Sequence[str]) -> None:
    for line in lines:
        sys.stderr.write(safe(line) + "\n")
