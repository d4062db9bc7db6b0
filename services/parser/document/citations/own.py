"""What a document calls by a title or number and yet does not cite: itself, what it issues, its annexes.

GB/T 9704-2012: a covering document (通知, 公告, 令) issues the text behind it, 现将《…》印发给你们, 现公布《…》,
自…起施行; that text and the 附件 are parts of it.
"""

from bisect import bisect_right

from services.parser.document.citations.own_forms import (
    ADOPTED,
    DRAFT,
    HEREBY,
    ISSUED_BEFORE,
    ISSUED_BEHIND,
    ISSUES_HERE,
    PARTS_AND_PAPERS,
    TITLE_ISSUES,
)
from services.parser.document.document import Document
from services.parser.document.parts.annexes import announced
from shared.chinese.annexes import announcement, heading_of
from shared.chinese.characters import fold
from shared.chinese.document_numbers import DocumentNumber
from shared.chinese.file_endings import without_ending
from shared.chinese.references.reference import Reference
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Span, Text
from shared.chinese.titles import find_titles, plain_title
from shared.notice import ACTS


class OwnPapers:
    """The titles and the number that are the document's own."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._key = document.full_number and document.full_number.key
        titles = {annex.title for annex in document.printed_annexes}
        titles |= set(announced(document, document.main_end))
        titles |= {without_ending(attachment.name) for attachment in document.attachments}
        self._titles = {plain_title(_without_heading(fold(title))) for title in titles if title} | {
            plain_title(document.title.folded)
        }
        title = document.title.folded
        if document.page_kind in ACTS:
            self._titles |= {
                plain_title(fold(named.words))
                for outer in find_titles(document.title)
                for named in (outer, *outer.inner)
                if TITLE_ISSUES.search(title, 0, named.start)
            }
            self._titles |= {
                plain_title(form["title"])
                for form in ISSUES_HERE.finditer(document.body.folded, 0, document.main_end)
            }
        self._titles.discard("")
        self._annex_lines = _annex_lines(document)

    def holds(self, reference: Reference, text: Text) -> bool:
        """Whether a reference in a text of the document is to the document itself or to what it issues."""
        if reference.number is not None:
            return self._is_number(reference) or self._is_printed_at(reference, text)
        title = plain_title(fold(reference.title or ""))
        folded, in_title = text.folded, text is self._document.title
        here = Span(0, len(folded)) if in_title else sentence_at(folded, reference.start)
        before = folded[max(here.start, reference.start - 200) : reference.start]
        behind = folded[reference.end : min(here.end, reference.end + 260)]
        if PARTS_AND_PAPERS.search(before) or DRAFT.search(title):
            return True
        if self._document.page_kind not in ACTS:
            return title in self._titles and not in_title
        if title in self._titles:
            return True
        if in_title:
            return bool(TITLE_ISSUES.search(before)) or not (before.strip() or behind.strip())
        index = bisect_right(self._annex_lines, reference.start, key=lambda line: line.start)
        if index and reference.start < self._annex_lines[index - 1].end:
            return True
        if ISSUED_BEFORE.search(before):
            return True
        hereby = HEREBY.search(before)
        return bool(
            (hereby or not behind.startswith("《"))
            and (hereby or ADOPTED.search(behind))
            and ISSUED_BEHIND.match(behind)
        )

    def _is_printed_at(self, reference: Reference, text: Text) -> bool:
        """Whether a number is read where the document's own is printed."""
        own = self._document.number
        return (
            own is not None
            and own.text is text
            and reference.number_start < own.end
            and own.start < reference.number_end
        )

    def _is_number(self, reference: Reference) -> bool:
        own, number = self._document.full_number, reference.number
        if own is None or number is None:
            return False
        if number.key is not None and own.key is not None:
            return number.key == own.key
        if number.key is None and number.issuers and reference.title is not None:
            # 《行政许可法》（主席令第7号）: each congress has an order of that serial.
            return plain_title(fold(reference.title)) in self._titles
        # A mechanism numbers under its name: 公告2025年第7号 is its 〔2025〕7号.
        return _same(own._replace(code=None, type="公告") if own.by_name else own, number)


def _same(own: DocumentNumber, number: DocumentNumber) -> bool:
    """Whether a number that is printed without issuer or year (令第23号, 公告2018年第47号) may be the own."""
    return (
        (own.type, own.code, own.serial) == (number.type, number.code, number.serial)
        and (not number.issuers or number.issuers[:1] == own.issuers[:1])
        and (number.year is None or number.year == own.year)
    )


def _without_heading(title: str) -> str:
    heading = heading_of(title)
    return heading["title"] if heading and heading.name == "titled" else title


def _annex_lines(document: Document) -> list[Span]:
    """The 附件说明: lines that name the annexes, the numbered ones below the first included."""
    spans: list[Span] = []
    goes_on = False
    for line in document.body.lines:
        found = announcement(line.bare, goes_on=goes_on)
        goes_on = found is not None and "。" not in found.title
        if goes_on:
            spans.append(Span(line.start, line.end))
    return spans
