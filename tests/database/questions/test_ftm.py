"""The lists as FollowTheMoney, checked by its own library."""

import json
from pathlib import Path

import asyncpg
import pytest

from services.cli.export.rows import Asked, export
from shared.tables.errors import NotThisFormat
from tests.database.conftest import write_events
from tests.database.questions.published import others
from tests.database.test_lists_2025 import pages_of_2025

ftm = pytest.importorskip("followthemoney")


async def exported(url: str, path: Path) -> list[dict[str, object]]:
    asked = Asked("listed", {"at": "2026-11-29", "removed": "true"})
    await export(url, asked, "ftm", path)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


async def test_the_library_reads_what_is_written(
    connection: asyncpg.Connection, database_url: str, tmp_path: Path
) -> None:
    await write_events(connection, [*pages_of_2025(), *others()])
    lines = await exported(database_url, tmp_path / "lists.ftm.json")
    entities = {}
    for line in lines:
        # Checks each value by the type of its property, and drops what is none.
        entity = ftm.EntityProxy.from_dict(line, cleaned=False)
        assert entity.to_dict() == line
        ftm.model.get(entity.schema.name).validate(line)
        entities[entity.id] = entity
    sanctions = [one for one in entities.values() if one.schema.name == "Sanction"]
    named = {one.first("name"): one for one in entities.values() if one.schema.name != "Sanction"}
    assert len(sanctions) == await connection.fetchval(
        "SELECT count(*) FROM listed(at => '2026-11-29 00:00+08', removed => true)"
    )
    for one in sanctions:
        assert entities[one.first("entity")].schema.name == "Organization"
        assert one.first("sourceUrl").startswith("https://web.archive.org/web/")
        assert one.first("summary")

    skydio = named["Skydio Inc."]
    assert (skydio.get("alias"), skydio.get("country"), skydio.get("topics")) == (
        ["斯凯迪奥公司"], ["us"], ["sanction.counter"],
    )  # fmt: skip
    of_skydio = [one for one in sanctions if one.first("entity") == skydio.id]
    assert {
        (one.first("programId"), one.first("program"), one.first("status"), one.first("startDate"), one.first("endDate"))
        for one in of_skydio
    } == {
        ("CN-UEL", "Unreliable Entity List", "listed", "2025-04-04", None),
        (None, "Export Control List", "removed", "2025-03-04", "2025-11-10"),
    }  # fmt: skip
    assert named["Otsu Aero Engines"].get("topics") == ["export.control"]
    assert named["Otsu Aero Engines"].get("country") == ["jp"]


async def test_the_same_lists_are_the_same_file(
    connection: asyncpg.Connection, database_url: str, tmp_path: Path
) -> None:
    await write_events(connection, pages_of_2025())
    first = await exported(database_url, tmp_path / "a.ftm.json")
    assert await exported(database_url, tmp_path / "b.ftm.json") == first


async def test_other_rows_are_refused(
    connection: asyncpg.Connection, database_url: str, tmp_path: Path
) -> None:
    with pytest.raises(NotThisFormat, match="mofcom export listed"):
        await export(database_url, Asked("notices"), "ftm", tmp_path / "x.ftm.json")
    asked = Asked("listed", columns=["list_zh", "name_zh"])
    with pytest.raises(NotThisFormat, match=r"without --columns: address, .* are needed"):
        await export(database_url, asked, "ftm", tmp_path / "x.ftm.json")
