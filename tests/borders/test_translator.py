"""Forged `notice.parsed` and `translation.requested` before the translator."""

from services.translator.handler import TranslateParsed, TranslateRequested
from services.translator.priority import Priority
from shared.blobs import Blobs
from shared.errors import BlobMissing
from shared.events import NoticeParsed, TranslationRequested
from shared.health import Health
from tests.borders.settled import read_notice, unnamed
from tests.services.translator.fakes import Scripted, translator
from tests.shared.samples import EVENTS, PARSED

NOTICE = read_notice()


class _OneNotice(Blobs):
    def __init__(self) -> None:
        super().__init__("s3://nobody-asks/it")

    async def put_parsed(self, data: bytes) -> str:
        return "1" * 64

    async def get_parsed(self, sha256: str) -> bytes:
        if sha256 != "1" * 64:
            raise BlobMissing(sha256)
        return NOTICE.model_dump_json().encode()


async def test_every_forged_notice_is_translated_or_refused_by_name() -> None:
    rules_alone = translator(Scripted(lambda sentence: "", down="no model"))
    handler = TranslateParsed(_OneNotice(), rules_alone, Priority(Health(60.0)))
    event = PARSED.model_copy(update={"notice": NOTICE})
    reasons, wrong = await unnamed(NoticeParsed, handler, [event])
    assert wrong == {}
    assert reasons == {"invalid event"}


async def test_every_forged_request_is_translated_or_refused_by_name() -> None:
    engine = translator(Scripted(lambda sentence: "Announcement."))
    handler = TranslateRequested(
        _OneNotice(), engine, Priority(Health(60.0)), look_seconds=0.01, longest_seconds=0.02
    )
    events = [event for event in EVENTS if isinstance(event, TranslationRequested)]
    reasons, wrong = await unnamed(TranslationRequested, handler, events)
    assert wrong == {}
    assert reasons == {"invalid event", "blob missing"}
