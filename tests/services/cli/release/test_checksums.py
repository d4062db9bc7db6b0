"""SHA256SUMS: written as coreutils reads it, and what differs from it."""

from pathlib import Path

import pytest

from services.cli.release.checksums import read_sums, sums, write_sums
from services.cli.release.verify import differing_files, differing_leaves


def test_sums_are_those_of_sha256sum(tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "a.csv").write_bytes(b"abc")
    write_sums(tmp_path)
    # FIPS 180-2, appendix B.1.
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (tmp_path / "SHA256SUMS").read_text() == f"{known}  csv/a.csv\n"
    assert read_sums(tmp_path) == sums(tmp_path) == {"csv/a.csv": known}


def test_a_line_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_text("abc  x\n")
    with pytest.raises(ValueError, match="a line that is no checksum: abc  x"):
        read_sums(tmp_path)


def test_what_differs_is_named() -> None:
    assert differing_files({"a": "1", "b": "1"}, {"b": "2", "c": "1"}) == [
        "a is missing",
        "b was changed",
        "c is not in SHA256SUMS",
    ]
    assert differing_leaves({"a": "1", "b": "1", "d": "1"}, {"b": "2", "c": "1", "d": "1"}) == [
        "the capture with SHA-256 a is missing",
        "the rows that rest on the capture with SHA-256 b are others",
        "the capture with SHA-256 c is not in merkle.csv",
    ]
