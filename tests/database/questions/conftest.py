"""The bundled pages in a database, as the pipeline would have written them."""

import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import asyncpg
import pytest

from services.parser.parse import parse
from shared.events import NoticeParsed
from testing.indexer.events import parsed
from testing.waiting import LIMIT_SECONDS
from tests.database.attached import Parser, captured, read_file
from tests.database.conftest import Write, write_events

Mofcom = Callable[..., subprocess.CompletedProcess[str]]

PAGES = Path(__file__).parents[3] / "seeds" / "pages"


@cache
def bundled_pages() -> Sequence[NoticeParsed]:
    """The bundled documents, read and captured as in seeds/demo.warc.gz."""
    captures = tomllib.loads((PAGES / "captures.toml").read_text(encoding="utf-8"))["capture"]
    events = []
    for capture in captures:
        if "status" in capture or "content_type" in capture:
            continue
        body = (PAGES / capture["file"]).read_bytes()
        notice = parse(body, capture["url"])
        event = captured(capture["url"], body, "page", capture["timestamp"])
        events.append(parsed(event, notice.parser_version, notice=notice))
    return events


async def read_attachments(connection: asyncpg.Connection) -> None:
    """Write what the bundled files contain, and what their notices list in them."""
    captures = tomllib.loads((PAGES / "captures.toml").read_text(encoding="utf-8"))["capture"]
    await write_events(
        connection,
        [
            read_file(capture["url"], (PAGES / capture["file"]).read_bytes(), capture["timestamp"])
            for capture in captures
            if "content_type" in capture
        ],
    )
    bodies = [(PAGES / capture["file"]).read_bytes() for capture in captures if "file" in capture]
    await Parser(connection, bodies).answer()


@pytest.fixture
async def bundled(write: Write, connection: asyncpg.Connection) -> asyncpg.Connection:
    """A connection to a database with the bundled documents."""
    await write(bundled_pages())
    await read_attachments(connection)
    return connection


@pytest.fixture
def mofcom(bundled: asyncpg.Connection, database_url: str, tmp_path: Path) -> Mofcom:
    """Runs the command on the database with the bundled pages, in a folder of its own."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "services.cli", *arguments],
            env={"MOFCOM_DATABASE_URL": database_url, "PYTHONPATH": str(Path.cwd()), "PATH": ""},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )

    return run
