import asyncio
from itertools import chain
from pathlib import Path

import asyncpg
import pytest

from deploy.init.errors import BadFiles, CannotRun, EndsTransaction, InUse, NewerDatabase
from deploy.init.migrate import migrate, replace
from deploy.init.sql_files import (
    FOLDER,
    list_replaceable,
    list_tables,
    name_of,
    needs_of,
    text_of,
)

ONE = "CREATE TABLE one (n integer); INSERT INTO one VALUES (1);"
TWO = "ALTER TABLE one ADD COLUMN m text DEFAULT '商务部: 100%';"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two tables files, and nothing to replace."""
    for name in ("tables", "functions", "views"):
        (tmp_path / name).mkdir()
    (tmp_path / "tables" / "0001_one.sql").write_text(ONE)
    (tmp_path / "tables" / "0002_two.sql").write_text(TWO, encoding="utf-8")
    return tmp_path


async def rows(url: str, sql: str = "TABLE one") -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


VERSION = "SELECT tables FROM mofcom_internal.version"


async def test_each_file_runs_once(empty_database_url: str, folder: Path) -> None:
    assert await migrate(empty_database_url, 5, folder) == ["0001_one.sql", "0002_two.sql"]
    assert await migrate(empty_database_url, 5, folder) == []
    assert await rows(empty_database_url) == [(1, "商务部: 100%")]


async def test_a_file_added_later_runs_alone(empty_database_url: str, folder: Path) -> None:
    await migrate(empty_database_url, 5, folder)
    (folder / "tables" / "0003_three.sql").write_text("INSERT INTO one VALUES (2)")
    assert await migrate(empty_database_url, 5, folder) == ["0003_three.sql"]
    assert await rows(empty_database_url, VERSION) == [("0003",)]


async def test_jobs_at_the_same_time_run_each_file_once(
    empty_database_url: str, folder: Path
) -> None:
    ran = await asyncio.gather(*(migrate(empty_database_url, 5, folder) for _ in range(4)))
    assert sorted(chain(*ran)) == ["0001_one.sql", "0002_two.sql"]


async def test_a_file_that_fails_leaves_nothing_and_those_before_it_stay(
    empty_database_url: str, folder: Path
) -> None:
    (folder / "tables" / "0003_three.sql").write_text("INSERT INTO one VALUES (2); SELECT 1/0;")
    with pytest.raises(CannotRun, match=r"0003_three\.sql: .*division by zero"):
        await migrate(empty_database_url, 5, folder)
    assert await rows(empty_database_url, "SELECT n FROM one") == [(1,)]
    assert await rows(empty_database_url, VERSION) == [("0002",)]


async def test_a_file_that_commits_by_itself_is_refused(
    empty_database_url: str, folder: Path
) -> None:
    (folder / "tables" / "0003_three.sql").write_text("INSERT INTO one VALUES (2); COMMIT;")
    with pytest.raises(EndsTransaction, match=r"0003_three\.sql must not hold COMMIT"):
        await migrate(empty_database_url, 5, folder)


async def test_a_database_newer_than_the_code_is_refused(
    empty_database_url: str, folder: Path
) -> None:
    await migrate(empty_database_url, 5, folder)
    (folder / "tables" / "0002_two.sql").unlink()
    with pytest.raises(NewerDatabase, match=r"tables file 0002\), and this is .*tables file 0001"):
        await migrate(empty_database_url, 5, folder)


async def test_a_missing_file_among_those_that_ran_is_refused(
    empty_database_url: str, folder: Path
) -> None:
    await migrate(empty_database_url, 5, folder)
    (folder / "tables" / "0001_one.sql").unlink()
    with pytest.raises(BadFiles, match=r"0002_two\.sql should have number 0001"):
        await migrate(empty_database_url, 5, folder)


async def test_a_table_in_use_is_waited_for_no_longer_than_the_timeout(
    empty_database_url: str, folder: Path
) -> None:
    await migrate(empty_database_url, 5, folder)
    (folder / "tables" / "0003_three.sql").write_text("ALTER TABLE one ADD COLUMN k text")
    reader = await asyncpg.connect(empty_database_url)
    async with reader.transaction():
        await reader.fetch("TABLE one")
        with pytest.raises(InUse, match=r"0003_three\.sql changes what is in use"):
            await migrate(empty_database_url, 0.05, folder)
    await reader.close()
    assert await migrate(empty_database_url, 0.05, folder) == ["0003_three.sql"]


async def test_a_job_that_is_not_alone_waits_no_longer_than_the_timeout(
    empty_database_url: str, folder: Path
) -> None:
    other = await asyncpg.connect(empty_database_url)
    await other.execute("SELECT pg_advisory_lock(hashtextextended('mofcom migrations', 0))")
    with pytest.raises(InUse, match="another init job"):
        await migrate(empty_database_url, 0.05, folder)
    await other.close()
    assert len(await migrate(empty_database_url, 0.05, folder)) == 2


async def test_our_own_ran_on_the_template(database_url: str) -> None:
    assert await migrate(database_url, 5) == []
    assert await rows(database_url, VERSION) == [(list_tables(FOLDER)[-1].name[:4],)]


# -- functions and views ---------------------------------------------------------------------------

FUNCTION = "CREATE OR REPLACE FUNCTION public.doubled(n int) RETURNS int LANGUAGE sql RETURN 2 * n;"
VIEW = "-- needs: doubled\n\nCREATE OR REPLACE VIEW public.pairs AS SELECT n, {} AS m FROM one;"


@pytest.fixture
def with_view(folder: Path) -> Path:
    (folder / "functions" / "doubled.sql").write_text(FUNCTION)
    (folder / "views" / "pairs.sql").write_text(VIEW.format("public.doubled(n)"))
    return folder


async def test_all_are_replaced_when_one_changes(empty_database_url: str, with_view: Path) -> None:
    assert await migrate(empty_database_url, 5, with_view) == [
        "0001_one.sql",
        "0002_two.sql",
        "doubled.sql",
        "pairs.sql",
    ]
    assert await migrate(empty_database_url, 5, with_view) == []
    (with_view / "functions" / "doubled.sql").write_text(FUNCTION.replace("2 * n", "20 * n"))
    assert await migrate(empty_database_url, 5, with_view) == ["doubled.sql", "pairs.sql"]
    assert await rows(empty_database_url, "SELECT m FROM pairs") == [(20,)]


async def test_none_is_replaced_when_one_cannot_be(
    empty_database_url: str, with_view: Path
) -> None:
    await migrate(empty_database_url, 5, with_view)
    (with_view / "functions" / "doubled.sql").write_text(FUNCTION.replace("2 * n", "20 * n"))
    (with_view / "views" / "pairs.sql").write_text(VIEW.format("nothing"))
    with pytest.raises(CannotRun, match=r"^pairs\.sql: .*column \"nothing\" does not exist"):
        await replace(empty_database_url, 5, with_view)
    assert await rows(empty_database_url, "SELECT m FROM pairs") == [(2,)]


async def test_what_a_tables_file_drops_is_recreated(
    empty_database_url: str, with_view: Path
) -> None:
    await migrate(empty_database_url, 5, with_view)
    drop = "DROP VIEW public.pairs; ALTER TABLE one ALTER COLUMN n TYPE bigint;"
    (with_view / "tables" / "0003_three.sql").write_text(drop)
    (with_view / "functions" / "doubled.sql").write_text(FUNCTION.replace("n int", "n bigint"))
    ran = await migrate(empty_database_url, 5, with_view)
    assert ran == ["0003_three.sql", "doubled.sql", "pairs.sql"]
    assert await rows(empty_database_url, "SELECT pg_typeof(n)::text FROM pairs") == [("bigint",)]


async def test_an_unchanged_file_is_replaced_after_a_tables_file(
    empty_database_url: str, with_view: Path
) -> None:
    await migrate(empty_database_url, 5, with_view)
    (with_view / "tables" / "0003_three.sql").write_text("DROP VIEW public.pairs;")
    assert "pairs.sql" in await migrate(empty_database_url, 5, with_view)
    assert await rows(empty_database_url, "SELECT m FROM pairs") == [(2,)]


async def test_our_own_files_name_all_that_they_need(empty_database_url: str) -> None:
    """Each runs with the tables and what it says that it needs alone."""
    connection = await asyncpg.connect(empty_database_url)
    try:
        for path in list_tables(FOLDER):
            await connection.execute(text_of(path))
        files = {name_of(path): path for path in list_replaceable(FOLDER)}
        for name in files:
            alone = connection.transaction()
            await alone.start()
            for needed in with_needs(files, name):
                await connection.execute(text_of(needed))
            await alone.rollback()
    finally:
        await connection.close()


def with_needs(files: dict[str, Path], name: str) -> list[Path]:
    """The file and all that it needs, in the order in which they run."""
    wanted, new = set[str](), {name}
    while new:
        wanted |= new
        new = set[str]().union(*(needs_of(files[one]) for one in new)) - wanted
    return [path for one, path in files.items() if one in wanted]
