import asyncio
from pathlib import Path

import asyncpg
import pytest

from deploy.init.migrate import EndsTransaction, NewerDatabase, migrate
from deploy.init.migrations import FOLDER, BadMigrations

ONE = "CREATE TABLE one (n integer); INSERT INTO one VALUES (1);"
TWO = "ALTER TABLE one ADD COLUMN m text DEFAULT '商务部: 100%';"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0001_one.sql").write_text(ONE)
    (tmp_path / "0002_two.sql").write_text(TWO, encoding="utf-8")
    return tmp_path


async def rows(url: str, sql: str = "TABLE one") -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


VERSION = "TABLE mofcom_internal.migration"


async def test_each_file_runs_once(empty_database_url: str, folder: Path) -> None:
    assert await migrate(empty_database_url, 5, folder) == ["0001_one.sql", "0002_two.sql"]
    assert await migrate(empty_database_url, 5, folder) == []
    assert await rows(empty_database_url) == [(1, "商务部: 100%")]


async def test_a_file_added_later_runs_alone(empty_database_url: str, folder: Path) -> None:
    await migrate(empty_database_url, 5, folder)
    (folder / "0003_three.sql").write_text("INSERT INTO one VALUES (2)")
    assert await migrate(empty_database_url, 5, folder) == ["0003_three.sql"]
    assert await rows(empty_database_url, VERSION) == [("0003",)]


async def test_jobs_at_the_same_time_run_each_file_once(
    empty_database_url: str, folder: Path
) -> None:
    ran = await asyncio.gather(*(migrate(empty_database_url, 5, folder) for _ in range(4)))
    assert sorted(ran) == [[], [], [], ["0001_one.sql", "0002_two.sql"]]


async def test_a_file_that_fails_leaves_nothing_and_those_before_it_stay(
    empty_database_url: str, folder: Path
) -> None:
    (folder / "0003_three.sql").write_text("INSERT INTO one VALUES (2); SELECT 1/0;")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(empty_database_url, 5, folder)
    assert await rows(empty_database_url, "SELECT n FROM one") == [(1,)]
    assert await rows(empty_database_url, VERSION) == [("0002",)]


async def test_a_file_that_commits_by_itself_is_refused(
    empty_database_url: str, folder: Path
) -> None:
    (folder / "0003_three.sql").write_text("INSERT INTO one VALUES (2); COMMIT;")
    with pytest.raises(EndsTransaction, match=r"0003_three\.sql must not hold COMMIT"):
        await migrate(empty_database_url, 5, folder)


async def test_a_database_newer_than_the_code_is_refused(
    empty_database_url: str, folder: Path
) -> None:
    await migrate(empty_database_url, 5, folder)
    (folder / "0002_two.sql").unlink()
    with pytest.raises(NewerDatabase, match="has had migration 0002, and the newest here is 0001"):
        await migrate(empty_database_url, 5, folder)


async def test_a_missing_file_among_those_that_ran_is_refused(
    empty_database_url: str, folder: Path
) -> None:
    await migrate(empty_database_url, 5, folder)
    (folder / "0001_one.sql").unlink()
    with pytest.raises(BadMigrations, match=r"0002_two\.sql stands where number 0001"):
        await migrate(empty_database_url, 5, folder)


async def test_a_table_in_use_is_waited_for_no_longer_than_told(
    empty_database_url: str, folder: Path
) -> None:
    await migrate(empty_database_url, 5, folder)
    (folder / "0003_three.sql").write_text("ALTER TABLE one ADD COLUMN k text")
    reader = await asyncpg.connect(empty_database_url)
    async with reader.transaction():
        await reader.fetch("TABLE one")
        with pytest.raises(asyncpg.LockNotAvailableError):
            await migrate(empty_database_url, 0.05, folder)
    await reader.close()
    assert await migrate(empty_database_url, 0.05, folder) == ["0003_three.sql"]


async def test_our_own_ran_on_the_template(database_url: str) -> None:
    assert await migrate(database_url, 5) == []
    newest = max(path.name[:4] for path in FOLDER.glob("*.sql"))
    assert await rows(database_url, VERSION) == [(newest,)]
