"""A page's document: its texts, and the results of the stages of reading so far."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from services.parser.layouts.page import Page, TextTable
from shared.chinese.document_numbers import DocumentNumber
from shared.chinese.moods import draft_words
from shared.chinese.spans import Spans
from shared.chinese.text import Line, Passage, Span, Text
from shared.notice import (
    Attachment,
    Citation,
    DutyRate,
    Evidence,
    ListedEntity,
    PageKind,
    RegulatedItem,
    Unread,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from services.parser.document.force.effect import Effect
    from services.parser.document.force.end import End
    from services.parser.document.identity.history import History
    from services.parser.document.identity.label_block import LabelBlock
    from services.parser.document.identity.number import OwnNumber
    from services.parser.document.identity.signature import Signature
    from services.parser.document.parts.annexes import PrintedAnnex
    from services.parser.document.trade_remedies.stage import Remedy
    from services.parser.document.unread.accounts import Accounted

T_co = TypeVar("T_co", covariant=True)

# The language that documents are in, as an ISO 639-1 code; a page in another is none.
CHINESE = "zh"


class Reading(NamedTuple, Generic[T_co]):
    """The result of a stage: value, evidence and warnings, the latter as ``field: doubt``."""

    value: T_co
    evidence: tuple[Evidence, ...] = ()
    warnings: tuple[str, ...] = ()


class Document:
    """One document. The texts are there from the beginning; each field below them is what the stage
    of its name found (`stages.py`): to ask for it before that stage has run is an AttributeError.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.title = Text(page.title or "", "title")
        self.body = Text(page.text.body_text)
        self.tables = _tables(page.text.tables, self.body)
        self.meta: Mapping[str, str] = page.meta
        self.attachments: tuple[Attachment, ...] = page.attachments
        self._meta_texts: dict[str, Text] = {}
        # Of all stages so far.
        self.evidence: Sequence[Evidence] = ()

    language: str = CHINESE
    label_block: "LabelBlock"
    masthead: tuple[Line, ...]
    history: "History | None"
    number: "OwnNumber | None"
    signature: "Signature | None"
    page_kind: PageKind
    published_at: "datetime | None"

    issuers: tuple[str, ...]
    signatories: tuple[str, ...]
    full_number: DocumentNumber | None
    document_number: str | None
    document_type: str | None
    issued_on: "date | None"
    printed_annexes: "tuple[PrintedAnnex, ...]"
    effect: "Effect"
    effective_on: "date | None"
    ends: "tuple[End, ...]"
    last_day: "date | None"
    citations: tuple[Citation, ...]
    listed_entities: tuple[ListedEntity, ...]
    duty_rates: tuple[DutyRate, ...]
    regulated_items: tuple[RegulatedItem, ...]
    accounts: "Accounted"
    unread: tuple[Unread, ...]
    doubts: None
    remedy: "Remedy"

    @property
    def main_end(self) -> int:
        """Where the main text ends: at the first printed annex, or with the body."""
        return self.printed_annexes[0].start if self.printed_annexes else len(self.body)

    @property
    def main_lines(self) -> tuple[Line, ...]:
        """The lines before the first printed annex."""
        lines, end = self.body.lines, self.main_end
        return lines[: bisect_left(lines, end, key=lambda line: line.start)]

    def tables_within(self, start: int, end: int) -> tuple[TextTable, ...]:
        """The tables that begin and end between two offsets of the body."""
        first = bisect_left(self.tables, start, key=lambda table: table.start)
        last = bisect_right(self.tables, end, key=lambda table: table.end)
        return self.tables[first:last]

    def lines_besides(self, tables: Sequence[TextTable], start: int, end: int) -> Iterator[Line]:
        """The lines between two offsets of the body that stand in none of some tables."""
        within = Spans(Span(table.start, table.end + 1) for table in tables)
        for line in self.body.lines_within(start, end):
            if not within.touch(line.start, line.start + 1):
                yield line

    @property
    def published_on(self) -> "date | None":
        """The day on which the page says that it was published."""
        return self.published_at.date() if self.published_at else None

    @cached_property
    def draft(self) -> Passage | None:
        """The words of the title by which the page is a draft, of which nothing is done; None for others."""
        words = draft_words(self.title.folded)
        return Passage(self.title, *words) if words else None

    def meta_text(self, key: str) -> Text:
        """An entry of `Notice.meta`; empty where there is none."""
        text = self._meta_texts.get(key)
        if text is None:
            text = self._meta_texts[key] = Text(self.meta.get(key, ""), "meta", key)
        return text


def _tables(tables: tuple[TextTable, ...], body: Text) -> tuple[TextTable, ...]:
    """The tables, their cells at the offsets of the body without gaps."""
    if body.raw is body.printed:
        return tables
    at = body.offset
    return tuple(
        TextTable(
            tuple(
                tuple(replace(cell, start=at(cell.start), end=at(cell.end)) for cell in row)
                for row in table.rows
            )
        )
        for table in tables
    )
