"""A file is there whole, private and wanted, or things are as they were."""

import io
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from collectctl.domain.errors import CollectError
from collectctl.outlet.replacing import CantWrite, TargetExists, TargetNoFile, as_text, vacant, writing
from tests.conftest import Cli

MEBIBYTE = 1024 * 1024


def put(target: Path, content: bytes = b"new", **options: bool) -> None:
    with writing(target, **options) as file:
        file.write(content)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_file_is_whole_and_for_its_owner_alone(tmp_path: Path):
    put(tmp_path / "a.csv", b"x" * 3 * MEBIBYTE)
    assert (tmp_path / "a.csv").stat().st_size == 3 * MEBIBYTE
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o600
    assert names(tmp_path) == ["a.csv"]


def test_until_it_is_finished_nothing_has_its_name(tmp_path: Path):
    with writing(tmp_path / "Ann Lee.csv") as file:
        file.write(b"half")
        (part,) = names(tmp_path)
        assert "Ann" not in part
        assert stat.S_IMODE((tmp_path / part).stat().st_mode) == 0o600


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path):
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    target.chmod(0o644)
    with pytest.raises(TargetExists) as refused:
        put(target)
    assert (refused.value.exit_code, refused.value.hint) == (2, "--force")
    assert target.read_bytes() == b"old"
    put(target, force=True)
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("links", [True, False], ids=["links", "a file system without links"])
def test_a_file_that_comes_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool):
    def none(*_paths: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", none)
    target = tmp_path / "a.csv"
    with pytest.raises(TargetExists), writing(target):
        target.write_bytes(b"another's")
    assert target.read_bytes() == b"another's"
    assert names(tmp_path) == ["a.csv"]
    put(tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_bytes() == b"new"
    assert names(tmp_path) == ["a.csv", "b.csv"]


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path: Path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(TargetExists):
        put(tmp_path / "a.csv")
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("force", [False, True])
def test_an_error_on_the_way_leaves_things_as_they_were(tmp_path: Path, force: bool):
    target = tmp_path / "a.csv"
    if force:
        target.write_bytes(b"old")
    before = names(tmp_path)
    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error), writing(target, force=force) as file:
            raise error if file.write(b"half") else AssertionError
    assert names(tmp_path) == before
    assert not force or target.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("target", "error", "code"),
    [
        ("folder", TargetNoFile, 2),
        ("away/a.csv", CantWrite, 5),
        ("file/a.csv", CantWrite, 5),
        ("x" * 300, CantWrite, 5),
        ("/dev/null", TargetNoFile, 2),
        ("/proc/a.csv", CantWrite, 5),
    ],
)
@pytest.mark.parametrize("force", [False, True])
def test_what_can_not_be_written_is_said(
    tmp_path: Path, target: str, error: type[CollectError], code: int, force: bool
):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(error) as refused:
        put(tmp_path / target, force=force)
    assert refused.value.exit_code == code
    assert refused.value.hint
    assert names(tmp_path) == ["file", "folder"]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 1 MiB, where the system lets us have one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_leaves_the_old_file(small: Path):
    put(small / "a.csv", b"old")
    with pytest.raises(CantWrite, match="full"):
        put(small / "a.csv", b"x" * 2 * MEBIBYTE, force=True)
    assert (small / "a.csv").read_bytes() == b"old"
    assert names(small) == ["a.csv"]


@pytest.fixture
def short_files() -> Iterator[None]:
    """No file may grow past 1 MiB: the next best thing to a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MEBIBYTE, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("short_files")
def test_a_file_that_may_not_grow_leaves_the_old_file(tmp_path: Path):
    put(tmp_path / "a.csv", b"old")
    with (
        pytest.raises(CantWrite, match="full"),
        writing(tmp_path / "a.csv", force=True) as file,
        as_text(file) as text,
    ):
        text.write("x" * 2 * MEBIBYTE)
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv"]


def test_a_target_is_refused_before_the_work_is_done(tmp_path: Path):
    (tmp_path / "a.csv").touch()
    with pytest.raises(TargetExists):
        vacant(tmp_path / "a.csv")
    vacant(tmp_path / "a.csv", force=True)
    vacant(tmp_path / "b.csv")
    with pytest.raises(TargetNoFile):
        vacant(tmp_path, force=True)


@pytest.mark.parametrize(("bom", "begins"), [(False, b""), (True, b"\xef\xbb\xbf")])
def test_text_is_utf_8_with_its_own_line_ends(tmp_path: Path, bom: bool, begins: bytes):
    with writing(tmp_path / "a.csv") as file, as_text(file, bom=bom) as text:
        text.write("王小明\n\r\n\U0001f600")
    assert (tmp_path / "a.csv").read_bytes() == begins + "王小明\n\r\n\U0001f600".encode()


def test_a_stream_is_written_to_and_stays_open():
    stream = io.BytesIO()
    with writing(stream) as file, as_text(file) as text:
        text.write("a")
    assert stream.getvalue() == b"a"


def test_the_reader_of_a_pipe_may_leave():
    code = (
        "import sys; from collectctl.outlet.replacing import *\n"
        "with writing(sys.stdout.buffer) as f, as_text(f) as t:\n"
        "    for n in range(200_000): t.write('0123456789\\n')\n"
    )
    piped = subprocess.run(
        f"{sys.executable} -c \"$CODE\" | head -n 1",
        shell=True, env={**os.environ, "CODE": code}, capture_output=True, check=True,
    )  # fmt: skip
    assert piped.stdout == b"0123456789\n"
    assert b"BrokenPipeError" in piped.stderr  # for the command line, which ends quietly on it
    assert b"CantWrite" not in piped.stderr


def test_a_book_is_never_replaced_by_what_is_written_from_it(cli: Cli, home: Path):
    (home / "a.csv").write_text("account,name,client,balance,currency\nA1,Ann,Acme,5,CNY\n", "utf-8")
    cli("import", str(home / "a.csv"))
    other = home / "other.db"
    cli("today", db=other)
    cli("import", str(home / "a.csv"), db=other)
    for args in (("export", "accounts", str(other)), ("report", "--xlsx", str(other))):
        refused = cli(*args, "--force")
        assert (refused.code, "never replaced" in refused.err) == (2, True)
    assert "A1" in cli("list", db=other).out
