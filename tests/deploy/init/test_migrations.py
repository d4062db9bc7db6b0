from pathlib import Path

import pytest

from deploy.init.migrations import FOLDER, BadMigrations, list_migrations


def folder_of(tmp_path: Path, *names: str) -> Path:
    for name in names:
        (tmp_path / name).touch()
    return tmp_path


def test_files_come_in_order(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "0002_b.sql", "0001_a.sql", "README.md")
    assert [path.name for path in list_migrations(folder)] == ["0001_a.sql", "0002_b.sql"]


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        (["0001_a.sql", "0003_c.sql"], "0003_c.sql stands where number 0002"),
        (["0002_b.sql"], "0002_b.sql stands where number 0001"),
        (["0001_a.sql", "0001_b.sql"], "0001_b.sql stands where number 0002"),
        (["1_a.sql"], "1_a.sql is not named like"),
        (["0001-a.sql"], "0001-a.sql is not named like"),
    ],
)
def test_a_gap_a_double_and_a_wrong_name_are_refused(
    tmp_path: Path, names: list[str], complaint: str
) -> None:
    with pytest.raises(BadMigrations, match=complaint):
        list_migrations(folder_of(tmp_path, *names))


def test_our_own_are_in_order() -> None:
    assert list_migrations(FOLDER)
