"""A notice read together with its attachments, as if they were printed behind it: its lists may stand in them.

A list says what is in it, the notice what is done with that (实施出口管制, 列入管控名单), to whom and from when: neither can be
read without the other.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from services.parser.document.document import Document
from services.parser.document.parts.annexes import announced_numbers
from services.parser.document.read import read_document
from services.parser.layouts.page import Page, PageText, TextCell, TextTable
from services.parser.recognised import doubt_of
from shared.attachment import (
    AttachmentContent,
    AttachmentEvidence,
    Block,
    Paragraph,
    Table,
    least_certain,
)
from shared.chinese.annexes import heading_number, number_in_name, printed_heading
from shared.chinese.characters import compact, fold, squeeze
from shared.notice import Evidence, Notice

# What is taken from the reading with attachments; everything else a page says by itself.
LISTS = ("regulated_items", "listed_entities", "duty_rates", "deadlines")
# What attachments must not change: a form that is attached has dates and signatures of its own.
_OWN = ("page_kind", "document_number", "issued_on", "effective_on")


class Attached(NamedTuple):
    """An attachment that is read: its address, as the notice links to it, and what it contains."""

    url: str
    content: AttachmentContent


class WithAttachments(NamedTuple):
    """A notice whose lists are those of its page and its attachments; its evidence and warnings are those of the
    page but for the lists, whose evidence in attachments is apart.
    """

    notice: Notice
    evidence: tuple[AttachmentEvidence, ...]


class _Place(NamedTuple):
    """Where a paragraph or a cell begins in the text, and where it stands in its file."""

    start: int
    attachment: str
    block: int
    row: int | None
    cell: str | None
    page: int | None
    sheet: str | None
    confidence: float | None


def read_with_attachments(page: Page, url: str, attachments: Sequence[Attached]) -> WithAttachments:
    """The page with the attachments that could be read, in the order of its links; never raises.

    Without any, this is the notice as `read_document` reads it.
    """
    alone = read_document(page, url)
    written = _Written(page.text)
    for number, one in zip(_numbers(page, url, attachments), attachments, strict=True):
        written.add(one.url, one.content, number)
    if not written.places:
        return WithAttachments(alone, ())
    both = read_document(replace(page, text=written.text()), url)
    end = len(alone.body_text)
    in_page: list[Evidence] = []
    in_attachments: list[AttachmentEvidence] = []
    for evidence in both.evidence:
        if not evidence.field.startswith(LISTS):
            continue
        if evidence.source != "body_text" or evidence.start < end:
            in_page.append(evidence)
        else:
            in_attachments.append(written.evidence(evidence))
    changed = [name for name in _OWN if getattr(both, name) != getattr(alone, name)]
    lists = {name: _recognised(getattr(both, name), name, in_attachments) for name in LISTS}
    warnings = (
        *(one for one in alone.warnings if not one.startswith(LISTS)),
        *(one for one in both.warnings if one.startswith(LISTS)),
        *(
            f"{name}: reads otherwise with the attachments, which the lists rest on"
            for name in changed
        ),
        *(
            f"regulated_items[{index}].name: {doubt}"
            for index, item in enumerate(lists["regulated_items"])
            if (doubt := doubt_of(item)) is not None
        ),
    )
    notice = alone.model_copy(
        update={
            **lists,
            "evidence": (
                *(one for one in alone.evidence if not one.field.startswith(LISTS)),
                *in_page,
            ),
            "warnings": warnings,
        }
    )
    return WithAttachments(notice, tuple(in_attachments))


def _recognised(
    values: tuple[Any, ...], name: str, evidence: Sequence[AttachmentEvidence]
) -> tuple[Any, ...]:
    """The values of a field, those that were read in pictures with the confidence of their least certain words."""
    least: dict[str, float] = {}
    for one in evidence:
        if one.confidence is not None:
            value = one.field.partition(".")[0]
            least[value] = min(one.confidence, least.get(value, 1.0))
    return tuple(
        value.model_copy(update={"confidence": least[path]})
        if (path := f"{name}[{index}]") in least
        else value
        for index, value in enumerate(values)
    )


def _numbers(page: Page, url: str, attachments: Sequence[Attached]) -> list[int | None]:
    """The number of the annex that each file is, by its name or the 附件说明; where none has one, by their order."""
    names = {link.url: link.name for link in page.attachments}
    if any(one.url not in names for one in attachments):
        names = {one.url: names.get(one.url, one.url) for one in attachments}
    announced = announced_numbers(Document(page, url), names.values())
    found = [
        _number_in(name) or number for name, number in zip(names.values(), announced, strict=True)
    ]
    in_order = found if any(found) else range(1, len(names) + 1)
    numbers: dict[str, int | None] = dict(zip(names, in_order, strict=True))
    return [numbers[one.url] for one in attachments]


def _number_in(name: str) -> int | None:
    return number_in_name(squeeze(fold(name.rsplit("/", 1)[-1])))


class _Heading(NamedTuple):
    """The heading of an annex with which a file begins; its title, behind the heading on the same line, may be empty."""

    word: str
    number: int | None
    title: str


class _Written:
    """The text of a page with that of files behind it."""

    def __init__(self, text: PageText) -> None:
        self._page = text
        self._lines = [text.body_text]
        self._length = len(text.body_text) + 1
        self._tables: list[TextTable] = [*text.tables]
        self.places: list[_Place] = []

    def add(self, url: str, content: AttachmentContent, number: int | None) -> None:
        """Write a file, or those of an archive, each under a heading of an annex on a line of its own.

        The number of the file's own heading goes before the one that its link gives it.
        """
        for member in content.members:
            self.add(f"{url}#{member.name}", member.content, _number_in(member.name) or number)
        if not content.blocks:
            return
        heading = _heading_of(content.blocks[0])
        word, own = (heading.word, heading.number) if heading else ("件", None)
        start = self._line(f"附{word}{own or number or ''}")
        for index, block in enumerate(content.blocks):
            if isinstance(block, Table):
                self._table(url, index, block)
                continue
            text = block.text
            place = _Place(0, url, index, None, None, block.page, block.sheet, block.confidence)
            if heading and index == 0:
                self.places.append(place._replace(start=start))
                text = heading.title
            if text:
                self.places.append(place._replace(start=self._line(text)))

    def _table(self, url: str, index: int, table: Table) -> None:
        rows = []
        for number, row in enumerate(table.rows):
            if not row:
                continue
            at = self._line("\t".join(cell.text for cell in row))
            cells = []
            for column, cell in enumerate(row):
                name = cell.name or str(column)
                self.places.append(
                    _Place(at, url, index, number, name, cell.page, table.sheet, cell.confidence)
                )
                end = at + len(cell.text)
                cells.append(TextCell(cell.text, at, end, cell.row_span, cell.column_span))
                at = end + 1
            rows.append(tuple(cells))
        if rows:
            self._tables.append(TextTable(tuple(rows)))

    def _line(self, text: str) -> int:
        start = self._length
        self._lines.append(text)
        self._length += len(text) + 1
        return start

    def text(self) -> PageText:
        """All of it."""
        return replace(self._page, body_text=self._whole, tables=tuple(self._tables))

    @cached_property
    def _whole(self) -> str:
        return "\n".join(self._lines)

    def evidence(self, evidence: Evidence) -> AttachmentEvidence:
        """Evidence in the text behind the page's as evidence in the file that stands there."""
        at = max(bisect_right(self.places, evidence.start, key=lambda place: place.start) - 1, 0)
        place: dict[str, Any] = self.places[at]._asdict()
        del place["start"]
        behind = max(bisect_left(self.places, evidence.end, key=lambda place: place.start), at + 1)
        place["confidence"] = least_certain(one.confidence for one in self.places[at:behind])
        quote = self._whole[evidence.start : evidence.end]
        return AttachmentEvidence(field=evidence.field, quote=quote, **place)


def _heading_of(first: Block) -> _Heading | None:
    if not isinstance(first, Paragraph):
        return None
    compacted = compact(fold(first.text))
    heading = printed_heading(compacted.text)
    if heading is None:
        return None
    start = compacted.span(*heading.span("title"))[0] if heading.name == "titled" else None
    title = first.text[start:] if start is not None else ""
    return _Heading(heading["word"] or "件", heading_number(heading), title)
