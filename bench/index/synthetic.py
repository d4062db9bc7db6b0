"""Synthetic notices, recombined from real texts: real sentences, titles, bodies and numbers."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from random import Random

from shared.events import Capture, CaptureFetched, CaptureRequested, Done, NoticeParsed
from shared.identity import capture_id, request_id
from shared.notice import Citation, DutyRate, HsCode, ListedEntity, Notice, RegulatedItem
from testing.indexer.events import NOON, body, fetched

_SEEDS = Path(__file__).parents[2] / "seeds" / "pages"
_SHARED = Path(__file__).parents[3] / "shared" / "data" / "notices" / "labelled-notices.json"
_FIRST = date(1995, 1, 1)
_DAYS = 31 * 365
_CHINA = timezone(timedelta(hours=8))
_FORMS = (
    ("公告", "商务部公告{}年第{}号"),
    ("通知", "商办函〔{}〕{}号"),
    ("令", "商务部令{}年第{}号"),
)
_TAG = re.compile(r"<(script|style).*?</\1>|<[^>]+>", re.DOTALL)
_SENTENCE = re.compile(r"[^。；\n]{8,200}[。；]")
_ISSUERS = ("商务部", "海关总署", "财政部", "税务总局", "发展改革委", "工业和信息化部")


# Of a hundred citations; what changes another notice is seldom.
_RELATIONS = {"basis": 70, "mentions": 20, "amends": 3, "suspends": 3, "repeals": 3, "resumes": 1}


def real_sentences() -> list[str]:
    """The sentences of the bundled pages, and of the notices at hand, each once."""
    texts = [_TAG.sub("\n", page.read_text()) for page in sorted(_SEEDS.glob("*.html"))]
    if _SHARED.exists():
        texts += [notice["text"] for notice in json.loads(_SHARED.read_text())]
    return sorted({s for text in texts for s in _SENTENCE.findall(text)})


class SyntheticNotices:
    """Deterministic: notice number n is always the same."""

    def __init__(self) -> None:
        self._sentences = real_sentences()

    def notice(self, number: int) -> Notice:
        """Of about 1,200 characters, as the real ones have."""
        random = Random(number)  # noqa: S311 - a bench's
        sentences = random.choices(self._sentences, k=random.randint(5, 40))
        issued = _issued_on(number)
        kind, document_number = _number(number)
        subject = random.choice(self._sentences)[:24].rstrip("，。；")
        issuers = tuple(
            dict.fromkeys(["商务部", *random.choices(_ISSUERS, k=random.randint(0, 2))])
        )
        return Notice(
            page_kind="notice",
            layout="article_2020",
            layout_confidence=0.9,
            parser_version=1,
            title=f"关于{subject}的{kind}",
            document_number=document_number,
            document_type=kind,
            issuers=issuers,
            issued_on=issued,
            body_text="\n".join(sentences),
            citations=_citations(number),
            regulated_items=_items(number),
            duty_rates=_rates(number),
            listed_entities=_entities(number),
        )

    def events(self, first: int, last: int) -> Iterator[NoticeParsed]:
        """What the parser would publish of notices `first` to `last`, without the last."""
        for number in range(first, last):
            url = f"http://www.mofcom.gov.cn/article/made/{number}.shtml"
            timestamp = f"{20200101000000 + number % 1_000_000}"[:8] + "000000"
            asked = CaptureRequested(
                request_id=request_id(url, timestamp, NOON.date()),
                url=url,
                timestamp=timestamp,
                asked_at=NOON,
                asked_on=NOON.date(),
            )
            event: CaptureFetched = fetched(
                asked,
                capture=Capture(
                    capture_id=capture_id(url, timestamp), url=url, timestamp=timestamp, status=200
                ),
                body=body(url.encode()),
            )
            yield NoticeParsed(
                fetched=event,
                parser_version=1,
                outcome=Done(),
                notice=self.notice(number),
                parsed_at=NOON,
            )


def _issued_on(number: int) -> date:
    return _FIRST + timedelta(days=number * 7919 % _DAYS)


def _number(number: int) -> tuple[str, str]:
    """Type and document number of notice `number`."""
    kind, form = _FORMS[number * 31 % 97 % len(_FORMS)]
    return kind, form.format(_issued_on(number).year, number)


def _citations(number: int) -> list[Citation]:
    """Of one of the 500 notices before it: most are held."""
    random = Random(f"citation {number}")  # noqa: S311 - a bench's
    _, cited = _number(random.randint(max(0, number - 500), max(0, number - 1)))
    (relation,) = random.choices(list(_RELATIONS), list(_RELATIONS.values()))
    changes = relation not in ("basis", "mentions")
    since = datetime.combine(_issued_on(number), time(), _CHINA) if changes else None
    until = since + timedelta(days=365) if since and relation == "suspends" and number % 3 else None
    return [Citation(document_number=cited, relation=relation, since=since, until=until)]


def _items(number: int) -> list[RegulatedItem]:
    """Controlled goods, in one notice of ten."""
    if number % 10:
        return []
    random = Random(f"items {number}")  # noqa: S311 - a bench's
    return [
        RegulatedItem(
            control_code=f"{random.randint(1, 9)}C{random.randint(100, 999)}",
            name=f"物项{random.randint(1, 9999)}",
            hs_codes=[
                HsCode(code=str(random.randint(10**9, 10**10 - 1)), role="reference")
                for _ in range(random.randint(1, 3))
            ],
            direction="export",
        )
        for _ in range(random.randint(1, 8))
    ]


def _rates(number: int) -> list[DutyRate]:
    """Duties, in one notice of twenty."""
    if number % 20 != 1:
        return []
    random = Random(f"rates {number}")  # noqa: S311 - a bench's
    return [
        DutyRate(
            measure="anti-dumping",
            product=f"产品{random.randint(1, 999)}",
            origin=random.choice(("美国", "日本", "欧盟", "韩国")),
            company_latin=f"Company {random.randint(1, 9999)} Ltd.",
            rate=random.randint(1, 2000) / 10,
            since=_issued_on(number),
            last_day=_issued_on(number) + timedelta(days=5 * 365),
        )
        for _ in range(random.randint(1, 8))
    ]


def _entities(number: int) -> list[ListedEntity]:
    """Entities added to a list or taken off it, in one notice of fifty."""
    if number % 50 != 2:
        return []
    random = Random(f"entities {number}")  # noqa: S311 - a bench's
    return [
        ListedEntity(
            list=random.choice(("不可靠实体清单", "出口管制管控名单")),
            action=random.choice(("add", "add", "add", "remove", "suspend")),
            name_zh=f"企业{name}公司",
            name_latin=f"Enterprise {name}, Inc.",
            kind="organisation",
            effective_on=_issued_on(number),
        )
        for name in random.sample(range(5000), random.randint(1, 15))
    ]
