"""The bundled pages in a database, as the pipeline would have written them."""

import tomllib
from pathlib import Path

import asyncpg
import pytest

from services.parser.parse import parse
from tests.database.conftest import Write, read

PAGES = Path(__file__).parents[3] / "seeds" / "pages"


@pytest.fixture
async def bundled(write: Write, connection: asyncpg.Connection) -> asyncpg.Connection:
    """A connection to a database with the bundled documents."""
    captures = tomllib.loads((PAGES / "captures.toml").read_text(encoding="utf-8"))["capture"]
    events = []
    for capture in captures:
        if "status" in capture:
            continue
        notice = parse((PAGES / capture["file"]).read_bytes(), capture["url"])
        events.append(read(notice, url=capture["url"], timestamp=capture["timestamp"]))
    await write(events)
    return connection
