"""`mofcom eval titles`: each title with its English, and the share of whole ones."""

from pathlib import Path

import pytest
import typer

from services.cli.evaluate_titles import titles


def test_each_title_and_the_share(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "titles.tsv"
    file.write_text("关于废止部分规章的决定\n\n关于某某的决定\t2020-01-02\n", "utf-8")
    titles(file)
    assert capsys.readouterr().out.splitlines() == [
        "关于废止部分规章的决定\tDecision on Repealing Certain Rules",
        "关于某某的决定\t-",
        "1 of 2 whole (50 %)",
    ]


@pytest.mark.parametrize("text", ["", "某某\t2020-13-02\n"])
def test_a_file_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    file = tmp_path / "titles.tsv"
    file.write_text(text, "utf-8")
    with pytest.raises((typer.Exit, SystemExit)):
        titles(file)
