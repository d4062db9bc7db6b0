"""Versions of a notice, and what changed from one to another."""

from collections.abc import Sequence
from typing import NamedTuple

import asyncpg

_VERSIONS = """
    SELECT v.version_id, v.url_key, v.version, v.first_captured_at, v.last_captured_at, v.captures,
        c.url, c.archived_url
    FROM notice_versions AS v
    JOIN captures AS c ON c.capture_id = v.version_id
    WHERE v.notice_key = $1 ORDER BY v.url_key, v.version
"""
_DIFFERENCE = "SELECT operation, words FROM notice_diff($1, $2) ORDER BY place"


class Piece(NamedTuple):
    """Words that both versions have (``=``), only the older (``-``) or only the newer (``+``), or that are
    left out because both have them (``…``).
    """

    operation: str
    words: str


async def versions_of(connection: asyncpg.Connection, key: str) -> list[asyncpg.Record]:
    """The versions of a notice, by address and in the order of time. Raises asyncpg's errors."""
    rows: list[asyncpg.Record] = await connection.fetch(_VERSIONS, key)
    return rows


async def difference(connection: asyncpg.Connection, older: str, newer: str) -> list[Piece]:
    """What differs between two versions (version_id), whole. Raises asyncpg's errors."""
    rows = await connection.fetch(_DIFFERENCE, older, newer)
    return [Piece(row["operation"], row["words"]) for row in rows]


def in_context(pieces: Sequence[Piece], around: int = 120) -> list[Piece]:
    """The changes with so many characters around each; what is left out in between is ``…``.

    >>> in_context([Piece("=", "abcdefgh"), Piece("+", "i")], around=2)
    [Piece(operation='…', words=''), Piece(operation='=', words='gh'), Piece(operation='+', words='i')]
    """
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        before = around if number else 0
        after = around if number + 1 < len(pieces) else 0
        if piece.operation != "=" or len(piece.words) <= before + after:
            found.append(piece)
            continue
        cut = len(piece.words) - after
        found += [
            Piece("=", piece.words[:before]),
            Piece("…", ""),
            Piece("=", piece.words[cut:]),
        ]
    return [piece for piece in found if piece.words or piece.operation == "…"]
