from pathlib import Path

import pytest

from deploy.init.errors import BadFiles
from deploy.init.sql_files import FOLDER, digest, list_replaceable, list_tables


def tables(tmp_path: Path, *names: str) -> Path:
    (tmp_path / "tables").mkdir()
    for name in names:
        (tmp_path / "tables" / name).touch()
    return tmp_path


def replaceable(tmp_path: Path, **needs: str) -> Path:
    """Files of views that need what is given; `functions_NAME` is one of functions."""
    for folder in ("functions", "views"):
        (tmp_path / folder).mkdir()
    for name, needed in needs.items():
        folder = "functions" if name.startswith("functions_") else "views"
        first = f"-- needs: {needed}\n" if needed else ""
        path = tmp_path / folder / f"{name.removeprefix('functions_')}.sql"
        path.write_text(f"{first}SELECT 1;\n")
    return tmp_path


def test_tables_come_in_order(tmp_path: Path) -> None:
    folder = tables(tmp_path, "0002_b.sql", "0001_a.sql", "README.md")
    assert [path.name for path in list_tables(folder)] == ["0001_a.sql", "0002_b.sql"]


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        (["0001_a.sql", "0003_c.sql"], "0003_c.sql should have number 0002"),
        (["0002_b.sql"], "0002_b.sql should have number 0001"),
        (["0001_a.sql", "0001_b.sql"], "0001_b.sql should have number 0002"),
        (["1_a.sql"], "1_a.sql is not named like"),
        (["0001-a.sql"], "0001-a.sql is not named like"),
    ],
)
def test_a_gap_a_double_and_a_wrong_name_are_refused(
    tmp_path: Path, names: list[str], complaint: str
) -> None:
    with pytest.raises(BadFiles, match=complaint):
        list_tables(tables(tmp_path, *names))


def test_each_file_comes_after_those_it_needs(tmp_path: Path) -> None:
    folder = replaceable(tmp_path, a="b, z", b="functions_of", z="", functions_functions_of="z")
    names = [path.stem for path in list_replaceable(folder)]
    assert sorted(names) == ["a", "b", "functions_of", "z"]
    assert names.index("z") < names.index("functions_of") < names.index("b") < names.index("a")


@pytest.mark.parametrize(
    ("needs", "complaint"),
    [
        ({"a": "b, nothing"}, "a.sql needs b, nothing, which does not exist"),
        ({"a": "b", "b": "c", "c": "a"}, "cycle: . needs . needs . needs ."),
        ({"a": "", "functions_a": ""}, "have the same name"),
    ],
)
def test_what_makes_no_order_is_refused(
    tmp_path: Path, needs: dict[str, str], complaint: str
) -> None:
    with pytest.raises(BadFiles, match=complaint):
        list_replaceable(replaceable(tmp_path, **needs))


def test_the_digest_is_of_names_and_texts(tmp_path: Path) -> None:
    folder = replaceable(tmp_path, a="", b="")
    one = digest(list_replaceable(folder))
    assert digest(list_replaceable(folder)) == one
    (folder / "views" / "b.sql").write_text("SELECT 2;\n")
    other = digest(list_replaceable(folder))
    (folder / "views" / "b.sql").rename(folder / "functions" / "b.sql")
    assert len({one, other, digest(list_replaceable(folder))}) == 3


def test_a_view_is_found_by_its_name() -> None:
    for path in (FOLDER / "views").glob("*.sql"):
        assert f".{path.stem} AS\n" in path.read_text(), path


def test_our_own_tables_files_are_numbered() -> None:
    assert len(list_tables(FOLDER)) == len(list((FOLDER / "tables").iterdir()))
