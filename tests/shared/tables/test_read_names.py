"""Names in a file that people have: none is read in part."""

from pathlib import Path

import pytest

from shared.tables.names import NoNames, read_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('Name\n"Skydio, Inc."\nSiemens AG\n', ["Skydio, Inc.", "Siemens AG"]),
        ("id;Name;\n1;Skydio, Inc.;\n2;;\n", ["Skydio, Inc."]),
        ('Name,id\n"The ""Best"" Co.",1,\n', ['The "Best" Co.']),
    ],
)
def test_names_of_a_csv_file(tmp_path: Path, text: str, names: list[str]) -> None:
    file = tmp_path / "suppliers.csv"
    file.write_text(text)
    assert read_names(file) == names


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Name\nSiemens AG\nSkydio, Inc.\n", "row 3 has more columns than the first"),
        ("id,Name\n1,Skydio, Inc.\n", "row 2 has more columns than the first"),
        ('Name\n"Skydio\nSiemens AG\n', "line 3: unexpected end of data"),
    ],
)
def test_a_name_that_would_be_read_in_part_is_refused(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "suppliers.csv"
    file.write_text(text)
    with pytest.raises(NoNames, match=f"suppliers.csv.*{why}.*in quotes"):
        read_names(file)


def test_a_name_a_line_may_have_commas(tmp_path: Path) -> None:
    file = tmp_path / "suppliers.txt"
    file.write_text("Skydio, Inc.\n\nSiemens AG\n")
    assert read_names(file) == ["Skydio, Inc.", "Siemens AG"]
