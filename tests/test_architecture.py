"""The walls: who imports whom, where the clock is read, where output is written."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from collectctl.cli.commands import COMMANDS

PACKAGE = Path(__file__).parent.parent / "collectctl"
MODULES = sorted(PACKAGE.rglob("*.py"))

ARROWS = {
    "domain": {"domain"},
    "store": {"domain", "store"},
    "intake": {"domain", "intake"},
    "outlet": {"domain", "outlet"},
    "render": {"domain", "render"},
    "usecases": {"domain", "store", "intake", "outlet", "usecases"},
    "cli": {"domain", "usecases", "render", "cli"},
}


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0] if path.parent != PACKAGE else ""


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def imports(path: Path) -> list[str]:
    found = [n.module for n in nodes(path) if isinstance(n, ast.ImportFrom) and n.module]
    return found + [name.name for n in nodes(path) if isinstance(n, ast.Import) for name in n.names]


@pytest.mark.parametrize("part", ARROWS)
def test_arrows_point_inwards(part: str):
    outward = [
        (path.name, name)
        for path in MODULES
        if layer(path) == part
        for name in imports(path)
        if name.startswith("collectctl.") and name.split(".")[1] not in ARROWS[part]
    ]
    assert outward == []


def test_every_module_is_in_a_layer():
    assert {layer(path) for path in MODULES} <= {"", *ARROWS}


def test_the_domain_needs_nothing_but_the_standard_library_and_dateutil():
    import sys

    foreign = {name.partition(".")[0] for p in MODULES if layer(p) == "domain" for name in imports(p)} - set(
        sys.stdlib_module_names
    )
    assert foreign <= {"collectctl", "dateutil"}


@cache
def calls(path: Path) -> frozenset[str]:
    return frozenset(ast.unparse(node.func) for node in nodes(path) if isinstance(node, ast.Call))


CLOCKS = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time", "time.localtime"}


def test_the_clock_is_read_in_one_place():
    readers = {
        str(path.relative_to(PACKAGE))
        for path in MODULES
        for name in calls(path)
        if name in CLOCKS or name.removeprefix("datetime.") in CLOCKS
    }
    assert readers == {"cli/session.py"}


def test_only_the_command_line_and_the_renderers_write_to_a_screen():
    writing = [
        path.name
        for path in MODULES
        if layer(path) not in ("cli", "render")
        and ("print" in calls(path) or re.search(r"sys\.std(out|err)", path.read_text("utf-8")))
    ]
    assert writing == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_line_of_the_table_is_the_commands_own(name: str):
    from importlib import import_module

    command = import_module(f"collectctl.cli.{COMMANDS[name][0]}").COMMANDS[name]()
    assert command.help.strip().splitlines()[0] == COMMANDS[name][1]
    for sub in getattr(command, "commands", {}).values():
        assert sub.help


def test_files_and_functions_know_their_names():
    """A file past 400 lines or a function past 40 is a missing idea; a long list of options is none."""
    for path in MODULES:
        assert len(path.read_text("utf-8").splitlines()) <= 400, path
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef):
                first = node.body[0].lineno
                assert (node.end_lineno or 0) - first < 40, f"{path}:{node.name}"


def test_every_sentence_for_a_person_is_one_constant():
    """`_()` finds a sentence in the catalogue only if it is written out, not put together."""
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "_" and layer(path) != "":
                assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), f"{path}:{node.lineno}"
