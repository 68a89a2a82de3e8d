"""python -m tests.fuzz.guided CORPUS: texts only, led by coverage; by hand, after `pip install atheris`."""

import sys

import atheris

with atheris.instrument_imports(include=["collectctl.intake"]):
    from collectctl.intake import workbooks
    from tests.fuzz.target import read

workbooks.survives = lambda _read, _size: True


def one(data: bytes) -> None:
    if not data.startswith((b"PK", b"\xd0\xcf")):  # native code would end the process, not raise
        read(data)


atheris.Setup(sys.argv, one)
atheris.Fuzz()
