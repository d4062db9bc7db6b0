"""From `notice.parsed` to `notice.translated`, also what waited for an engine."""

import asyncio
from pathlib import Path

import pytest

from services.translator.cache import BlobAnswers
from services.translator.engines.engine import Request
from services.translator.handler import TranslateParsed, TranslateRequested, date_of
from services.translator.priority import Priority
from shared.blobs import Blobs
from shared.errors import BlobMissing, InvalidEvent
from shared.events import NoticeBlob, NoticeParsed, NoticeTranslated, Skipped, TranslationRequested
from shared.health import Health
from shared.notice import Notice
from shared.topics import NOTICE_TRANSLATED, TRANSLATION_REQUESTED
from shared.translation import Translation
from testing.waiting import LIMIT_SECONDS, turns, until
from tests.services.translator.fakes import Scripted, translator
from tests.services.translator.test_translate import FIRST, FIRST_EN, ON, knows, notice
from tests.shared.samples import FETCHED, PARSED


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path.as_uri())


@pytest.fixture
def priority() -> Priority:
    return Priority(Health(60.0))


def parsed(read: Notice) -> NoticeParsed:
    return PARSED.model_copy(update={"notice": read})


async def test_a_notice_is_translated_at_once(blobs: Blobs, priority: Priority) -> None:
    handle = TranslateParsed(blobs, translator(Scripted(knows)), priority)
    (published,) = await handle(parsed(notice(FIRST)))
    event = published.event
    assert published.topic is NOTICE_TRANSLATED
    assert isinstance(event, NoticeTranslated)
    assert (event.state, event.parser_version, event.on) == ("done", 1, ON)
    assert event.key == PARSED.key
    assert event.translation is not None
    assert event.translation.text.text == FIRST_EN
    # It can be read again in the tables: its name says which it was.
    assert event.source == NoticeBlob.naming(notice(FIRST))
    # The same thing done twice has the same name.
    assert (await handle(parsed(notice(FIRST))))[0].event.id == event.id


async def test_without_an_engine_it_is_published_and_requested_again(
    blobs: Blobs, priority: Priority
) -> None:
    engine = Scripted(knows, down="no model")
    first, second = await TranslateParsed(blobs, translator(engine), priority)(
        parsed(notice(FIRST))
    )
    assert isinstance(first.event, NoticeTranslated)
    assert first.event.state == "pending"
    asked = second.event
    assert second.topic is TRANSLATION_REQUESTED
    assert isinstance(asked, TranslationRequested)
    assert (asked.reason, asked.source, asked.on) == ("pending", first.event.source, ON)
    assert asked.notice == notice(FIRST)

    repeated = TranslateRequested(
        blobs, translator(engine), priority, look_seconds=0.01, longest_seconds=0.02
    )
    looks = engine.looks
    waiting = asyncio.create_task(repeated(asked))
    await until(lambda: engine.looks > looks + 2)
    assert not waiting.done()
    engine.down = None
    (published,) = await asyncio.wait_for(waiting, LIMIT_SECONDS)
    assert isinstance(published.event, NoticeTranslated)
    assert published.event.state == "done"
    assert published.event.capture == first.event.capture
    assert published.event.id != first.event.id


async def test_a_sweep_of_the_past_leaves_engines_to_live_work(
    blobs: Blobs, priority: Priority
) -> None:
    engine = Scripted(knows)
    request = PARSED.fetched.request.model_copy(update={"backlog": True})
    fetched = PARSED.fetched.model_copy(update={"request": request})
    swept = parsed(notice(FIRST)).model_copy(update={"fetched": fetched})
    first, second = await TranslateParsed(blobs, translator(engine), priority)(swept)
    assert isinstance(first.event, NoticeTranslated)
    assert first.event.state == "pending"
    assert first.event.translation is not None
    assert "sweep of the past" in (first.event.translation.text.reason or "")
    assert second.topic is TRANSLATION_REQUESTED
    assert engine.asked == []


async def test_live_work_precedes_the_background(blobs: Blobs, priority: Priority) -> None:
    asked = TranslationRequested(
        capture=FETCHED.capture,
        parser_version=1,
        source=(await _source(blobs, notice(FIRST))),
        on=ON,
        reason="retranslate",
        asked_at=PARSED.parsed_at,
    )
    engine = Scripted(knows)
    repeated = TranslateRequested(
        blobs, translator(engine), priority, look_seconds=0.01, longest_seconds=0.02
    )
    with priority.live():
        waiting = asyncio.create_task(repeated(asked))
        # It may do so only when the block ends, however long that takes.
        await turns(100)
        assert engine.asked == []
    await asyncio.wait_for(waiting, LIMIT_SECONDS)
    assert len(engine.asked) == 1


async def _source(blobs: Blobs, read: Notice) -> NoticeBlob:
    data = read.model_dump_json().encode()
    return NoticeBlob(sha256=await blobs.put_parsed(data), size=len(data))


async def test_pages_without_a_text_of_their_own_have_none(
    blobs: Blobs, priority: Priority
) -> None:
    skipped = PARSED.model_copy(update={"outcome": Skipped(reason="index")})
    assert await TranslateParsed(blobs, translator(), priority)(skipped) == []


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (PARSED.model_copy(update={"notice": None}), "without a notice"),
        (
            PARSED.model_copy(update={"fetched": FETCHED.model_copy(update={"capture": None})}),
            "without a capture",
        ),
    ],
)
async def test_a_page_with_a_text_that_is_not_there_is_refused(
    event: NoticeParsed, message: str, blobs: Blobs, priority: Priority
) -> None:
    with pytest.raises(InvalidEvent, match=message):
        await TranslateParsed(blobs, translator(), priority)(event)


async def test_a_large_translation_goes_to_the_blob_store(blobs: Blobs, priority: Priority) -> None:
    lines = [f"{number}.浙江省" for number in range(1, 999)] * 50
    (published,) = await TranslateParsed(blobs, translator(), priority)(parsed(notice(*lines)))
    event = published.event
    assert isinstance(event, NoticeTranslated)
    assert event.translation is None
    assert event.translation_blob is not None
    kept = await blobs.get_parsed(event.translation_blob.sha256)
    assert (Translation.model_validate_json(kept).text.text or "").startswith("1. Zhejiang")


async def test_a_notice_in_the_blob_store_is_read_there(blobs: Blobs, priority: Priority) -> None:
    source = await _source(blobs, notice(FIRST))
    pointed = PARSED.model_copy(update={"notice": None, "notice_blob": source})
    handle = TranslateParsed(blobs, translator(Scripted(knows)), priority)
    (published,) = await handle(pointed)
    assert isinstance(published.event, NoticeTranslated)
    assert published.event.source == source
    lost = source.model_copy(update={"sha256": "f" * 64})
    with pytest.raises(BlobMissing):
        await handle(pointed.model_copy(update={"notice_blob": lost}))


def test_the_day_of_the_names() -> None:
    capture = FETCHED.capture
    assert capture is not None
    assert date_of(notice(), capture) == ON
    undated = notice().model_copy(update={"issued_on": None})
    assert date_of(undated, capture).isoformat() == "2023-01-11"


async def test_the_cache_key_is_engine_version_text_and_terms(tmp_path: Path) -> None:
    cache = BlobAnswers(Blobs(tmp_path.as_uri()))
    engine = Scripted(knows)
    one = Request("特此公告。", (("公告", "Announcement"),))
    await cache.put(engine, one, "It is hereby announced.")
    assert await cache.get(engine, one) == "It is hereby announced."
    others = (
        (Scripted(knows, version="2"), one),
        (Scripted(knows, name="other"), one),
        (engine, Request("特此通知。", one.terms)),
        # A glossary that knows the word otherwise, or not at all.
        (engine, Request("特此公告。", (("公告", "Proclamation"),))),
        (engine, Request("特此公告。")),
        (engine, Request("特此公告。", one.terms, retry=True)),
    )
    for other in others:
        assert await cache.get(*other) is None
    assert await BlobAnswers(Blobs(tmp_path.as_uri())).get(engine, one) is not None
