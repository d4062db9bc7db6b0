"""The document's own 发文字号, never one that it cites.

It stands in the label block, in the masthead (on one line, or issuer, 公告 and number on several),
at the front of the title or in brackets at its end, or in the bracket under the title that says by
which order the text was issued.
"""

import re
from typing import NamedTuple

from services.parser.document.document import Document, Reading
from services.parser.document.identity.label_block import Label
from shared.chinese.acts import ISSUE
from shared.chinese.bodies import bodies_of_line, known_bodies
from shared.chinese.characters import Compact, compact
from shared.chinese.document_numbers import (
    TYPE,
    YEAR_OF_SERIAL,
    DocumentNumber,
    NumberFound,
    find_numbers,
    number_of,
    parse_bare,
)
from shared.chinese.document_types import DOCUMENT_TYPE
from shared.chinese.numerals import TENS
from shared.chinese.text import Line, Text, trimmed
from shared.notice import Evidence, NumberParts

# A title that changes or explains a document names that one's number in its brackets.
_ABOUT_ANOTHER = re.compile(r"废止|修改|修订|失效|解读|问答|答记者|撤销|延长|调整|勘误|更正|补充")
# 关于废止《某办法》的决定（商务部令2019年第5号）: what stands outside the marks is the document itself.
_OWN_TYPE = re.compile(r"》.{0,20}的(?:决定|通知|公告|通告|函|意见|令)（\s?$")
_YEAR_OF_SERIAL = re.compile(YEAR_OF_SERIAL)
_SEVERAL = re.compile(rf"等[\d{TENS}]{{1,3}}(?:个)?(?:部门|部委|单位)\s?$")
# 关于某事的通知 商办贸函〔2025〕10号
_ENDS_WITH_TYPE = re.compile(DOCUMENT_TYPE + "[ —:：-]+$")
# 紧急程度, printed before the number (GB/T 9704-2012, 7.2.3)
_URGENT = ("特急", "加急", "平急", "急件")
_TYPE_LINE = re.compile(rf"^(?:.*?)({TYPE})$")
_PROMULGATED = re.compile(rf"^（[^（）]{{0,80}}?(?:{ISSUE}|令)")
_UNNAMED_TITLE = re.compile(rf"({TYPE})$")


class OwnNumber(NamedTuple):
    """The own number, where it is printed, and what is doubtful about it."""

    number: DocumentNumber
    text: Text
    start: int
    end: int
    warnings: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """The number as the page prints it."""
        return self.text.as_printed(self.start, self.end)

    def evidence(self, field: str) -> Evidence:
        """Evidence for a field that was read from the number."""
        return self.text.evidence(field, self.start, self.end)


def read(document: Document) -> Reading[OwnNumber | None]:
    """The document's own number; None when it has none. What the first place leaves out (issuers,
    the year) is filled in from the others that print the same serial.
    """
    label = document.label_block.get("number")
    candidates = [
        found
        for found in (
            _from_label(document, label) if label is not None else None,
            _from_masthead(document),
            _from_title(document.title),
            _from_promulgation(document.body),
        )
        if found is not None
    ]
    if not candidates:
        return Reading(None)
    first, *others = candidates
    number, warnings = first.number, []
    for other in others:
        if other.number.serial != number.serial:
            warnings.append(
                f"document_number: {number.canonical()} here, {other.number.canonical()} there"
            )
            continue
        if number.code is None and not number.issuers and other.number.issuers:
            number = number.with_issuers(other.number.issuers)
        if label is None and not other.number.bracketed and other.number.year:
            # A masthead may print [2012]第35号 where the title prints 2012年第35号.
            number = number._replace(bracketed=number.bracketed and number.code is not None)
        if number.year is None and other.number.year is not None:
            number = number._replace(year=other.number.year, bracketed=other.number.bracketed)
        if number.code is None and number.type is None and other.number.type:
            number = number._replace(type=other.number.type)
    return Reading(first._replace(number=number, warnings=tuple(warnings)))


def read_full(document: Document) -> Reading[DocumentNumber | None]:
    """The own number with the issuers that a masthead may leave out."""
    own = document.number
    if own is None:
        return Reading(None)
    number, warnings = own.number, own.warnings
    # Announcements and orders are numbered by issuer.
    if number.code is None and not number.issuers:
        number = number.with_issuers(document.issuers)
        if not document.issuers:
            warnings = ("document_number: no issuer found", *warnings)
    return Reading(number, (own.evidence("document_number"),), warnings)


def read_canonical(document: Document) -> Reading[str | None]:
    """The own number in its canonical form."""
    return Reading(document.full_number.canonical() if document.full_number else None)


def read_parts(document: Document) -> Reading[NumberParts | None]:
    """The own number taken apart."""
    return Reading(document.full_number.parts() if document.full_number else None)


def read_printed(document: Document) -> Reading[str | None]:
    """The own number as the page prints it."""
    own = document.number
    if own is None:
        return Reading(None)
    return Reading(own.printed, (own.evidence("document_number_raw"),))


def _from_label(document: Document, label: Label) -> OwnNumber | None:
    line = compact(label.folded)
    found = number_of(line.text)
    if found is not None:
        return OwnNumber(found, label.text, label.start, label.end)
    mentions = find_numbers(label.folded)
    if mentions:
        # The text may go on behind the number on the same line.
        first = mentions[0]
        start, end = label.start + first.start, label.start + first.end
        return OwnNumber(first.number, label.text, start, end)
    # 【发布文号】商务部2010年第15号
    year_at = _YEAR_OF_SERIAL.search(line.text)
    bodies = bodies_of_line(line.text, 0, year_at.start()) if year_at else None
    bare = parse_bare(line.text[year_at.start() :] if year_at and bodies else label.value)
    if bare is None:
        return None
    year, serial, bracketed = bare
    issuers = tuple(body.name for body in bodies or ())
    kind = _UNNAMED_TITLE.search(document.title.bare)
    number = DocumentNumber(
        issuers, kind.group(1) if kind else "公告", None, year, serial, bracketed
    )
    return OwnNumber(number, label.text, label.start, label.end)


def _from_masthead(document: Document) -> OwnNumber | None:
    lines, body = document.masthead, document.body
    # Longest first: issuer, 公告 and number are often on three lines, joint issuers on more.
    for last, line in enumerate(lines):
        if "号" not in line.folded:
            continue
        for first in range(_masthead_above(lines, last), last + 1):
            joined = compact(body.folded, lines[first].start, line.end)
            number = number_of(joined.text)
            if number is not None:
                return _joined(body, number, joined)
        inner = _in_brackets(document, line)
        if inner is not None:
            return inner
        number_at_front = _at_front(body, line)
        if number_at_front is not None and last <= 2:
            return number_at_front
        bare = parse_bare(line.raw)
        kind = _kind_above(lines[:last])
        if bare is not None and kind is None and last == 0:
            kind = _masthead_title(document)
        if bare is not None and kind:
            year, serial, bracketed = bare
            number = DocumentNumber((), kind, None, year, serial, bracketed)
            return _joined(body, number, compact(body.folded, line.start, line.end))
    return None


def _in_brackets(document: Document, line: Line) -> OwnNumber | None:
    """A number that stands in brackets on a line of its own under the title."""
    text = compact(document.body.folded, line.start, line.end)
    if text.text[:1] + text.text[-1:] != "（）" or _ABOUT_ANOTHER.search(document.title.folded):
        return None
    number = number_of(text.text[1:-1])
    if number is None:
        return None
    return _joined(document.body, number, Compact(text.text[1:-1], text.offsets[1:-1]))


def _masthead_title(document: Document) -> str | None:
    """The type of a title that is nothing but the masthead: 中华人民共和国商务部令."""
    title = document.title.bare
    kind = _TYPE_LINE.match(title)
    rest = title[: -len(kind.group(1))] if kind else ""
    return kind.group(1) if kind and bodies_of_line(rest, 0, len(rest)) else None


def _masthead_above(lines: tuple[Line, ...], last: int) -> int:
    """The first of the lines right above `last` that all belong to a masthead, at most eight."""
    first = last
    while first > max(0, last - 8) and _belongs_to_masthead(lines[first - 1]):
        first -= 1
    return first


def _belongs_to_masthead(line: Line) -> bool:
    text = line.bare
    kind = _TYPE_LINE.match(text)
    rest = text[: -len(kind.group(1))] if kind else text
    return not rest or rest == "文件" or bodies_of_line(rest, 0, len(rest)) is not None


def _kind_above(lines: tuple[Line, ...]) -> str | None:
    for line in reversed(lines):
        kind = _TYPE_LINE.match(line.bare)
        if kind and len(line.bare) <= 40:
            return kind.group(1)
    return None


def _at_front(body: Text, line: Line) -> OwnNumber | None:
    """A number at the front of a line that goes on after a space: 商建函〔2022〕1号 各省…"""
    for found in find_numbers(body.folded, line.start, line.end):
        before = body.folded[line.start : found.start]
        after = body.folded[found.end : line.end]
        if before.strip() in ("", *_URGENT) and (not after or after[0].isspace()):
            return OwnNumber(found.number, body, found.start, found.end)
        break
    return None


def _joined(body: Text, number: DocumentNumber, text: Compact) -> OwnNumber:
    return OwnNumber(number, body, *text.span(0, len(text.text)))


def _from_title(title: Text) -> OwnNumber | None:
    folded = title.folded
    mentions = find_numbers(folded)
    if not mentions:
        return None
    first, last = mentions[0], mentions[-1]
    if _stands_first(folded, first) and not re.match(r"\s*(?:的|解读)", folded[first.end :]):
        number = _with_unknown_issuers(folded, first)
        start, end = trimmed(folded, 0, first.end)
        return OwnNumber(number, title, start, end)
    at_end = not folded[last.end :].strip() and _ENDS_WITH_TYPE.search(folded[: last.start])
    in_brackets = (
        folded[: last.start].rstrip().endswith("（") and folded[last.end :].strip() == "）"
    )
    about_another = _ABOUT_ANOTHER.search(folded)
    if (at_end and not about_another) or (
        in_brackets and (not about_another or _OWN_TYPE.search(folded[: last.start]))
    ):
        return OwnNumber(last.number, title, last.start, last.end)
    return None


def _stands_first(folded: str, found: NumberFound) -> bool:
    before = _SEVERAL.sub("", folded[: found.start])
    return not before.strip() or bodies_of_line(before, 0, len(before)) is not None


def _with_unknown_issuers(folded: str, found: NumberFound) -> DocumentNumber:
    before = folded[: found.start]
    # Of 商务部等四部门 only the signature names all.
    if not before.strip() or _SEVERAL.search(before):
        return found.number
    if found.number.code is not None or found.number.issuers:
        return found.number
    bodies = bodies_of_line(before, 0, len(before)) or []
    return found.number.with_issuers(tuple(body.name for body in bodies))


def _from_promulgation(body: Text) -> OwnNumber | None:
    """The number in a bracket under the title of a text that an order has issued
    （2024年5月22日中华人民共和国外交部令第7号公布，…）; later orders named there amended it.
    """
    for line in body.lines[:6]:
        if not _PROMULGATED.match(line.folded):
            continue
        for found in find_numbers(body.folded, line.start, line.end):
            if found.number.type is None:
                continue
            # Joint issuers may be parted by words that only this bracket uses.
            number = found.number
            if not number.issuers and known_bodies(body.folded, line.start, found.start):
                continue
            return OwnNumber(number, body, found.start, found.end)
    return None
