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
    for citation in cited:
        same = [
            number for number in full if citation.number and _is_fuller(number, citation.number)
        ]
        if len(same) == 1:
            citation.number = same[0]
            # The issuers were read where the number is printed in full.
            citation.words["document_number"] = full[same[0]].words["document_number"]
            citation.doubts.pop("document_number", None)


def _is_fuller(number: DocumentNumber, other: DocumentNumber) -> bool:
    """Whether a number is another, dated and numbered by type, with more issuers."""
    known = len(other.issuers)
    return (
        other.type is not None
        and other.year is not None
        and len(number.issuers) > known
        and number.with_issuers(number.issuers[:known]) == other
    )


def _merge(group: list[Cited]) -> list[Cited]:
    group = [*group]
    changes = [citation for citation in group if citation.relation in CHANGES]
    # The text says from when on and until when; its title only names the change.
    changes.sort(key=lambda citation: citation.order[0], reverse=True)
    strongest = max(
        group,
        key=lambda citation: (STRENGTH.index(citation.relation), citation.mood != "asserted"),
    )
    parts: list[Cited] = []
    for citation in changes:
        same = next(
            (
                part
                for part in parts
                if part.clause is None
                or citation.clause is None
                or (part.relation, part.clause) == (citation.relation, citation.clause)
            ),
            None,
        )
        if same is None:
            parts.append(citation)
        elif STRENGTH.index(citation.relation) > STRENGTH.index(same.relation):
            _fill(citation, same)
            parts[parts.index(same)] = citation
        else:
            _fill(same, citation)
    parts = parts or [strongest]
    for part in parts:
        for citation in group:
            _fill(part, citation, only_names=True)
        in_text = [citation.order for citation in group if citation.order[0]] or [part.order]
        part.order = min(in_text)
    return parts


def _fill(into: Cited, other: Cited, *, only_names: bool = False) -> None:
    values = ["title", "number"]
    if not only_names and other.relation == into.relation:
        values += ["clause", "since", "until", "object"]
    for name in values:
        field_name = "document_number" if name == "number" else name
        if getattr(into, name) is None and getattr(other, name) is not None:
            setattr(into, name, getattr(other, name))
            into.doubts.pop(field_name, None)
            if field_name in other.words:
                into.words[field_name] = other.words[field_name]
            if field_name in other.doubts:
                into.doubts[field_name] = other.doubts[field_name]
