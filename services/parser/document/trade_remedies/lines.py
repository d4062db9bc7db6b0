"""Rates by company in lines: 1. 甲公司 36.2%（Alpha Inc.）"""

import re

from services.parser.document.document import Document
from services.parser.document.names import Name, is_latin, name_at
from services.parser.document.trade_remedies.forms import (
    CHANGED,
    GROUP_ALONE,
    HEADINGS,
    INTRODUCES,
    NO_COMPANY,
    NO_ORIGIN,
    OF_ORIGIN,
    RATES,
    RATES_OF,
    SAYS_RATE,
)
from services.parser.document.trade_remedies.rows import Row, heading_of, is_company
from services.parser.document.trade_remedies.terms import measure_named
from shared.chinese.characters import squeeze
from shared.chinese.form import Found
from shared.chinese.markers import marker_at
from shared.chinese.text import Line, Span, trimmed

# The full stop of Inc. belongs to the name, a row of dots does not.
_ABBREVIATED = re.compile(r"[A-Za-z][.](?![.…·])")
_PART = re.compile(r"(?:（[^（）]*）|[^；，（）])+")
_SEPARATORS = " ，,、：:；;—-–…·.。=　"
_LONGEST = 260


class LineReader:
    """Reads lines one by one; a company, its foreign name and its rate may stand on three."""

    def __init__(self, document: Document, origins: list[str]) -> None:
        self.folded = document.body.folded
        self.origins = origins
        self.rows: list[Row] = []
        self.weight = 0
        self.measure: Span | None = None
        self.origin: Span | None = None
        self.open_name: Name | None = None
        # The row that the line before ended with; a foreign name may follow.
        self.last_is_row = False

    def read(self, line: Line) -> None:
        folded = self.folded
        marker = marker_at(folded, line.start, line.end)
        body = trimmed(folded, marker.end if marker else line.start, line.end)
        text = folded[body.start : body.end]
        rates = list(RATES.finditer(folded, *body))
        if not text:
            return
        if self._foreign_name(body, text, numbered=marker is not None):
            return
        numbered = marker is not None
        if len(rates) == 1 and self._row(body, rates[0], numbered=numbered):
            return
        if len(rates) > 1 and (self._changed(body, rates) or self._several(body)):
            return
        self.last_is_row = False
        name, self.open_name = self.open_name, None
        if rates:
            bare = trimmed(folded, body.start, rates[0].start, _SEPARATORS)
            if name and len(rates) == 1 and not bare and len(text) < 12:
                self._add(name, rates[0])
                return
            return
        if self._introduce(body, text):
            return
        heading = heading_of(text, self.origins)
        if heading and self._heading(body, heading):
            return
        candidate = name_at(folded, *body)
        a_company = candidate.zh and is_company(folded, candidate) and len(text) < 160
        if a_company and (self.weight or marker) and "。" not in text:
            self.open_name = candidate
        elif "。" in text or (marker and marker.level <= 2):
            self.weight, self.measure, self.origin = 0, None, None

    def _introduce(self, body: Span, text: str) -> bool:
        if len(text) > 200 or not INTRODUCES.search(text.rstrip("。")):
            return False
        of = next(RATES_OF.ranked(text), None)
        if of is None:
            return False
        self.weight = 2 if of.name == "duty" else 1
        self.measure = measure_named(self.folded, *body)
        self.origin = None
        for origin in self.origins:
            # 对美国公司征收的反倾销税税率如下
            found = text.find(origin + "公司")
            if found >= 0 and sum(text.count(other + "公司") for other in self.origins) == 1:
                at = self.folded.rfind(origin + "公司", 0)
                self.origin = Span(at, at + len(origin)) if at >= 0 else None
        return True

    def _heading(self, body: Span, heading: Found) -> bool:
        origin = heading["origin"]
        known = origin in self.origins
        if not known and NO_ORIGIN.search(origin):
            return False
        if origin.startswith(("其他", "其它", "所有", "各", "对")) or not (known or self.weight):
            return False
        if not known and (not heading.text.endswith(("：", ":")) or len(origin) > 6):
            return False
        at = self.folded.find(origin, *body)
        if at < 0:
            return False
        self.origin = Span(at, at + len(origin))
        return True

    def _foreign_name(self, body: Span, text: str, *, numbered: bool) -> bool:
        inner = trimmed(self.folded, body.start, body.end, "（）")
        if numbered or not is_latin(self.folded, inner) or RATES.search(text):
            return False
        if self.open_name is not None and self.open_name.latin is None:
            self.open_name = self.open_name._replace(latin=inner)
            return True
        if self.last_is_row and self.rows[-1].name.latin is None:
            last = self.rows[-1]
            self.rows[-1] = last._replace(name=last.name._replace(latin=inner))
            return True
        return False

    def _row(self, body: Span, rate: Found, *, numbered: bool) -> bool:
        folded = self.folded
        if body.end - body.start > _LONGEST:
            return False
        before = trimmed(folded, body.start, rate.start, _SEPARATORS)
        after = trimmed(folded, rate.end, body.end, _SEPARATORS)
        if _ABBREVIATED.match(folded, before.end - 1, rate.start):
            before = Span(before.start, before.end + 1)
        if not before:
            return False
        text = folded[before.start : before.end]
        if NO_COMPANY.search(text) or "。" in text or text.count("，") > 2:
            return False
        if after and not folded.startswith("（", after.start) and not is_latin(folded, after):
            return False
        if says := SAYS_RATE.search(folded, *before):
            before = Span(before.start, says.start)
        if of := OF_ORIGIN.match(folded, *before):
            before = Span(of.end, before.end)
            self.origin = Span(*of.span("origin"))
        name = name_at(folded, *before)
        if after and name.latin is None:
            inner = trimmed(folded, after.start, after.end, "（）")
            if is_latin(folded, inner):
                name = name._replace(latin=inner)
        # 1.甲乳业 21.9%: in a list of rates a name need not end as companies' do.
        listed = self.weight > 0 and name.zh is not None and (numbered or not after)
        if not (name.zh or name.latin) or not (listed or is_company(folded, name)):
            return False
        others = GROUP_ALONE.match(text)
        if not (self.weight or numbered or name.latin or others):
            return False
        self._add(name, rate)
        return True

    def _changed(self, body: Span, rates: list[Found]) -> bool:
        """甲公司 由6.5%调整为4.2%"""
        changed = CHANGED.search(self.folded, *body)
        if changed is None or len(rates) != 2:
            return False
        name = name_at(self.folded, body.start, changed.start)
        if not (name.zh or name.latin) or not is_company(self.folded, name) or not self.weight:
            return False
        self._add(name, rates[1])
        return True

    def _several(self, body: Span) -> bool:
        """日本公司：甲株式会社（Alpha） 8.0%；乙株式会社 8.5%。 on one line, in a list of rates."""
        if not self.weight:
            return False
        start = body.start
        head = self.folded.find("：", *body)
        heading = None
        # 甲株式会社：12.5%； is a row.
        if head > 0 and not self.folded[head + 1 : body.end].lstrip()[:1].isdigit():
            heading = HEADINGS.match(squeeze(self.folded[body.start : head + 1]))
        if heading and self._heading(Span(body.start, head + 1), heading):
            start = head + 1
        before = len(self.rows)
        for part in _PART.finditer(self.folded, start, body.end):
            span = trimmed(self.folded, *part.span(), "。")
            found = list(RATES.finditer(self.folded, *span))
            if len(found) != 1 or not self._row(span, found[0], numbered=True):
                del self.rows[before:]
                return False
        return len(self.rows) > before

    def _add(self, name: Name, rate: Found) -> None:
        self.rows.append(
            Row(
                name,
                float(rate["rate"]),
                Span(rate.start, rate.end),
                self.origin,
                self.weight,
                self.measure,
            )
        )
        self.open_name = None
        self.last_is_row = True
