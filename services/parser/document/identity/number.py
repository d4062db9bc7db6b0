"""The document's own 发文字号, never one that it cites.

It stands in the label block, in the masthead (on one line, or issuer, 公告 and number on several, with
the day or without), at the front of the title or in brackets at its end, or in the history under the
title, which says by which order the text was issued.
"""

from typing import NamedTuple

from services.parser.document.document import Document, Reading
from services.parser.document.identity.label_block import Label
from services.parser.document.identity.masthead import first_lines
from services.parser.document.identity.number_forms import (
    ABOUT_ANOTHER,
    ADDRESSEES_BEHIND,
    BEFORE_NUMBERS,
    ENDS_WITH_TYPE,
    OWN_TYPE,
    SEVERAL,
    TYPE_LINES,
    YEARS_OF_SERIALS,
)
from shared.chinese.bodies import bodies_of_line
from shared.chinese.characters import Compact, compact
from shared.chinese.dates import DateFound, find_dates
from shared.chinese.document_numbers import (
    DocumentNumber,
    NumberFound,
    find_numbers,
    number_of,
    parse_bare,
)
from shared.chinese.text import Line, Text, trimmed
from shared.notice import Evidence, NumberParts

_BRACKETS = ("（）", "【】", "〔〕")
# What parts a number from the day beside it.
_PARTS_DAY = " ，、；|—-（）"


class OwnNumber(NamedTuple):
    """The own number, where it is printed, and what is doubtful about it; `day` is the one that is
    printed beside it, as the only other thing on its line or in its bracket.
    """

    number: DocumentNumber
    text: Text
    start: int
    end: int
    warnings: tuple[str, ...] = ()
    day: DateFound | None = None

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
            _from_history(document),
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
    """The own number with the issuers and the year that a masthead may leave out."""
    own = document.number
    if own is None:
        return Reading(None)
    number, warnings = own.number, own.warnings
    # Announcements and orders are numbered by issuer.
    if number.code is None and not number.issuers:
        number = number.with_issuers(document.issuers)
        if not document.issuers:
            warnings = ("document_number: no issuer found", *warnings)
    if number.key is None and number.issuers:
        number = number.dated(own.day.value if own.day else document.issued_on)
        if number.key is None:
            warnings = ("document_number: its year is not printed", *warnings)
        elif own.day is None and number.prints_year:
            warnings = ("document_number: the year is that of its date of issue", *warnings)
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
    year_at = YEARS_OF_SERIALS.search(line.text)
    bodies = bodies_of_line(line.text, 0, year_at.start) if year_at else None
    bare = parse_bare(line.text[year_at.start :] if year_at and bodies else label.value)
    if bare is None:
        return None
    year, serial, bracketed = bare
    issuers = tuple(body.name for body in bodies or ())
    kind = TYPE_LINES.match(document.title.bare)
    number = DocumentNumber(
        issuers, kind["type"] if kind else "公告", None, year, serial, bracketed
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
        inner = _in_brackets(document, line) or _beside_day(document, line)
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
    return _glued(document)


def _in_brackets(document: Document, line: Line) -> OwnNumber | None:
    """A number that stands in brackets on a line of its own under the title."""
    text = compact(document.body.folded, line.start, line.end)
    if text.text[:1] + text.text[-1:] not in _BRACKETS or ABOUT_ANOTHER.search(
        document.title.folded
    ):
        return None
    number = number_of(text.text[1:-1])
    if number is None:
        return None
    return _joined(document.body, number, Compact(text.text[1:-1], text.offsets[1:-1]))


def _beside_day(document: Document, line: Line) -> OwnNumber | None:
    """A number with its day, in brackets or not: （某贸〔1995〕77号 一九九五年三月二日）."""
    folded = document.body.folded
    whole = trimmed(folded, line.start, line.end)
    bracketed = folded[whole.start : whole.start + 1] + folded[whole.end - 1] in _BRACKETS
    inner = trimmed(folded, whole.start + 1, whole.end - 1) if bracketed else whole
    days = find_dates(folded, inner.start, inner.end)
    if len(days) != 1 or (bracketed and ABOUT_ANOTHER.search(document.title.folded)):
        return None
    day = days[0]
    before = trimmed(folded, inner.start, day.start, _PARTS_DAY)
    behind = trimmed(folded, day.end, inner.end, _PARTS_DAY)
    for words, others in ((before, behind), (behind, before)):
        number = number_of(compact(folded, *words).text) if words else None
        if number is not None and (not others or bodies_of_line(folded, *others)):
            return OwnNumber(number, document.body, *words, day=day)
    return None


def _glued(document: Document) -> OwnNumber | None:
    """A number to which the addressees are glued: 商建函〔2022〕1号各省、自治区、直辖市商务主管部门："""
    line = next(iter(first_lines(document)), None)
    if line is None:
        return None
    body = document.body
    for found in find_numbers(body.folded, line.start, min(line.end, line.start + 60)):
        lead = BEFORE_NUMBERS.match(body.folded, line.start, found.start)
        if found.number.code is None or lead is None:
            return None
        if ADDRESSEES_BEHIND.match(body.folded, found.end, line.end):
            return OwnNumber(found.number, body, found.start, found.end)
        return None
    return None


def _masthead_title(document: Document) -> str | None:
    """The type of a title that is nothing but the masthead: 中华人民共和国商务部令."""
    title = document.title.bare
    kind = TYPE_LINES.match(title)
    rest = title[: kind.span("type")[0]] if kind else ""
    return kind["type"] if kind and bodies_of_line(rest, 0, len(rest)) else None


def _masthead_above(lines: tuple[Line, ...], last: int) -> int:
    """The first of the lines right above `last` that all belong to a masthead, at most eight."""
    first = last
    while first > max(0, last - 8) and _belongs_to_masthead(lines[first - 1]):
        first -= 1
    return first


def _belongs_to_masthead(line: Line) -> bool:
    text = line.bare
    kind = TYPE_LINES.match(text)
    rest = text[: kind.span("type")[0]] if kind else text
    return not rest or rest == "文件" or bodies_of_line(rest, 0, len(rest)) is not None


def _kind_above(lines: tuple[Line, ...]) -> str | None:
    for line in reversed(lines):
        kind = TYPE_LINES.match(line.bare)
        if kind and len(line.bare) <= 40:
            return str(kind["type"])
    return None


def _at_front(body: Text, line: Line) -> OwnNumber | None:
    """A number at the front of a line that goes on after a space: 商建函〔2022〕1号 各省…"""
    for found in find_numbers(body.folded, line.start, line.end):
        after = body.folded[found.end : line.end]
        lead = BEFORE_NUMBERS.match(body.folded, line.start, found.start)
        if lead and (not after or after[0].isspace()):
            return OwnNumber(found.number, body, found.start, found.end)
        break
    return None


def _joined(body: Text, number: DocumentNumber, text: Compact) -> OwnNumber:
    # A body before a letter's number is its issuer, and no part of it.
    found = find_numbers(text.text) if number.code is not None else []
    return OwnNumber(number, body, *text.span(found[0].start if found else 0, len(text.text)))


def _from_title(title: Text) -> OwnNumber | None:
    folded = title.folded
    mentions = find_numbers(folded)
    if not mentions:
        return None
    first, last = mentions[0], mentions[-1]
    if _stands_first(folded, first) and not folded[first.end :].lstrip().startswith(("的", "解读")):
        number = _with_unknown_issuers(folded, first)
        start, end = trimmed(folded, 0, first.end)
        return OwnNumber(number, title, start, end)
    at_end = not folded[last.end :].strip() and ENDS_WITH_TYPE.search(folded[: last.start])
    in_brackets = (
        folded[: last.start].rstrip().endswith("（") and folded[last.end :].strip() == "）"
    )
    about_another = ABOUT_ANOTHER.search(folded)
    if (at_end and not about_another) or (
        in_brackets and (not about_another or OWN_TYPE.search(folded[: last.start]))
    ):
        return OwnNumber(last.number, title, last.start, last.end)
    return None


def _stands_first(folded: str, found: NumberFound) -> bool:
    several = SEVERAL.search(folded, 0, found.start)
    before = folded[: several.start if several else found.start]
    return not before.strip() or bodies_of_line(before, 0, len(before)) is not None


def _with_unknown_issuers(folded: str, found: NumberFound) -> DocumentNumber:
    before = folded[: found.start]
    # Of 商务部等四部门 only the signature names all.
    if not before.strip() or SEVERAL.search(before):
        return found.number
    if found.number.code is not None or found.number.issuers:
        return found.number
    bodies = bodies_of_line(before, 0, len(before)) or []
    return found.number.with_issuers(tuple(body.name for body in bodies))


def _from_history(document: Document) -> OwnNumber | None:
    """The number of the order by which the text was first issued; later orders revised it."""
    history = document.history
    issue = history.issue if history else None
    if issue is None or issue.number is None:
        return None
    found, day = issue.number, issue.day
    return OwnNumber(found.number, document.body, found.start, found.end, day=day)
