"""`mofcom retranslate`: which translations are chosen, and what the tables hold of them."""

import json
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
import pytest
from typer import Typer
from typer.testing import CliRunner

from services.cli.retranslate import requests as command
from services.cli.retranslate.command import retranslate
from services.cli.retranslate.requests import Wanted, chosen
from services.translator.glossary import glossary
from services.translator.version import RULES_VERSION
from shared.translation import TranslatedField, Translation, TranslationFlag, TranslationSource

AT = datetime(2026, 1, 2, tzinfo=UTC)
RUN = Typer()
RUN.command()(retranslate)


def row(
    name: str,
    engine: str = "firefox",
    version: str = "2.0",
    flag: str = "",
    rules: int = RULES_VERSION,
) -> dict[str, Any]:
    field = TranslatedField(
        text=None,
        state="flagged" if flag else "done",
        engine=engine,
        engine_version=version,
        glossary_version=glossary().version,
        rules_version=rules,
        translated_at=AT,
        sentences=0 if engine == "rules" else 3,
        flags=(TranslationFlag(check=flag),) if flag else (),
    )
    source = TranslationSource(sha256="1" * 64, size=10, on=date(2022, 12, 8))
    translation = Translation(title=field, text=field, summary=field, source=source)
    return {
        "capture_id": name,
        "url": f"http://www.mofcom.gov.cn/{name}",
        "timestamp": "20230111174105",
        "status": 200,
        "parser_version": 3,
        "provenance": translation.model_dump_json(exclude={"title": {"text"}}),
    }


ROWS = [
    row("old"),
    row("new", version="2.10"),
    row("rules", engine="rules", version="1"),
    row("llm", engine="openai", version="m prompt-1"),
    row("wrong", version="2.10", flag="number missing"),
    row("by old rules", engine="rules", version="1", rules=1),
]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(), ["old", "new", "rules", "llm", "wrong", "by old rules"]),
        (Wanted(flag="number missing"), ["wrong"]),
        (Wanted(engine_before="firefox 2.9"), ["old", "llm"]),
        (Wanted(engine_before="openai"), ["old", "new", "wrong"]),
        (Wanted(flag="number missing", engine_before="firefox 2.9"), []),
        (Wanted(outdated=True), ["by old rules"]),
    ],
)
def test_what_is_asked_for(wanted: Wanted, names: list[str]) -> None:
    asked = chosen(ROWS, wanted, AT)
    assert [one.capture.capture_id for one in asked] == names
    assert all(one.reason == "retranslate" and one.parser_version == 3 for one in asked)
    assert all(one.source.sha256 == "1" * 64 and one.on == date(2022, 12, 8) for one in asked)


def test_each_asking_is_another_event() -> None:
    (first,) = chosen(ROWS[:1], Wanted(), AT)
    (second,) = chosen(ROWS[:1], Wanted(), AT.replace(day=3))
    assert first.id != second.id


def test_a_row_that_does_not_say_its_source_is_passed_over() -> None:
    assert chosen([{**ROWS[0], "provenance": None}], Wanted(), AT) == []


def test_without_a_choice_nothing_is_asked() -> None:
    result = CliRunner().invoke(RUN, [])
    assert result.exit_code == 1
    assert "say which" in result.output


@pytest.mark.parametrize(
    ("number", "since", "found"),
    [
        (None, None, ["c1"]),
        ("商办建函〔2022〕318号", None, ["c1"]),
        ("商办建函〔2022〕319号", None, []),
        (None, date(2022, 12, 8), ["c1"]),
        (None, date(2022, 12, 9), []),
    ],
)
async def test_the_query_reads_the_tables(
    database_url: str, number: str | None, since: date | None, found: list[str]
) -> None:
    database = await asyncpg.connect(database_url)
    try:
        await _fill(database)
        rows = await database.fetch(command._FOUND, number, since)
    finally:
        await database.close()
    assert [one["capture_id"] for one in rows] == found
    asked = chosen([dict(one) for one in rows], Wanted(), AT)
    assert [one.capture.url for one in asked] == ["http://www.mofcom.gov.cn/old"] * len(found)


async def _fill(database: asyncpg.Connection) -> None:
    """One capture, read and translated; every other column that must be filled by its type."""
    outdated = row("old")
    await _insert(
        database,
        "capture",
        {"url": outdated["url"], "timestamp": outdated["timestamp"], "status": 200},
    )
    await _insert(
        database,
        "reading",
        {
            "document_number": "商办建函〔2022〕318号",
            "issued_on": date(2022, 12, 8),
            "outcome": "done",
        },
    )
    await _insert(
        database,
        "translation",
        {"parser_version": 3, "state": "done", "provenance": outdated["provenance"]},
    )


async def _insert(database: asyncpg.Connection, table: str, values: dict[str, Any]) -> None:
    columns = await database.fetch(
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'ingest' AND table_name = $1 AND is_nullable = 'NO' "
        "AND column_default IS NULL AND is_generated = 'NEVER'",
        table,
    )
    blank: dict[str, Any] = {
        "text": "page",
        "bigint": 1,
        "timestamp with time zone": AT,
        "date": AT.date(),
        "ARRAY": [],
        "jsonb": json.dumps({}),
        "boolean": False,
    }
    filled = {one["column_name"]: blank[one["data_type"]] for one in columns}
    filled |= {"capture_id": "c1"} | values
    names = ", ".join(f'"{name}"' for name in filled)
    places = ", ".join(f"${number}" for number in range(1, len(filled) + 1))
    # The names are the catalogue's and this test's own.
    statement = f"INSERT INTO ingest.{table} ({names}) VALUES ({places})"  # noqa: S608
    await database.execute(statement, *filled.values())
