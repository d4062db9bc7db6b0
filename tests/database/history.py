"""Some 2,000 events as they may have happened: versions, copies, late captures, better parsers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from shared.events import Capture, CaptureFetched, Event, NoticeBlob, NoticeTranslated, Skipped
from shared.identity import capture_id
from shared.notice import Notice, PageKind
from shared.translation import Translation
from testing.indexer.events import body, fetched, parsed, request

_START = datetime(2020, 1, 1, tzinfo=UTC)
_WORDS = ("出口管制", "两用物项", "反倾销", "稀土", "不可靠实体清单", "进口许可证", "關稅配額")


def history(seed: int, documents: int = 70) -> list[Event]:
    """The same events for the same seed, in the order in which they came to be."""
    random = Random(seed)
    instants = (_START + timedelta(minutes=minute) for minute in range(10**9))
    events: list[Event] = []
    for document in range(documents):
        for copy in range(random.randint(1, 3)):
            events += _address(random, instants, document, copy)
    return events


def _address(
    random: Random, instants: Iterator[datetime], document: int, copy: int
) -> Iterator[Event]:
    url = f"http://www.mofcom.gov.cn/article/{document}/{copy}.shtml"
    for capture in range(random.randint(2, 5)):
        at = _START + timedelta(days=random.randint(0, 900), hours=copy, minutes=capture)
        fetched_event = _fetched(url, at, next(instants))
        yield fetched_event.request
        yield fetched_event
        if random.random() < 0.1:
            yield parsed(fetched_event, notice=None, outcome=Skipped(reason="error"))
            continue
        wording = random.randint(0, 1)
        for version in range(1, random.randint(2, 4)):
            notice = _notice(random, document, wording, version)
            yield parsed(fetched_event, version, notice=notice, parsed_at=next(instants))
        if random.random() < 0.5:
            yield _translated(random, fetched_event, version, next(instants))


def _fetched(url: str, at: datetime, fetched_at: datetime) -> CaptureFetched:
    timestamp = f"{at:%Y%m%d%H%M%S}"
    asked = request(url, timestamp)
    capture = Capture(
        capture_id=capture_id(url, timestamp), url=url, timestamp=timestamp, status=200
    )
    return fetched(asked, capture=capture, body=body(url.encode()), fetched_at=fetched_at)


def _notice(random: Random, document: int, wording: int, version: int) -> Notice:
    """Parser 1 reads no number; later ones take some pages for news or for no page at all."""
    kind: PageKind = "notice"
    if version > 1 and document % 7 == 0:
        kind = random.choice(["news", "index", "interpretation"])
    number = f"商务部公告2021年第{document}号" if version > 1 and document % 5 else None
    words = "、".join(_WORDS[(document + n + wording) % len(_WORDS)] for n in range(3))
    return Notice(
        page_kind=kind,
        layout="article_2020",
        layout_confidence=0.9,
        parser_version=version,
        title=f"关于{_WORDS[document % len(_WORDS)]}的公告",
        document_number=number,
        document_type="公告",
        issuers=("商务部", "海关总署")[: random.randint(0, 2)],
        issued_on=random.choice([None, date(2021, 1, 1) + timedelta(days=document)]),
        body_text=f"第{document}号\n为规范{words}，现公告如下。" * (300 if document == 9 else 1),
        citations=[
            {
                "document_number": f"商务部公告2021年第{random.randint(1, 60)}号",
                "relation": random.choice(["basis", "suspends", "repeals", "resumes"]),
                "since": "2022-01-01T00:00:00+08:00",
            }
        ],
        regulated_items=[{"name": "镓", "hs_codes": [{"code": "8112929090", "role": "reference"}]}],
        duty_rates=[{"product": "镓", "rate": 1.5, "measure": "anti-dumping"}],
        deadlines=[{"text": "于3月1日前报送", "due": "报送", "on": "2022-03-01"}],
        attachments=[{"name": "附件.doc", "url": f"http://www.mofcom.gov.cn/{document}.doc"}],
        listed_entities=[
            {
                "list": "不可靠实体清单",
                "action": random.choice(["add", "remove"]),
                "name_zh": f"公司{document % 10}",
                "effective_on": "2022-01-01",
            }
        ],
    )


def _translated(
    random: Random, fetched_event: CaptureFetched, version: int, at: datetime
) -> NoticeTranslated:
    assert fetched_event.capture is not None
    provenance = {
        "engine": "rules",
        "engine_version": "1",
        "glossary_version": "1",
        "rules_version": 1,
        "translated_at": at,
    }
    state = random.choice(["done", "flagged"])
    fields = {
        name: {"text": f"Export control {name} {version}", "state": state, **provenance}
        for name in ("title", "text", "summary")
    }
    return NoticeTranslated(
        capture=fetched_event.capture,
        parser_version=version,
        source=NoticeBlob(sha256="a" * 64, size=1),
        state=state,
        made_by=f"rules {version}",
        translation=Translation.model_validate(fields),
        translated_at=at,
    )
