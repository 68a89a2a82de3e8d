"""`report --html` and `--xlsx`: where they go, what is said of it, and what can't be."""

import io
import json
import os
import resource
import stat
from pathlib import Path

import pytest

from collectctl.domain.results.page import Page
from collectctl.outlet.replacing import CantWrite
from collectctl.usecases.report_files import save
from tests.conftest import Cli

EVENING = "2026-11-23T23:00+08:00"


@pytest.fixture
def report(cli: Cli, busy: Path):
    def run(*args: str):
        return cli("report", *args, now=EVENING, db=busy)

    return run


def test_page_and_workbook_are_written_at_once_and_privately(report, tmp_path: Path):
    page, workbook = tmp_path / "r.html", tmp_path / "r.xlsx"
    ran = report("--html", str(page), "--xlsx", str(workbook))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"report of 2026-11-23 Mon written to {page}, {workbook}\n"
    assert page.read_bytes().startswith(b"<!doctype html>")
    assert workbook.read_bytes().startswith(b"PK")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (page, workbook)} == {0o600}


def test_json_names_the_files_beside_the_numbers(report, tmp_path: Path):
    page = tmp_path / "r.html"
    data = report("--html", str(page), "--json").data
    assert data["files"] == [str(page)]
    assert data["attempts"] == json.loads(report("--json").out)["data"]["attempts"] > 0


def test_brief_is_printed_besides(report, tmp_path: Path):
    alone = report("--brief").out
    page = tmp_path / "r.html"
    assert report("--brief", "--html", str(page)).out == (
        f"{alone}report of 2026-11-23 Mon written to {page}\n"
    )


def test_standard_output_gets_the_page_alone(process: Cli, busy: Path):
    ran = process("report", "--html", "-", "--db", str(busy), COLLECTCTL_NOW=EVENING)
    assert ran.code == 0
    assert ran.out.startswith("<!doctype html>")
    assert ran.out.rstrip().endswith("</html>")
    assert ran.err == "report of 2026-11-23 Mon written to standard output\n"


@pytest.mark.parametrize("option", ["--html", "--xlsx"])
def test_a_file_that_is_there_is_kept_unless_forced(report, tmp_path: Path, option: str):
    target = tmp_path / "r"
    target.write_text("mine")
    refused = report(option, str(target))
    assert (refused.code, refused.out) == (2, "")
    assert "exists already" in refused.err
    assert "--force" in refused.err
    assert target.read_text() == "mine"
    assert report(option, str(target), "--force").code == 0
    assert target.read_bytes() != b"mine"


def test_nothing_is_written_where_one_of_two_can_not_be(report, tmp_path: Path):
    (tmp_path / "r.xlsx").write_text("mine")
    assert report("--html", str(tmp_path / "r.html"), "--xlsx", str(tmp_path / "r.xlsx")).code == 2
    assert [path.name for path in tmp_path.glob("r.*")] == ["r.xlsx"]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("--html", "away/r.html"), 5, "there is no such folder"),
        (("--xlsx", "away/r.xlsx"), 5, "there is no such folder"),
        (("--html", "."), 2, "is a folder"),
        (("--xlsx", "."), 2, "is a folder"),
        (("--html", ".", "--force"), 2, "is a folder"),
        (("--html", "-", "--xlsx", "-"), 2, "can't go to the same place"),
        (("--html", "r", "--xlsx", "./r"), 2, "can't go to the same place"),
        (("--html", "-", "--json"), 2, "can't go to the same place"),
        (("--html", "r.html", "--lang", "fr"), 2, "--lang 'fr' is none of en, zh"),
        (("--lang", "zh"), 2, "--lang and --force are about --html and --xlsx"),
        (("--force",), 2, "--lang and --force are about --html and --xlsx"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_can_not_be_written(report, tmp_path: Path, monkeypatch, args, code: int, said: str):
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    ran = report(*args)
    assert ran.code == code
    assert said in (ran.document["error"]["message"] if "--json" in args else ran.err)
    assert "--json" in args or ran.err.startswith("error: ")
    assert len(ran.err.splitlines()) <= 4
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("kind", ["html", "xlsx"])
def test_a_full_disk_leaves_the_old_file(busy_page: Page, tmp_path: Path, kind: str):
    """No file may grow past 2 KiB: what a full disk does to a write; the book could not be read so."""
    target = tmp_path / "r"
    target.write_text("mine")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_048, before[1]))
    try:
        with pytest.raises(CantWrite, match="the disk is full") as failed:
            save(busy_page, **{"html": None, "xlsx": None, kind: target}, force=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert failed.value.exit_code == 5
    assert target.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_a_full_standard_output_is_said(process: Cli, busy: Path):
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    import subprocess
    import sys

    code = "from collectctl.cli.main import run; run()"
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", code, "report", "--html", "-", "--db", str(busy)],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
            env={**os.environ, "COLLECTCTL_NOW": EVENING},
        )  # fmt: skip
    assert done.returncode == 5
    assert done.stderr.startswith("error: ")


def test_a_workbook_never_goes_to_a_screen(report, monkeypatch: pytest.MonkeyPatch):
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    from collectctl.cli import reportfiles

    monkeypatch.setattr("sys.stdout", Screen())
    with pytest.raises(reportfiles.NotOnAScreen):
        reportfiles.wanted("", "-", "", force=False, as_json=False)
