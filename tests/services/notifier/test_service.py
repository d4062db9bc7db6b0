"""The notifier's loops together, without Kafka."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from services.notifier import fitting
from services.notifier.alerts_file import Alert
from services.notifier.service import Notifier
from services.notifier.settings import NotifierSettings
from shared.health import Health
from testing.doubles import RecordingPublisher
from testing.indexer.events import notice
from testing.servers import as_role
from testing.waiting import until
from tests.database.conftest import Write, read

_fitting = fitting.fitting


class Publisher(RecordingPublisher):
    async def start(self) -> None: ...

    async def stop(self) -> None: ...


async def _topics(*_: Any) -> None: ...


async def _one_fails(
    connection: asyncpg.Connection, alert: Alert, keys: Collection[str], parties: Any
) -> set[str]:
    if alert.name == "first":
        await connection.execute("SELECT 1 / 0")
    return await _fitting(connection, alert, keys, parties)


async def test_an_alert_whose_statement_fails_holds_up_no_other(
    bundled: asyncpg.Connection,
    write: Write,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publisher, health = Publisher(), Health(stall_seconds=600)
    monkeypatch.setattr("services.notifier.service.KafkaPublisher", lambda *_: publisher)
    monkeypatch.setattr("services.notifier.service.require_topics", _topics)
    monkeypatch.setattr(fitting, "fitting", _one_fails)
    (tmp_path / "alerts.toml").write_text(
        "[[alert]]\nname = 'first'\n[[alert]]\nname = 'second'\nhow_often = 'daily'"
    )
    settings = NotifierSettings(
        database_url=as_role(database_url, "notifier"), seeds_dir=tmp_path, hold_seconds=0.1
    )
    notifier = Notifier(settings, health)
    await notifier.start()
    try:

        async def has(table: str) -> bool:
            return bool(await bundled.fetchval(f"SELECT count(*) FROM {table}"))  # noqa: S608

        await until(lambda: has("alerts"))
        await write([read(notice(document_number="商务部公告2026年第9号"))])
        await until(lambda: has("alert_matches WHERE alert = 'second'"))
        await until(lambda: "division by zero" in str(health.waits_for()))
        await until(lambda: any("2026-9" in str(event) for event in publisher.events))
    finally:
        await notifier.stop()
