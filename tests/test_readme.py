"""The README runs: every `$` line is executed, every command is listed with its own help line."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from collectctl.cli.commands import COMMANDS
from tests.benchmarks import shown

README = Path(__file__).parent.parent / "README.md"
_START, _END = "<!-- commands -->", "<!-- /commands -->"


def command_table() -> str:
    """The table of commands as the README must have it."""
    rows = [f"| `{name}` | {line} |" for name, (_module, line) in COMMANDS.items()]
    return "\n".join([_START, "| command | what it does |", "|---|---|", *rows, _END])


def test_the_readme_lists_every_command():
    """COLLECTCTL_UPDATE=1 writes the table on purpose."""
    text = README.read_text("utf-8")
    updated = re.sub(f"{_START}.*?{_END}", lambda _found: command_table(), text, flags=re.DOTALL)
    if os.environ.get("COLLECTCTL_UPDATE"):
        README.write_text(updated, "utf-8")
    assert updated == text


def test_the_readme_has_the_measured_table_between_its_marks():
    """`python -m tests.benchmarks --readme` writes it; the numbers are those of a machine and a day."""
    parts = re.split(f"{shown.START}|{shown.END}", README.read_text("utf-8"))
    assert len(parts) == 3
    assert parts[1].lstrip().startswith(shown.HEADER)
    assert "Measured on " in parts[1]


def examples() -> list[tuple[str, list[str]]]:
    """Each `$` line of the marked blocks with the lines that must follow."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"<!-- run -->\n```console\n(.*?)```", README.read_text("utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def matches(expected: list[str], printed: list[str]) -> bool:
    """`...` stands for the rest of a line, or for any lines."""
    if not expected:
        return not printed
    if expected[0] == "...":
        return any(matches(expected[1:], printed[at:]) for at in range(len(printed) + 1))
    if not printed:
        return False
    pattern = ".*".join(map(re.escape, expected[0].split("...")))
    return bool(re.fullmatch(pattern, printed[0])) and matches(expected[1:], printed[1:])


@pytest.fixture
def readers_folder(home: Path) -> Path:
    files = re.findall(r"<!-- file: (\S+) -->\n```\w*\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    for name, text in files:
        (home / name).write_text(text, "utf-8")
    program = home / "collectctl"
    program.write_text(f"#!{sys.executable}\nfrom collectctl.cli.main import run\nrun()\n")
    program.chmod(0o700)
    return home


def test_every_example_prints_what_the_readme_says(readers_folder: Path):
    environment = {
        **os.environ,
        "COLLECTCTL_DB": str(readers_folder / "book.db"),
        "PATH": f"{readers_folder}:{os.environ['PATH']}",
    }
    shown = examples()
    assert len(shown) > 12
    for line, expected in shown:
        done = subprocess.run(
            line, shell=True, capture_output=True, text=True, cwd=readers_folder, env=environment, timeout=60
        )
        printed = [*done.stderr.splitlines(), *done.stdout.splitlines()] if done.returncode else (
            done.stdout.splitlines()
        )  # fmt: skip
        assert matches(expected, printed), f"$ {line}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("section", ["## Try it", "## Test it"])
def test_each_section_has_exactly_one_command_line(section: str):
    part = README.read_text("utf-8").partition(f"{section}\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", part, re.DOTALL)
    assert [len(block.splitlines()) for block in blocks] == [1]
