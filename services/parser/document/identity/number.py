"""The document's own 发文字号, never one that it cites.

It stands in the label block, in the masthead (on one line, or issuer, 公告 and number on several),
at the front of the title or in brackets at its end, or in the bracket under the title that says by
which order the text was issued.
"""

import re
from dataclasses import replace
from typing import NamedTuple

from services.parser.document.document import Document, Line, title_evidence
from services.parser.document.identity.label_block import Label
from shared.chinese.acts import ISSUE
from shared.chinese.bodies import bodies_of_line, known_bodies
from shared.chinese.characters import Compact, compact, fold, squeeze
from shared.chinese.dates import YEAR
from shared.chinese.document_numbers import (
    TYPE,
    DocumentNumber,
    NumberFound,
    find_numbers,
    number_of,
    parse_bare,
)
from shared.chinese.numerals import TENS
from shared.notice import Evidence

# A title that changes or explains a document names that one's number in its brackets.
_ABOUT_ANOTHER = re.compile(r"废止|修改|修订|失效|解读|问答|答记者|撤销|延长|调整|勘误|更正|补充")
# 关于废止《某办法》的决定（商务部令2019年第5号）: what stands outside the marks is the document itself.
_OWN_TYPE = re.compile(r"》.{0,20}的(?:决定|通知|公告|通告|函|意见|令)（\s?$")
_YEAR_OF_SERIAL = re.compile(rf"{YEAR}年第|〔{YEAR}〕")
_SEVERAL = re.compile(rf"等[\d{TENS}]{{1,3}}(?:个)?(?:部门|部委|单位)\s?$")
# 关于某事的通知 商办贸函〔2025〕10号
_ENDS_WITH_TYPE = re.compile(r"(?:通知|公告|通告|函|意见|决定|通报|批复|办法|规定)[ —:：-]+$")
# 紧急程度, printed before the number (GB/T 9704-2012, 7.2.3)
_URGENT = ("特急", "加急", "平急", "急件")
_TYPE_LINE = re.compile(rf"^(?:.*?)({TYPE})$")
_PROMULGATED = re.compile(rf"^（[^（）]{{0,80}}?(?:{ISSUE}|令)")
_UNNAMED_TITLE = re.compile(rf"({TYPE})$")


class OwnNumber(NamedTuple):
    """The own number, how it is printed, where, and what is doubtful about it."""

    number: DocumentNumber
    raw: str
    evidence: Evidence
    warnings: tuple[str, ...] = ()


def own_number(document: Document, labels: dict[str, Label]) -> OwnNumber | None:
    """The document's own number; None when it has none. What the first place leaves out (issuers,
    the year) is filled in from the others that print the same serial.
    """
    candidates = [
        found
        for found in (
            _from_label(document, labels.get("number")),
            _from_masthead(document),
            _from_title(document),
            _from_promulgation(document),
        )
        if found is not None
    ]
    if not candidates:
        return None
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
        if labels.get("number") is None and not other.number.bracketed and other.number.year:
            # A masthead may print [2012]第35号 where the title prints 2012年第35号.
            number = number._replace(bracketed=number.bracketed and number.code is not None)
        if number.year is None and other.number.year is not None:
            number = number._replace(year=other.number.year, bracketed=other.number.bracketed)
        if number.code is None and number.type is None and other.number.type:
            number = number._replace(type=other.number.type)
    return OwnNumber(number, first.raw, first.evidence, tuple(warnings))


def _from_label(document: Document, label: Label | None) -> OwnNumber | None:
    if label is None:
        return None
    line = compact(fold(label.value))
    found = number_of(line.text)
    if found is not None:
        return OwnNumber(found, label.value, label.evidence("document_number"))
    mentions = find_numbers(fold(label.value))
    if mentions:
        # The text may go on behind the number on the same line.
        first = mentions[0]
        place = label.evidence("document_number")
        return OwnNumber(
            first.number,
            label.value[first.start : first.end],
            replace(place, start=label.start + first.start, end=label.start + first.end),
        )
    # 【发布文号】商务部2010年第15号
    year_at = _YEAR_OF_SERIAL.search(line.text)
    bodies = bodies_of_line(line.text, 0, year_at.start()) if year_at else None
    bare = parse_bare(line.text[year_at.start() :] if year_at and bodies else label.value)
    if bare is None:
        return None
    year, serial, bracketed = bare
    issuers = tuple(body.name for body in bodies or ())
    kind = _UNNAMED_TITLE.search(squeeze(document.folded_title))
    number = DocumentNumber(issuers, kind.group(1) if kind else None, None, year, serial, bracketed)
    if number.type is None:
        number = number._replace(type="公告")
    return OwnNumber(number, label.value, label.evidence("document_number"))


def _from_masthead(document: Document) -> OwnNumber | None:
    lines = document.head
    # Longest first: issuer, 公告 and number are often on three lines, joint issuers on more.
    for last, line in enumerate(lines):
        if "号" not in line.folded:
            continue
        for first in range(_masthead_above(lines, last), last + 1):
            joined = compact(document.folded, lines[first].start, line.end)
            number = number_of(joined.text)
            if number is not None:
                return _printed(document, number, joined)
        inner = _in_brackets(document, line)
        if inner is not None:
            return inner
        number_at_front = _at_front(document, line)
        if number_at_front is not None and last <= 2:
            return number_at_front
        bare = parse_bare(line.text)
        kind = _kind_above(lines[:last])
        if bare is not None and kind is None and last == 0:
            kind = _masthead_title(document)
        if bare is not None and kind:
            year, serial, bracketed = bare
            number = DocumentNumber((), kind, None, year, serial, bracketed)
            return _printed(document, number, compact(document.folded, line.start, line.end))
    return None


def _in_brackets(document: Document, line: Line) -> OwnNumber | None:
    """A number that stands in brackets on a line of its own under the title."""
    text = compact(document.folded, line.start, line.end)
    if text.text[:1] + text.text[-1:] != "（）" or _ABOUT_ANOTHER.search(document.folded_title):
        return None
    number = number_of(text.text[1:-1])
    if number is None:
        return None
    return _printed(document, number, Compact(text.text[1:-1], text.offsets[1:-1]))


def _masthead_title(document: Document) -> str | None:
    """The type of a title that is nothing but the masthead: 中华人民共和国商务部令."""
    title = squeeze(document.folded_title)
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


def _at_front(document: Document, line: Line) -> OwnNumber | None:
    """A number at the front of a line that goes on after a space: 商建函〔2022〕1号 各省…"""
    for found in find_numbers(document.folded, line.start, line.end):
        before = document.folded[line.start : found.start]
        after = document.folded[found.end : line.end]
        if before.strip() in ("", *_URGENT) and (not after or after[0].isspace()):
            raw = document.body_text[found.start : found.end]
            evidence = document.evidence("document_number", found.start, found.end)
            return OwnNumber(found.number, raw, evidence)
        break
    return None


def _printed(document: Document, number: DocumentNumber, text: Compact) -> OwnNumber:
    start, end = text.span(0, len(text.text))
    return OwnNumber(
        number,
        document.body_text[start:end],
        document.evidence("document_number", start, end),
    )


def _from_title(document: Document) -> OwnNumber | None:
    title = document.title or ""
    folded = fold(title)
    mentions = find_numbers(folded)
    if not mentions:
        return None
    first, last = mentions[0], mentions[-1]
    if _stands_first(folded, first) and not re.match(r"\s*(?:的|解读)", folded[first.end :]):
        return OwnNumber(
            _with_unknown_issuers(folded, first),
            title[: first.end].strip(),
            title_evidence("document_number", 0, first.end),
        )
    at_end = not folded[last.end :].strip() and _ENDS_WITH_TYPE.search(folded[: last.start])
    if at_end and not _ABOUT_ANOTHER.search(folded):
        return OwnNumber(
            last.number,
            title[last.start : last.end],
            title_evidence("document_number", last.start, last.end),
        )
    in_brackets = (
        folded[: last.start].rstrip().endswith("（") and folded[last.end :].strip() == "）"
    )
    if in_brackets and (
        not _ABOUT_ANOTHER.search(folded) or _OWN_TYPE.search(folded[: last.start])
    ):
        return OwnNumber(
            last.number,
            title[last.start : last.end],
            title_evidence("document_number", last.start, last.end),
        )
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


def _from_promulgation(document: Document) -> OwnNumber | None:
    """The number in a bracket under the title of a text that an order has issued
    （2024年5月22日中华人民共和国外交部令第7号公布，…）; later orders named there amended it.
    """
    for line in document.lines[:6]:
        if not _PROMULGATED.match(line.folded):
            continue
        for found in find_numbers(document.folded, line.start, line.end):
            if found.number.type is None:
                continue
            # Joint issuers may be parted by words that only this bracket uses.
            number = found.number
            if not number.issuers and known_bodies(document.folded, line.start, found.start):
                continue
            return OwnNumber(
                number,
                document.body_text[found.start : found.end],
                document.evidence("document_number", found.start, found.end),
            )
    return None
