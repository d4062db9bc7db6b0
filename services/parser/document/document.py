"""The document as text with offsets, and what a reader gives back."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Generic, NamedTuple, TypeVar

from services.parser.layouts.page import Page, TextTable
from shared.chinese.characters import fold, squeeze
from shared.chinese.gaps import Ungapped, without_gaps
from shared.notice import Attachment, Evidence, PageKind

T = TypeVar("T")


class Reading(NamedTuple, Generic[T]):
    """What a reader found: values in the order of the text, where, and what is doubtful."""

    values: tuple[T, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    warnings: tuple[str, ...] = ()


class Found(NamedTuple, Generic[T]):
    """One value and where it was read."""

    value: T
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a table row; `start` and `end` count characters of the body text, `bare` is the
    folded text without white space.
    """

    index: int
    start: int
    end: int
    text: str
    folded: str
    bare: str


@dataclass(frozen=True, slots=True)
class AnnexText:
    """A printed annex 附件: its heading line, its title and its text, as spans of the body text.

    `start` is where the heading (附件, 附件1) begins, `end` where the annex ends; `title_start` to
    `title_end` the title, `text_start` to `end` the text behind it.
    """

    title: str
    start: int
    title_start: int
    title_end: int
    text_start: int
    end: int


class Document(NamedTuple):
    """One document. Fields below `folded_title` are filled in as the reading goes on.

    `body_text` is the page's without the spaces between Chinese characters and digits; `ungapped`
    tells where its characters stand in the page's.
    """

    title: str | None
    body_text: str
    folded: str
    lines: tuple[Line, ...]
    tables: tuple[TextTable, ...]
    meta: dict[str, str]
    url: str
    attachments: tuple[Attachment, ...]
    # The title's folded twin; empty where there is none.
    folded_title: str
    ungapped: Ungapped
    # Where MOFCOM's label block ends, and the lines between it and the first paragraph.
    label_end: int = 0
    head: tuple[Line, ...] = ()
    page_kind: PageKind = "notice"
    # The day on which the page says it was published.
    published_on: date | None = None
    document_number: str | None = None
    document_type: str | None = None
    issuers: tuple[str, ...] = ()
    issued_on: date | None = None
    effective_on: date | None = None
    effective_at: datetime | None = None
    # Where the body text says so, for the values that take that day over.
    effective_span: tuple[int, int] | None = None
    annexes: tuple[AnnexText, ...] = ()
    # The body text before the first printed annex.
    main_end: int = 0

    @property
    def main_lines(self) -> tuple[Line, ...]:
        """The lines before the first printed annex."""
        return self.lines[: bisect_left(self.lines, self.main_end, key=lambda line: line.start)]

    def evidence(self, field: str, start: int, end: int) -> Evidence:
        """Evidence in the body text."""
        return Evidence(field=field, source="body_text", start=start, end=end)


def title_evidence(field: str, start: int, end: int) -> Evidence:
    """Evidence in the page's title."""
    return Evidence(field=field, source="title", start=start, end=end)


def meta_evidence(field: str, key: str, start: int, end: int) -> Evidence:
    """Evidence in `Notice.meta[key]`."""
    return Evidence(field=field, source="meta", key=key, start=start, end=end)


def document_of(page: Page, url: str) -> Document:
    """A page's text as a document of which nothing is read yet."""
    ungapped = without_gaps(page.text.body_text)
    body = ungapped.text
    folded = fold(body)
    lines: list[Line] = []
    start = 0
    for index, text in enumerate(body.split("\n") if body else ()):
        end = start + len(text)
        part = folded[start:end]
        lines.append(Line(index, start, end, text, part, squeeze(part)))
        start = end + 1
    return Document(
        title=page.title,
        body_text=body,
        folded=folded,
        lines=tuple(lines),
        tables=_moved(page.text.tables, ungapped),
        meta=page.meta,
        url=url,
        attachments=page.attachments,
        folded_title=fold(page.title or ""),
        ungapped=ungapped,
        main_end=len(body),
    )


def _moved(tables: tuple[TextTable, ...], ungapped: Ungapped) -> tuple[TextTable, ...]:
    if not ungapped.gaps:
        return tables
    at = ungapped.offset
    return tuple(
        TextTable(
            tuple(
                tuple(replace(cell, start=at(cell.start), end=at(cell.end)) for cell in row)
                for row in table.rows
            )
        )
        for table in tables
    )


__all__ = [
    "AnnexText",
    "Document",
    "Found",
    "Line",
    "Reading",
    "document_of",
    "meta_evidence",
    "title_evidence",
]
