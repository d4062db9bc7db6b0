"""署名 and 成文日期: the bodies or persons that sign, and the day, at the end of the main text (GB/T 9704)."""

from datetime import date
from typing import NamedTuple

from services.parser.document.document import Document, Reading
from services.parser.document.identity.signature_forms import (
    DATE_MARKS,
    HEREBY,
    HOLDERS,
    LAST_WORDS,
    NOTES,
    PERSONS,
    STANDS_AS_BODY,
)
from shared.chinese.annexes import is_lone_heading
from shared.chinese.bodies import Body, bodies_of_line, known_bodies
from shared.chinese.characters import compact, squeeze
from shared.chinese.dates import find_dates
from shared.chinese.form import Found
from shared.chinese.sentences import part_start
from shared.chinese.text import Line, Span, Text, trimmed

_MOST_LINES = 40
# Two bodies and a date, with the padding that sets them to the right.
_LONGEST_LINE = 300
_DATE_ENDS = ("日", *"0123456789")


class Signature(NamedTuple):
    """Who signed and when; `date_start` to `date_end` is the date's span, `end` where the block
    ends. `signed_by_person` is set when an office holder signs, as in orders; `offices` are the
    bodies that such holders name as theirs (海关总署署长 …), `persons` the holders' names.
    """

    bodies: tuple[Body, ...]
    issued_on: date | None
    start: int
    date_start: int
    date_end: int
    end: int
    signed_by_person: bool
    offices: tuple[Body, ...] = ()
    persons: tuple[Span, ...] = ()


def read(document: Document) -> Reading[Signature | None]:
    """The first signature block: lines of bodies or office holders with a date under them.

    Later ones belong to what the document encloses (the decision behind an order, an annex). A
    date alone on its line without a signature counts only when no signed one is there, and then
    the last before the annexes; bodies without a date count when nothing follows them.
    """
    return Reading(_signature(document.body))


def read_signatories(document: Document) -> Reading[tuple[str, ...]]:
    """The persons who sign an order, without the spaces that set their names: 王文涛 of 部长　王　文　涛
    (GB/T 9704-2012, 7.3.5.3; 商务部令2024年第1号).
    """
    persons = document.signature.persons if document.signature else ()
    return Reading(
        tuple(squeeze(document.body.raw[one.start : one.end]) for one in persons),
        tuple(document.body.evidence(f"signatories[{n}]", *one) for n, one in enumerate(persons)),
    )


def _signature(body: Text) -> Signature | None:
    lone: Signature | None = None
    glued: Signature | None = None
    for line in body.lines:
        if line.index and lone and is_lone_heading(line.bare):
            break
        if not line.bare.endswith(_DATE_ENDS):
            continue
        signed = _dated(body, line)
        if signed is None:
            glued = glued or _glued(body, line)
        elif signed.bodies or signed.signed_by_person:
            return signed
        elif line.index > 0:
            lone = signed
    if glued is not None:
        return glued
    if lone is not None:
        return _with_bodies_below(body, lone)
    return _undated(body)


def signed_until(body: Text, signature: Signature | None) -> int:
    """Where the last signature before the first annex heading ends; 0 without one.

    An order is signed, and so is the decision that it encloses: what 附件 stands between the two
    only announces the annex.
    """
    if signature is None:
        return 0
    end = signature.end
    for line in body.lines:
        if line.start < end:
            continue
        if is_lone_heading(line.bare):
            break
        signed = _dated(body, line) if line.bare.endswith(_DATE_ENDS) else None
        if signed is not None and (signed.bodies or signed.signed_by_person):
            end = signed.end
    return end


def _dated(body: Text, line: Line) -> Signature | None:
    if len(line.raw) > _LONGEST_LINE or not 6 <= len(line.bare) <= 120:
        return None
    if not DATE_MARKS.search(line.bare):
        return None
    text = compact(body.folded, line.start, line.end)
    dates = find_dates(text.text)
    if not dates or dates[-1].end != len(text.text):
        return None
    day = dates[-1]
    start, end = text.span(day.start, day.end)
    before = text.text[: day.start]
    bodies: list[Body] = []
    person: Found | None = None
    if before:
        same_line = bodies_of_line(body.folded, line.start, start)
        if same_line:
            bodies = same_line
        elif holder := HOLDERS.match(before):
            person = holder
        elif not NOTES.match(before):
            return None
    above, holders, first = _above(body, line.index)
    bodies = above + bodies
    begins = bodies[0].start if bodies else (start if first is None else body.lines[first].start)
    return Signature(
        tuple(bodies),
        day.value,
        begins,
        start,
        end,
        end,
        person is not None or bool(holders),
        tuple(office for holder in reversed(holders) for office in _office(body, holder.line)),
        (
            *(Span(*holder.person) for holder in reversed(holders)),
            *([Span(*text.span(*person.span("name")))] if person and person.holds("name") else []),
        ),
    )


def _glued(body: Text, line: Line) -> Signature | None:
    """特此通知。商务部　2014年1月28日: the signature on the line of the last sentence."""
    text = line.folded.rstrip()
    tail = part_start(text, len(text))
    if not tail or len(text) - tail > _LONGEST_LINE:
        return None
    start = line.start + tail
    dates = find_dates(body.folded, start, line.start + len(text))
    if not dates or dates[-1].end != line.start + len(text):
        return None
    day = dates[-1]
    bodies = known_bodies(body.folded, start, day.start)
    if not bodies:
        return None
    begins = bodies[0].start
    return Signature(
        tuple(bodies), day.value, begins, day.start, day.end, day.end, signed_by_person=False
    )


def _with_bodies_below(body: Text, lone: Signature) -> Signature:
    """A date above the bodies that sign, at the end of the text."""
    bodies: list[Body] = []
    for line in body.lines:
        if line.start <= lone.end:
            continue
        found = known_bodies(body.folded, line.start, line.end)
        if not found:
            if not bodies or not is_lone_heading(line.bare):
                return lone
            break
        bodies += found
    return lone._replace(bodies=tuple(bodies), end=bodies[-1].end) if bodies else lone


def _office(body: Text, line: Line) -> list[Body]:
    """The body whose head signs: 国家工商行政管理总局局长 王众孚."""
    text = compact(body.folded, line.start, line.end)
    holder = HOLDERS.match(text.text)
    end = holder.span("office")[0] if holder else 0
    return known_bodies(body.folded, *text.span(0, end)) or []


class _Holder(NamedTuple):
    """The line of an office, and where the name of its holder stands, on it or below."""

    line: Line
    person: Span


def _above(body: Text, index: int) -> tuple[list[Body], list[_Holder], int | None]:
    bodies: list[Body] = []
    holders: list[_Holder] = []
    first: int | None = None
    lines = body.lines[max(0, index - _MOST_LINES) : index]
    named: Line | None = None
    for line in reversed(lines):
        text = line.bare
        if NOTES.match(text):
            first = line.index
            continue
        if hereby := HEREBY.match(line.folded):
            found = known_bodies(body.folded, line.start + hereby.end, line.end)
            return (found or []) + bodies, holders, line.index if found else first
        found = bodies_of_line(body.folded, line.start, line.end)
        if found and not text.endswith("："):
            bodies = found + bodies
        elif len(text) <= 24 and (person := _holder(body, line, named)):
            holders.append(_Holder(line, person))
        elif _is_between(body, line):
            # Whatever it is called, it signs where a body does.
            words = trimmed(body.folded, line.start, line.end)
            bodies = [Body(squeeze(line.raw), *words), *bodies]
        elif named is None and PERSONS.match(text):
            # Only the office above it tells that it is a name.
            named = line
            continue
        else:
            break
        named = None
        first = line.index
    # A masthead that stands right above the date is no signature.
    if first == 0 and not holders:
        return [], [], None
    return bodies, holders, first


def _holder(body: Text, line: Line, named: Line | None) -> Span | None:
    """The name of the holder of an office, on its line or on the line below; None for another line."""
    text = compact(body.folded, line.start, line.end)
    holder = HOLDERS.match(text.text)
    if holder is None:
        return None
    if holder.name == "person":
        return Span(*text.span(*holder.span("name")))
    return trimmed(body.folded, named.start, named.end) if named else None


def _is_between(body: Text, line: Line) -> bool:
    """Whether a line is like a name and the line above it is of bodies that are known."""
    if line.index < 2 or not STANDS_AS_BODY.match(line.bare):
        return False
    above = body.lines[line.index - 1]
    return not above.bare.endswith("：") and bool(known_bodies(body.folded, above.start, above.end))


def _undated(body: Text) -> Signature | None:
    lines = list(body.lines)
    for index, line in enumerate(lines):
        if index > 2 and is_lone_heading(line.bare):
            lines = lines[:index]
            break
    while lines and LAST_WORDS.match(lines[-1].bare):
        lines.pop()
    if len(lines) < 3:
        return None
    bodies, holders, _ = _above(body, lines[-1].index + 1)
    if not bodies or holders:
        return None
    start, end = bodies[0].start, bodies[-1].end
    return Signature(tuple(bodies), None, start, end, end, end, signed_by_person=False)
