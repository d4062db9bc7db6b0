"""A file that cannot run is reported in one line: what is in the way, and what to do."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from deploy.init.errors import CannotRun
from deploy.init.migrate import migrate

TABLE = "CREATE TABLE one (number integer, title text, issued_on date);"
VIEW = "CREATE OR REPLACE VIEW public.shown AS SELECT {} FROM one;"
COUNT = """
    CREATE OR REPLACE FUNCTION public.counted(of int) RETURNS int LANGUAGE sql RETURN of;
"""


@pytest.fixture
async def folder(tmp_path: Path, empty_database_url: str) -> Path:
    """A table, a view of three columns and another of ours upon it, all in the database."""
    for name, text in (
        ("tables/0001_one.sql", TABLE),
        ("functions/counted.sql", COUNT),
        ("views/shown.sql", VIEW.format("number, title, issued_on")),
        (
            "views/titles.sql",
            "-- needs: shown\nCREATE OR REPLACE VIEW public.titles AS SELECT title FROM public.shown;",
        ),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    await migrate(empty_database_url, 5, tmp_path)
    return tmp_path


@pytest.fixture
async def database(empty_database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(empty_database_url)
    yield connection
    await connection.close()


async def complaint(url: str, folder: Path) -> str:
    with pytest.raises(CannotRun) as caught:
        await migrate(url, 5, folder)
    message = str(caught.value)
    assert "\n" not in message
    return message


async def columns(database: asyncpg.Connection, view: str = "shown") -> list[str]:
    return [
        row["attname"]
        for row in await database.fetch(
            "SELECT attname FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 "
            "ORDER BY attnum",
            view,
        )
    ]


@pytest.mark.parametrize(
    ("now", "problem"),
    [
        ("number, title", "shown.sql: column issued_on of public.shown would go: keep it, or DROP"),
        ("title, issued_on", "shown.sql: column number of public.shown would go: keep it, or DROP"),
        (
            "number::text, title, issued_on",
            "shown.sql: column number of public.shown would be text instead of integer: keep it",
        ),
        (
            "number, issued_on AS day, title, issued_on",
            "shown.sql: column day of public.shown stands where title stood: put it last, or DROP",
        ),
    ],
)
async def test_a_removed_or_changed_column_is_named(
    empty_database_url: str,
    folder: Path,
    database: asyncpg.Connection,
    now: str,
    problem: str,
) -> None:
    (folder / "views" / "shown.sql").write_text(VIEW.format(now))
    assert (await complaint(empty_database_url, folder)).startswith(problem)
    # Nothing has changed, the attempt to find out included.
    assert await columns(database) == ["number", "title", "issued_on"]
    assert await columns(database, "titles") == ["title"]


async def test_a_view_of_somebody_else_s_that_reads_the_column_is_named(
    empty_database_url: str, folder: Path, database: asyncpg.Connection
) -> None:
    await database.execute(
        "CREATE SCHEMA alice; CREATE VIEW alice.mine AS SELECT title FROM public.shown;"
        "CREATE VIEW alice.through AS SELECT upper(title) FROM public.titles;"
        "CREATE VIEW alice.other AS SELECT number FROM public.shown"
    )
    (folder / "views" / "shown.sql").write_text(VIEW.format("number, issued_on"))
    assert (await complaint(empty_database_url, folder)).startswith(
        "shown.sql: column title of public.shown (read by alice.mine and alice.through) would go: "
    )
    assert await columns(database, "alice.mine") == ["title"]


async def test_a_view_of_somebody_else_s_does_not_stop_other_changes(
    empty_database_url: str, folder: Path, database: asyncpg.Connection
) -> None:
    await database.execute("CREATE SCHEMA alice; CREATE VIEW alice.mine AS TABLE public.shown")
    (folder / "views" / "shown.sql").write_text(VIEW.format("number, title, issued_on, 1 AS more"))
    await migrate(empty_database_url, 5, folder)
    assert await columns(database) == ["number", "title", "issued_on", "more"]


async def test_a_tables_file_that_drops_what_others_depend_on_names_them(
    empty_database_url: str, folder: Path, database: asyncpg.Connection
) -> None:
    await database.execute("CREATE SCHEMA alice; CREATE VIEW alice.mine AS TABLE public.shown")
    (folder / "tables" / "0002_two.sql").write_text("DROP VIEW public.titles, public.shown;")
    message = await complaint(empty_database_url, folder)
    assert message.startswith("0002_two.sql: cannot drop")
    assert "view alice.mine depends on view shown. " in message
    (folder / "tables" / "0002_two.sql").write_text("ALTER TABLE one DROP COLUMN title;")
    assert "depends on column title of table one" in await complaint(empty_database_url, folder)
    (folder / "tables" / "0002_two.sql").write_text(
        "ALTER TABLE one ALTER COLUMN title TYPE varchar;"
    )
    assert 'depends on column "title"' in await complaint(empty_database_url, folder)


async def test_a_function_that_gives_something_else_says_how(
    empty_database_url: str, folder: Path
) -> None:
    (folder / "functions" / "counted.sql").write_text(COUNT.replace("int L", "bigint L"))
    message = await complaint(empty_database_url, folder)
    assert message.startswith(
        "counted.sql: cannot change return type of existing function. Use DROP"
    )
    assert "new file of tables/" in message
