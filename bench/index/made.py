"""Notices made from real texts by recombination: real sentences, titles, bodies and numbers."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from shared.events import Capture, CaptureFetched, CaptureRequested, Done, NoticeParsed
from shared.identity import capture_id, request_id
from shared.notice import Notice
from tests.services.indexer.made import NOON, body, fetched

_SEEDS = Path(__file__).parents[2] / "seeds" / "pages"
_SHARED = Path(__file__).parents[3] / "shared" / "data" / "notices" / "labelled-notices.json"
_FIRST = date(1995, 1, 1)
_DAYS = 31 * 365
_TAG = re.compile(r"<(script|style).*?</\1>|<[^>]+>", re.DOTALL)
_SENTENCE = re.compile(r"[^。；\n]{8,200}[。；]")
_ISSUERS = ("商务部", "海关总署", "财政部", "税务总局", "发展改革委", "工业和信息化部")


class Recombined:
    """Notice number n is always the same one."""

    def __init__(self) -> None:
        texts = [_TAG.sub("\n", page.read_text()) for page in sorted(_SEEDS.glob("*.html"))]
        if _SHARED.exists():
            texts += [notice["text"] for notice in json.loads(_SHARED.read_text())]
        self._sentences = sorted({s for text in texts for s in _SENTENCE.findall(text)})

    def notice(self, number: int) -> Notice:
        """Of about 1,200 characters, as the real ones have."""
        random = Random(number)  # noqa: S311 - a bench's
        sentences = random.choices(self._sentences, k=random.randint(5, 40))
        issued = _FIRST + timedelta(days=number * 7919 % _DAYS)
        kind, form = random.choice(
            [
                ("公告", "商务部公告{}年第{}号"),
                ("通知", "商办函〔{}〕{}号"),
                ("令", "商务部令{}年第{}号"),
            ]
        )
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
            document_number=form.format(issued.year, number),
            document_type=kind,
            issuers=issuers,
            issued_on=issued,
            body_text="\n".join(sentences),
            citations=[
                {
                    "document_number": f"商务部公告{issued.year}年第{max(1, number - 1)}号",
                    "relation": "basis",
                }
            ],
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
            came: CaptureFetched = fetched(
                asked,
                capture=Capture(
                    capture_id=capture_id(url, timestamp), url=url, timestamp=timestamp, status=200
                ),
                body=body(url.encode()),
            )
            yield NoticeParsed(
                fetched=came,
                parser_version=1,
                outcome=Done(),
                notice=self.notice(number),
                parsed_at=NOON,
            )
