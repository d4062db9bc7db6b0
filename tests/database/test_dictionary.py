"""The data dictionary describes the database as it is, and no column is removed silently."""

import os
import re
from itertools import groupby
from pathlib import Path

import asyncpg

from docs.schema import FILE, dictionary

ROOT = Path(__file__).parents[2]
# Every column that any view ever had, VIEW.COLUMN a line, in the order of the view. A new one is written
# here by the test; one that is removed stays here, and is named in the changelog.
COLUMNS = Path(__file__).parent / "columns.txt"


async def test_the_dictionary_is_up_to_date(connection: asyncpg.Connection) -> None:
    generated = await dictionary(connection)
    if os.environ.get("WRITE_SCHEMA"):
        FILE.write_text(generated)
    assert FILE.read_text() == generated, "run this test with WRITE_SCHEMA=1"


# Columns that hold whole texts, and those of which every value is named.
TEXTS = {"body_text", "text_en", "translated_content"}
NAMED = {
    "action", "by_page_kind", "direction", "handled", "hs_role", "kind", "match", "measure",
    "page_kind", "relation", "remedy_stage", "stage", "source", "state", "status", "translation_state",
}  # fmt: skip


async def test_everything_says_what_it_means_with_an_example(
    connection: asyncpg.Connection,
) -> None:
    silent = await connection.fetch(
        """
        SELECT c.relname, a.attname
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relkind = 'v' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0
            AND (coalesce(col_description(c.oid, a.attnum), '') = ''
                OR coalesce(obj_description(c.oid), '') = '')
        """
    )
    assert silent == []
    without_example = await connection.fetch(
        """
        SELECT c.relname || '.' || a.attname
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relkind = 'v' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0
            AND a.atttypid <> 'boolean'::regtype
            AND a.attname <> ALL ($1)
            AND col_description(c.oid, a.attnum) !~ 'e\\.g\\.|[Ss]ee the view'
        """,
        sorted(TEXTS | NAMED),
    )
    assert without_example == []
    functions = await connection.fetch(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
        "AND obj_description(oid) IS NULL"
    )
    assert functions == []


async def test_columns_are_those_of_columns_txt_in_their_order_and_a_removed_one_is_in_the_changelog(
    connection: asyncpg.Connection,
) -> None:
    rows = await connection.fetch(
        """
        SELECT c.relnamespace::regnamespace::text AS schema, c.relname AS view, a.attname AS column
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relkind = 'v' AND c.relnamespace IN ('public'::regnamespace, 'ingest'::regnamespace)
            AND a.attnum > 0
        ORDER BY c.relnamespace, c.relname, a.attnum
        """
    )
    there = [
        ".".join(
            (*([] if row["schema"] == "public" else [row["schema"]]), row["view"], row["column"])
        )
        for row in rows
    ]
    ever = COLUMNS.read_text().split()
    mentioned = set(re.findall(r"`(\w+\.\w+)`", (ROOT / "CHANGELOG.md").read_text()))
    assert set(ever) - set(there) - mentioned == set(), "gone, and not in CHANGELOG.md"
    # A database that has the view can only be given new columns behind those that it has.
    for view, columns in groupby(ever, _view):
        known = [column for column in columns if column in there]
        now = [column for column in there if _view(column) == view]
        assert now[: len(known)] == known, f"{view}: a new column is the last of its view"
    gone = [column for column in ever if column not in there]
    if os.environ.get("WRITE_SCHEMA"):
        COLUMNS.write_text("".join(f"{name}\n" for name in sorted([*there, *gone], key=_view)))
        return
    assert set(there) - set(ever) == set(), "new: set WRITE_SCHEMA=1 to write them into columns.txt"


def _view(column: str) -> str:
    return column.rpartition(".")[0]
