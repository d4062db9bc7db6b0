"""What the page of a notice shows besides its question."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import asyncpg

from services.console.web.lit import Evidence, Piece, pieces

_EVIDENCE = """
    SELECT position, field, value, source, starts, ends FROM evidence
    WHERE notice_key = $1 ORDER BY position
"""
_COPIES = """
    SELECT url, first_captured_at, last_alive_at, first_gone_at, archived_url FROM notice_copies
    WHERE notice_key = $1 ORDER BY first_captured_at, url
"""
_ATTACHMENTS = """
    SELECT name, url, type, state FROM attachments WHERE notice_key = $1 ORDER BY position
"""


class Parts(NamedTuple):
    """Rows of views, by the notice's key."""

    evidence: Sequence[Mapping[str, Any]]
    copies: Sequence[Mapping[str, Any]]
    attachments: Sequence[Mapping[str, Any]]


async def parts_of(connection: asyncpg.Connection, key: str) -> Parts:
    """The parts of a notice. Raises asyncpg's errors."""
    return Parts(*[await connection.fetch(sql, key) for sql in (_EVIDENCE, _COPIES, _ATTACHMENTS)])


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


def legislation(row: Mapping[str, Any], address: str) -> dict[str, Any]:
    """The notice as schema.org describes one: https://schema.org/Legislation."""
    described = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "url": address,
        "name": row["title"],
        "alternateName": row["title_en"],
        "legislationIdentifier": row["document_number"],
        "legislationDate": row["issued_on"] and row["issued_on"].isoformat(),
        "legislationPassedBy": row["issuers"],
        "legislationLegalForce": _FORCE.get(row["status"]),
        "inLanguage": "zh",
        "sameAs": row["archived_url"],
    }
    return {name: value for name, value in described.items() if value}


# https://schema.org/LegalForceStatus has no more than these; of another status nothing is said.
_FORCE = {
    "in force": "https://schema.org/InForce",
    "in force in part": "https://schema.org/PartiallyInForce",
    "repealed": "https://schema.org/NotInForce",
    "expired": "https://schema.org/NotInForce",
    "suspended": "https://schema.org/NotInForce",
    "not yet in force": "https://schema.org/NotInForce",
}
