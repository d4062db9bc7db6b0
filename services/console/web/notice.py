"""What the page of a notice shows besides its question."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg

from services.console.web.lit import Evidence, Piece, pieces

# Characters of an attachment's text that a page of 200 kB has room for.
_TEXT = 2_000
_DETAILS = """
    SELECT issuers_en, document_type, published_at, captured_at,
        translation_provenance -> 'text' ->> 'engine' AS engine
    FROM pages WHERE notice_key = $1
"""
_EVIDENCE = """
    SELECT position, field, value, source, starts, ends FROM evidence
    WHERE notice_key = $1 ORDER BY position
"""
_COPIES = """
    SELECT url, first_captured_at, last_alive_at, first_gone_at, archived_url FROM notice_copies
    WHERE notice_key = $1 ORDER BY first_captured_at, url
"""
_ATTACHMENTS = f"""
    SELECT position, name, url, type, state, size, captured_at, pages, reason, doubts, archived_url,
        left(text, {_TEXT}) AS text, length(text) > {_TEXT} AS cut
    FROM attachments WHERE notice_key = $1 ORDER BY position
"""  # noqa: S608 (a number of ours)
# What the translator leaves in Chinese stands between these.
_LEFT = "⟦"


class Parts(NamedTuple):
    """Rows of views, by the notice's key."""

    details: Mapping[str, Any]
    evidence: Sequence[Mapping[str, Any]]
    copies: Sequence[Mapping[str, Any]]
    attachments: Sequence[Mapping[str, Any]]


async def parts_of(connection: asyncpg.Connection, key: str) -> Parts:
    """The parts of a notice. Raises asyncpg's errors."""
    several = [await connection.fetch(sql, key) for sql in (_EVIDENCE, _COPIES, _ATTACHMENTS)]
    return Parts(await connection.fetchrow(_DETAILS, key), *several)


def side_by_side(
    chinese: str, english: str | None, evidence: Sequence[Mapping[str, Any]]
) -> list[tuple[list[Piece], str]]:
    """Lines of the text with the words that values rest on, each with its English.

    English has a line for each line of Chinese; where it has not (a copy in other lines was translated),
    it stands whole beside the first.
    """
    spans = [
        Evidence(one["position"], one["starts"], one["ends"])
        for one in evidence
        if one["source"] == "body_text"
    ]
    lines = pieces(chinese, spans)
    translated = (english or "").split("\n")
    if len(translated) != len(lines):
        translated = [english or "", *[""] * (len(lines) - 1)]
    return list(zip(lines, translated, strict=True))


def left_in_chinese(english: str | None) -> int:
    """How many passages of a translation are Chinese still.

    >>> left_in_chinese("Article 1 ⟦为了⟧, Article 2")
    1
    """
    return (english or "").count(_LEFT)


def gone_since(copies: Sequence[Mapping[str, Any]]) -> datetime | None:
    """When the last address at which a notice stood was first seen without it; None while one has it."""
    gone = [one["first_gone_at"] for one in copies]
    return max(gone) if gone and None not in gone else None
