"""What makes a row of an answer the same item tomorrow, and what it is called."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from shared.questions import plain
from shared.text import has_number

# Made once at random (RFC 9562, version 4): ids below it are nobody else's.
_NAMESPACE = UUID("5d0f7a3c-6b57-4c6e-9d0e-2f6a4f2b8c11")


class Shape(NamedTuple):
    """The columns by which a row is known, and those of its title."""

    identity: tuple[str, ...]
    title: tuple[str, ...]


_NOTICE = Shape(("notice_key",), ("document_number", "title", "title_en"))
_ENTITY = ("list", "list_zh", "name_zh", "name_latin", "since", "notice_key")
# By question; of one that is not here a row is known by all that it says.
_SHAPES: Mapping[str, Shape] = {
    "alert": Shape(("id",), ("document_number", "title", "said")),
    "alerts": Shape(("name",), ("name",)),
    "applies": Shape(
        (
            *("matched_by", "kind", "hs_code", "what", "goods_direction", "goods_country"),
            *("company", "since", "notice_key"),
        ),
        ("kind", "status", "hs_code", "what", "company", "document_number"),
    ),
    "calendar": Shape(
        ("day", "event", "what", "notice_key", "by_notice_key"),
        ("day", "event", "what", "document_number", "title"),
    ),
    "changes": Shape(("sequence", "kind", "notice_key"), ("kind", "document_number", "title")),
    "cites": Shape(
        ("direction", "relation", "notice_key", "document_number", "title", "clause"),
        ("direction", "relation", "document_number", "title"),
    ),
    "completeness": Shape(("series_key", "counted_in"), ("series", "counted_in")),
    "diff": Shape(
        ("notice_key", "url", "seen_on", "place", "old", "new"), ("seen_on", "document_number")
    ),
    "duties": Shape(
        (
            *("measure", "stage", "product", "origin_zh", "company_zh", "company_latin"),
            *("since", "notice_key"),
        ),
        ("status", "product", "origin_zh", "company_latin", "rate"),
    ),
    "in_force": _NOTICE,
    "listed": Shape(_ENTITY, ("status", "name_latin", "name_zh", "list_en")),
    "map": Shape(
        ("notice_key", "relation", "cited"),
        ("document_number", "relation", "cited_document_number"),
    ),
    "notice": _NOTICE,
    "screen": Shape(_ENTITY, ("status", "name_latin", "name_zh", "list")),
    "search": _NOTICE,
}


def row_id(question: str, row: Mapping[str, Any], repeated: int = 0) -> str:
    """The id of a row as an IRI; `repeated` is how many rows before it are known by the same."""
    shape = _SHAPES.get(question)
    names = row if shape is None else [name for name in shape.identity if name in row]
    known = {name: plain(row[name]) for name in sorted(names)}
    return id_of(question, json.dumps(known, ensure_ascii=False, sort_keys=True), str(repeated))


def id_of(*parts: str) -> str:
    """An id as an IRI, by what it is of."""
    return uuid5(_NAMESPACE, "\n".join(parts)).urn


def row_title(question: str, row: Mapping[str, Any]) -> str:
    """A line for a row.

    >>> row_title("listed", {"status": "listed", "name_latin": "Acme", "name_zh": None, "list_en": "L"})
    'listed · Acme · L'
    >>> row_title("search", {"document_number": "商务部公告2025年第61号", "title": "商务部公告2025年第61号 公布"})
    '商务部公告2025年第61号 公布'
    """
    shape = _SHAPES.get(question, _NOTICE)
    shown = {name: str(plain(row[name])) for name in shape.title if row.get(name) not in (None, "")}
    if has_number(shown.get("title"), shown.get("document_number")):
        del shown["document_number"]
    words = list(shown.values())
    # A document without a number is known by its title, one without either by its key.
    return " · ".join(words) or str(row.get("notice_key") or question)
