"""The statements that write the tables follow from their rows."""

from typing import Literal, NamedTuple, cast

import asyncpg
import pytest
from pydantic import BaseModel

from services.indexer.notice_columns import NOTICE_COLUMNS, columns_of
from services.indexer.tables import ReadingRow, Row
from services.indexer.upserts import UPSERTS, Upsert, upsert


class SoldRow(NamedTuple):
    shop: str
    offset: int
    price: int
    note: str
    opened: int


# A row of no table of ours.
SOLD = cast("type[Row]", SoldRow)


def lines(written: Upsert) -> list[str]:
    return written.sql.split("\n")


def test_the_greatest_row_of_a_key_is_kept() -> None:
    written = upsert(
        SOLD,
        "sold",
        key=2,
        greatest=("{price}", "coalesce({note}, '') COLLATE \"C\""),
        fixed=("opened",),
        stamps={"sold_at": "now()"},
    )
    assert lines(written) == [
        'INSERT INTO ingest.sold AS old ("shop", "offset", "price", "note", "opened", "sold_at")',
        "VALUES ($1, $2, $3, $4, $5, now())",
        'ON CONFLICT ("shop", "offset") DO UPDATE SET',
        '"price" = excluded."price", "note" = excluded."note", "sold_at" = now()',
        (
            'WHERE (excluded."price", coalesce(excluded."note", \'\') COLLATE "C") > '
            '(old."price", coalesce(old."note", \'\') COLLATE "C")'
        ),
    ]


def test_the_least_row_of_a_key_is_kept_and_others_are_not_sent() -> None:
    written = upsert(
        SOLD,
        "sold",
        least=("{price}",),
        fixed=("offset", "note", "opened"),
        check_first=True,
        feeds_notices=True,
    )
    assert lines(written)[1:] == [
        (
            "SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT FROM ingest.sold AS old "
            'WHERE "shop" = $1 AND (old."price") <= ($3))'
        ),
        'ON CONFLICT ("shop") DO UPDATE SET',
        '"price" = excluded."price"',
        'WHERE (excluded."price") < (old."price")',
        "RETURNING capture_id",
    ]


def test_what_one_column_can_hold_is_a_column() -> None:
    class Read(BaseModel):
        parser_version: int
        column: str | None
        kind: Literal["a", "b"] | None
        names: tuple[str, ...] = ()
        share: float
        numbers: tuple[int, ...] = ()
        meta: dict[str, str] = {}
        nested: "Read | None" = None

    found = {name: name for name in ("kind", "names", "share")}
    assert columns_of(Read) == found | {"column": "column_name"}


def test_a_notice_has_columns_and_the_rest_is_json() -> None:
    assert NOTICE_COLUMNS["index_number"] == "index_number"
    assert {"tables", "citations", "meta", "evidence"}.isdisjoint(NOTICE_COLUMNS)
    assert set(NOTICE_COLUMNS.values()) < set(ReadingRow._fields)


@pytest.mark.parametrize("written", UPSERTS, ids=lambda written: written.row.__name__)
async def test_the_tables_have_the_columns(database_url: str, written: Upsert) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        statement = await connection.prepare(written.sql)
        assert len(statement.get_parameters()) == len(written.row._fields)
    finally:
        await connection.close()
