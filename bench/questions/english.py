"""What English questions find without any engine, and by what: ``python -m bench.questions.english DATABASE_URL`` (an
empty, migrated database; the bundled pages are written into it and left).

Thirty questions in both languages; which notices are right was judged by reading them, before any was asked.
"""

import asyncio
import sys
import tomllib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import asyncpg

from services.indexer.rows import rows_of
from services.indexer.store import Transaction, Unit
from services.parser.parse import parse
from services.translator.cache import BlobAnswers
from services.translator.engine_chain import EngineChain
from services.translator.glossary import glossary
from services.translator.translate import Translate
from shared.blobs import Blobs
from shared.events import Capture, Event, NoticeBlob, NoticeParsed, NoticeTranslated
from shared.identity import capture_id
from testing.indexer.events import body, fetched, parsed, request

_PAGES = Path(__file__).parents[2] / "seeds" / "pages"


class Question(NamedTuple):
    """A question in both languages and the keys of the notices that answer it."""

    english: str
    chinese: str
    right: frozenset[str]


def _asked() -> Iterator[Question]:
    for line in (Path(__file__).parent / "english.tsv").read_text("utf-8").splitlines():
        english, chinese, keys = line.split("\t")
        yield Question(english, chinese, frozenset(keys.split(" ")))


def _readings() -> Iterator[NoticeParsed]:
    captures = tomllib.loads((_PAGES / "captures.toml").read_text("utf-8"))["capture"]
    for one in captures:
        if "status" not in one and "content_type" not in one:
            url, timestamp = one["url"], one["timestamp"]
            notice = parse((_PAGES / one["file"]).read_bytes(), url)
            capture = Capture(
                capture_id=capture_id(url, timestamp), url=url, timestamp=timestamp, status=200
            )
            answer = fetched(request(url, timestamp), capture=capture, body=body(url.encode()))
            yield parsed(answer, version=notice.parser_version, notice=notice)


async def _translations(readings: list[NoticeParsed]) -> AsyncIterator[NoticeTranslated]:
    """The rules' English and the glossary's terms, as the translator publishes them where no engine is set."""

    async def at_once() -> None:
        return None

    with TemporaryDirectory() as folder:
        chain = EngineChain((), BlobAnswers(Blobs(f"file://{folder}")))
    translate = Translate(chain, glossary(), 0, clock=lambda: datetime(2026, 11, 30, tzinfo=UTC))
    for reading in readings:
        notice, capture = reading.notice, reading.fetched.capture
        if notice and capture:
            made = await translate(notice, notice.issued_on, at_once, later="no engine is set")
            yield NoticeTranslated(
                capture=capture,
                parser_version=notice.parser_version,
                source=NoticeBlob(sha256="a" * 64, size=1),
                state=made.title.state,
                made_by="rules",
                translated_at=made.title.translated_at,
                translation=made,
            )


async def _write(connection: asyncpg.Connection, events: list[Event]) -> None:
    units = [
        Unit(
            event,
            rows_of(
                event,
                event.notice if isinstance(event, NoticeParsed) else None,
                translation=event.translation if isinstance(event, NoticeTranslated) else None,
            ),
        )
        for event in events
    ]
    async with connection.transaction():
        assert await Transaction(connection).write_units(units) == []  # noqa: S101


async def main(url: str) -> None:
    """Print recall and precision of each way."""
    connection = await asyncpg.connect(url)
    questions = list(_asked())
    readings = list(_readings())
    await _write(connection, list(readings))
    terms = await connection.fetch("SELECT en, zh FROM ingest.search_term")
    print(
        f"{len(questions)} questions: % of right notices found; % of those found that are right; complete"
    )

    async def measure(way: str, english: bool = True) -> None:
        found = right = wrong = complete = 0
        missed = []
        for question in questions:
            asked = question.english if english else question.chinese
            rows = await connection.fetch("SELECT notice_key FROM search_notices($1)", asked)
            keys = {row["notice_key"] for row in rows}
            found += len(question.right & keys)
            wrong += len(keys - question.right)
            right += len(question.right)
            complete += question.right <= keys
            if not question.right <= keys:
                missed.append(asked)
        shown = 100 * found / max(1, found + wrong)
        print(
            f"{way:44}{100 * found / right:6.0f}{shown:6.0f}{complete:6}   {'; '.join(missed)[:200]}"
        )

    await measure("Chinese", english=False)
    await measure("English, glossary in the search alone")
    await connection.execute("TRUNCATE ingest.search_term")
    await measure("English, neither")
    await _write(connection, [one async for one in _translations(readings)])
    await measure("English, rules' English alone")
    await connection.executemany("INSERT INTO ingest.search_term VALUES ($1, $2)", terms)
    await measure("English, both")
    await connection.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
