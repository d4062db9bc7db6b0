"""The alerts as their file is read."""

import asyncio
from pathlib import Path

from services.notifier.alerts_file import FILE
from services.notifier.roster import Roster
from services.notifier.store import Store

WOOL = "[[alert]]\nname = 'wool'"


async def test_a_file_that_is_being_saved_takes_no_alert_away(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_text(WOOL)
    # Postgres is not asked.
    roster = Roster(tmp_path, Store("", 1))
    wool = await roster.read()
    for empty in (lambda: file.write_text(""), file.unlink):
        empty()
        reading = asyncio.create_task(roster.read())
        await asyncio.sleep(0)
        file.write_text(WOOL)
        assert await reading == wool
    file.write_text("")
    assert await roster.read() == ()
