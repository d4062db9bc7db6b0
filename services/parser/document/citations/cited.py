"""One citation in the making, and the mentions of one document made one citation."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from services.parser.document.citations.related import CHANGES, STRENGTH
from shared.chinese.characters import fold
from shared.chinese.document_numbers import DocumentNumber
from shared.chinese.text import Passage
from shared.chinese.titles import plain_title
from shared.notice import Mood, Relation

# More do not sign together.
_MOST_ISSUERS = 100
_NAMES = ("title", "number")
_OF_RELATION = ("clause", "since", "until", "object")


@dataclass(eq=False)
class Cited:
    """One citation in the making: the values, the words that say each, and doubts by field."""

    order: tuple[int, int]
    relation: Relation
    title: str | None = None
    number: DocumentNumber | None = None
    clause: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    object: Literal["measure", "investigation"] | None = None
    mood: Mood = "asserted"
    # Why the document cannot change it.
    reason: str | None = None
    words: dict[str, list[Passage]] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)


def merged(cited: list[Cited]) -> list[Cited]:
    """One citation a document, under its strongest relation; two where different clauses are changed
    in different ways.
    """
    numbers: dict[str, set[str]] = {}
    for citation in cited:
        if citation.title and citation.number:
            numbers.setdefault(plain_title(fold(citation.title)), set()).add(_key(citation.number))
    groups: dict[str, list[Cited]] = {}
    _name_issuers(cited)
    for citation in sorted(cited, key=lambda citation: citation.order):
        title = plain_title(fold(citation.title or ""))
        if citation.number:
            key = "number " + _key(citation.number)
        elif len(numbers.get(title, ())) == 1:
            key = "number " + next(iter(numbers[title]))
        else:
            key = "title " + title
        groups.setdefault(key, []).append(citation)
    together = [citation for group in groups.values() for citation in _merge(group)]
    return sorted(together, key=lambda citation: citation.order)


def _key(number: DocumentNumber) -> str:
    return number.key or number.canonical()


def _name_issuers(cited: list[Cited]) -> None:
    """A number that is printed without its issuer, or with the first of several, is the one of that
    type, year and serial which the text prints with all: joint announcements are numbered in the
    first issuer's series.
    """
    full = {citation.number: citation for citation in cited if citation.number}
    # The numbers by what they would be with fewer issuers.
    fuller: dict[DocumentNumber, list[DocumentNumber]] = {}
    for number in full:
        for known in range(min(len(number.issuers), _MOST_ISSUERS)):
            fuller.setdefault(number.with_issuers(number.issuers[:known]), []).append(number)
    for citation in cited:
        printed = citation.number
        if printed is None or printed.type is None or printed.year is None:
            continue
        same = fuller.get(printed, ())
        if len(same) == 1:
            citation.number = same[0]
            # The issuers were read where the number is printed in full.
            citation.words["document_number"] = full[same[0]].words["document_number"]
            citation.doubts.pop("document_number", None)


def _merge(group: list[Cited]) -> list[Cited]:
    group = [*group]
    changes = [citation for citation in group if citation.relation in CHANGES]
    # The text says from when on and until when; its title only names the change.
    changes.sort(key=lambda citation: citation.order[0], reverse=True)
    strongest = max(
        group,
        key=lambda citation: (STRENGTH.index(citation.relation), citation.mood != "asserted"),
    )
    first: Cited | None = None
    # Those that change another clause, or in another way.
    others: dict[tuple[Relation, str | None], Cited] = {}
    for citation in changes:
        key = (citation.relation, citation.clause)
        if first is None:
            first = citation
        elif None in (first.clause, citation.clause) or key == (first.relation, first.clause):
            if STRENGTH.index(citation.relation) > STRENGTH.index(first.relation):
                first, citation = citation, first
            _fill(first, citation, *_values(first, citation))
        elif key in others:
            _fill(others[key], citation, *_values(others[key], citation))
        else:
            others[key] = citation
    parts = [first or strongest, *others.values()]
    named = [
        next((citation for citation in group if getattr(citation, name) is not None), strongest)
        for name in _NAMES
    ]
    in_text = [citation.order for citation in group if citation.order[0]]
    for part in parts:
        for name, citation in zip(_NAMES, named, strict=True):
            _fill(part, citation, name)
        part.order = min(in_text, default=part.order)
    return parts


def _values(into: Cited, other: Cited) -> tuple[str, ...]:
    """What one mention of a document says of another: more than its names, if it does the same to it."""
    return (*_NAMES, *_OF_RELATION) if other.relation == into.relation else _NAMES


def _fill(into: Cited, other: Cited, *names: str) -> None:
    for name in names:
        field_name = "document_number" if name == "number" else name
        if getattr(into, name) is None and getattr(other, name) is not None:
            setattr(into, name, getattr(other, name))
            into.doubts.pop(field_name, None)
            if field_name in other.words:
                into.words[field_name] = other.words[field_name]
            if field_name in other.doubts:
                into.doubts[field_name] = other.doubts[field_name]
