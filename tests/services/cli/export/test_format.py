"""The format that `mofcom export` writes: what was asked for, or what the file's name says."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.cli.export.command import Format, WrongEnding, choose_format
from services.cli.main import app


@pytest.mark.parametrize(
    ("asked", "output", "expected"),
    [
        (None, None, Format.CSV),
        (None, "-", Format.CSV),
        (Format.JSONL, "-", Format.JSONL),
        (Format.XLSX, None, Format.XLSX),
        (None, "x.csv", Format.CSV),
        (None, "x.jsonl", Format.JSONL),
        (None, "x.XLSX", Format.XLSX),
        (None, "a.csv/x.parquet", Format.PARQUET),
        (None, "x.warc.gz", Format.WARC),
        (Format.PARQUET, "x.parquet", Format.PARQUET),
    ],
)
def test_the_format_follows_the_ending(
    asked: Format | None, output: str | None, expected: Format
) -> None:
    assert choose_format(asked, Path(output) if output else None) is expected


@pytest.mark.parametrize(
    ("asked", "output", "problem"),
    [
        (Format.CSV, "x.parquet", r"the ending of parquet, not of csv: .* end in \.csv"),
        (Format.WARC, "x.csv", r"the ending of csv, not of warc: .* end in \.warc\.gz"),
        (None, "x.txt", r"end in \.jsonl, \.csv, \.xlsx, \.parquet, \.ftm\.json, \.warc\.gz"),
        (None, "notices", "does not say its format"),
        (Format.WARC, "x.warc", r"end in \.warc\.gz$"),
    ],
)
def test_another_ending_is_refused(asked: Format | None, output: str, problem: str) -> None:
    with pytest.raises(WrongEnding, match=problem):
        choose_format(asked, Path(output))


def test_the_command_refuses_it_in_one_line() -> None:
    done = CliRunner().invoke(app, ["export", "notices", "--format", "csv", "--output", "x.xlsx"])
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("x.xlsx has the ending of xlsx")
