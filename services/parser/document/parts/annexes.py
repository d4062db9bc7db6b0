"""附件 that are printed in the page behind the signature, and the 附件说明 that names them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from services.parser.document.document import Document, Reading
from services.parser.document.identity.signature import signed_until
from shared.chinese.annexes import (
    Announced,
    Mention,
    announcement,
    heading_number,
    heading_of,
    mentions,
    printed_heading,
)
from shared.chinese.characters import compact, fold, squeeze
from shared.chinese.file_endings import without_ending
from shared.chinese.markers import marker_at
from shared.chinese.text import Line
from shared.notice import Annex, Evidence


class PrintedAnnex(NamedTuple):
    """A printed annex 附件: its heading line, its title and its text, as spans of the body text.

    `start` is where the heading (附件, 附件1) begins, `end` where the annex ends; `title_start` to
    `title_end` the title, `text_start` to `end` the text behind it. `word` is 件, 表 or 录 of the heading. `number` is
    printed there, else the one that the 附件说明 gives the title; of several annexes without any, it is their place.
    """

    title: str
    start: int
    title_start: int
    title_end: int
    text_start: int
    end: int
    word: str = "件"
    number: int | None = None


def read_annexes(document: Document) -> Reading[tuple[Annex, ...]]:
    """The printed annexes as a notice keeps them."""
    body = document.body
    values: list[Annex] = []
    evidence: list[Evidence] = []
    for index, annex in enumerate(document.printed_annexes):
        text = body.raw[annex.text_start : annex.end]
        values.append(Annex(title=annex.title, text=text))
        if annex.title:
            field = f"annexes[{index}].title"
            evidence.append(body.evidence(field, annex.title_start, annex.title_end))
        if text:
            evidence.append(body.evidence(f"annexes[{index}].text", annex.text_start, annex.end))
    return Reading(tuple(values), tuple(evidence))


def read(document: Document) -> Reading[tuple[PrintedAnnex, ...]]:
    """The printed annexes in order.

    An annex begins with 附件 on a line of its own or before its title, behind the signature (GB/T
    9704 sets it on a new page); some pages leave the heading out, and the title that the 附件说明
    announced begins it. A list of links under 附件 is no printed annex.
    """
    signed = signed_until(document.body, document.signature)
    lines = document.body.lines
    files = "\n".join(without_ending(squeeze(one.name)) for one in document.attachments)
    headings = [line for line in lines if line.start >= signed and _is_heading(line, signed, files)]
    announces = _announced(document)
    if not headings and signed:
        headings = [
            line
            for line in lines
            if line.start >= signed and announces.get(_bare(line.bare), signed) < signed
        ]
    annexes: list[PrintedAnnex] = []
    for index, heading in enumerate(headings):
        end = headings[index + 1].index if index + 1 < len(headings) else len(lines)
        below = lines[heading.index + 1 : end]
        is_announced = announces.get(_bare(heading.bare), heading.start) < heading.start
        annex = _annex(document, heading, below, files, is_announced=is_announced)
        if annex is not None:
            annexes.append(annex)
    return Reading(tuple(_numbered(document, annexes)))


def _numbered(document: Document, annexes: Sequence[PrintedAnnex]) -> Iterator[PrintedAnnex]:
    if not annexes:
        return
    known = announced_numbers(document, (one.title for one in annexes))
    numbers = [one.number or number for one, number in zip(annexes, known, strict=True)]
    several = len(annexes) > 1 and not any(numbers)
    for place, (annex, number) in enumerate(zip(annexes, numbers, strict=True), 1):
        yield annex._replace(number=place if several else number)


def announced_titles(document: Document) -> dict[int, str]:
    """The titles that the main text announces, by the number of the annex; 0 where it has none."""
    return {
        one.number or 0: one.title
        for line, one in _announcing(document)
        if line.start < document.main_end
    }


def announced_numbers(document: Document, titles: Iterable[str]) -> list[int | None]:
    """The numbers that the 附件说明 gives to annexes with these titles, or names of files."""
    numbers = {_bare(one.title): one.number for _, one in _announcing(document) if one.number}
    return [numbers.get(_bare(without_ending(squeeze(fold(title))))) for title in titles]


def _is_heading(line: Line, signed: int, files: str) -> bool:
    heading = printed_heading(line.bare)
    if heading is None:
        return False
    if heading.name == "alone":
        return signed > 0 or line.index >= 2
    return signed > 0 and not _is_link(heading["title"], files)


def announced(document: Document, until: int) -> list[str]:
    """The titles in the 附件说明, without numbers and file extensions, white space left out."""
    return [one.title for line, one in _announcing(document) if line.start < until]


def announcing_lines(document: Document) -> frozenset[int]:
    """The indexes of the lines of the main text that announce annexes."""
    return frozenset(
        line.index for line, _ in _announcing(document) if line.start < document.main_end
    )


def mentions_in(document: Document) -> Iterator[tuple[Mention, Line]]:
    """The annexes that the main text names, but for the 附件说明, each with its line."""
    announcing = announcing_lines(document)
    for mention in mentions(document.body.folded, 0, document.main_end):
        line = document.body.line_at(mention.start)
        if line is not None and line.index not in announcing:
            yield mention, line


def annex_at(document: Document, at: int) -> int | None:
    """The index of the printed annex that an offset is in."""
    annexes = document.printed_annexes
    index = bisect_right(annexes, at, key=lambda annex: annex.start) - 1
    return index if index >= 0 and at < annexes[index].end else None


def _announcing(document: Document) -> Iterator[tuple[Line, Announced]]:
    """The lines of the 附件说明, and what they announce, titles without file extensions."""
    goes_on = False
    for line in document.body.lines:
        # (附件1.docx is a link without a title, and none with the title docx.)
        found = announcement(without_ending(line.bare), goes_on=goes_on)
        goes_on = found is not None
        if found and found.title:
            yield line, found


def _announced(document: Document) -> dict[str, int]:
    """Where the text announces each title first."""
    found: dict[str, int] = {}
    for line, one in _announcing(document):
        found.setdefault(_bare(one.title), line.start)
    return found


def _bare(title: str) -> str:
    return re.sub(r"[《》]|（[^（）]*）$", "", title)


def _is_link(text: str, files: str) -> bool:
    """Whether a text is the name of a file, or stands in one of the `files` that the page links to."""
    return without_ending(text) != text or (bool(text) and text in files)


def _annex(
    document: Document, heading: Line, below: tuple[Line, ...], files: str, *, is_announced: bool
) -> PrintedAnnex | None:
    text = heading.bare
    printed = heading_of(text)
    if printed is not None and printed.name == "alone":
        if not below:
            return None
        if all(_is_link(_without_number(line.bare), files) for line in below):
            return None
        title_line, rest = below[0], below[1:]
        title_start, title_end = title_line.start, title_line.end
        # An annex that begins with its content, a sentence or a table, has no title of its own.
        in_table = any(table.start == title_line.start for table in document.tables)
        if in_table or "。" in title_line.raw or len(title_line.raw) > 100:
            title_end = title_start
            rest = below
    else:
        if printed and not is_announced:
            compacted = compact(document.body.folded, heading.start, heading.end)
            title_start, title_end = compacted.span(*printed.span("title"))
        else:
            title_start, title_end = heading.start, heading.end
        # 附件：… with nothing below names an annex that the page does not print.
        if not below:
            return None
        rest = below
    end = below[-1].end if below else heading.end
    text_start = rest[0].start if rest else end
    return PrintedAnnex(
        document.body.raw[title_start:title_end].strip(),
        heading.start,
        title_start,
        title_end,
        text_start,
        end,
        (printed["word"] if printed else "") or "件",
        heading_number(printed) if printed else None,
    )


def _without_number(bare: str) -> str:
    marker = marker_at(bare)
    return bare[marker.end :] if marker else bare
