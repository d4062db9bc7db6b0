"""The page of the search, with what its filters offer."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import asyncpg

from services.console.problems import Problem
from services.console.web.asked import given

STATUSES = (
    "in force", "in force in part", "suspended", "not yet in force", "superseded", "repealed", "expired",
    "unclear",
)  # fmt: skip
# A screen or two; their status takes longer to find out than they do.
ROWS = 20
KINDS = ("notice", "law", "interview")
PARAMETERS = ("q", "issuer", "type", "year", "status", "kind", "since", "last_day", "rows")
# What the lists of filters offer is counted again after so many seconds.
CHOICES_SECONDS = 600.0

_ISSUERS = """
    SELECT issuer AS zh, max(issuer_en) AS en FROM notice_issuers
    GROUP BY issuer ORDER BY count(*) DESC, issuer LIMIT 40
"""
_TYPES = """
    SELECT document_type AS zh, max(document_type_en) AS en FROM notices
    WHERE document_type IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 40
"""


class Choices(NamedTuple):
    """The most frequent issuers and types of documents, in Chinese and English."""

    issuers: Sequence[Mapping[str, str | None]]
    types: Sequence[Mapping[str, str | None]]


async def choices(connection: asyncpg.Connection) -> Choices:
    """Raises asyncpg's errors."""
    return Choices(await connection.fetch(_ISSUERS), await connection.fetch(_TYPES))


def asked_of_search(query: Mapping[str, str]) -> dict[str, str]:
    """Parameters of the question `search`; none while neither words nor a filter is given.

    >>> asked_of_search({"q": "稀土", "year": "2025"})
    {'words': '稀土', 'since': '2025-01-01', 'last_day': '2025-12-31'}

    >>> asked_of_search({"q": "稀土", "year": "2025", "since": "2025-06-01", "last_day": "2026-06-30"})
    {'words': '稀土', 'since': '2025-06-01', 'last_day': '2025-12-31'}

    >>> asked_of_search({"q": "", "issuer": "商务部"})
    {'issuer': '商务部'}

    Raises Problem for what is no year.
    """
    asked = given(
        query,
        words="q",
        issuer="issuer",
        document_type="type",
        only_status="status",
        only_kind="kind",
        since="since",
        last_day="last_day",
    )
    if year := query.get("year"):
        if not re.fullmatch("[12][0-9]{3}", year):
            raise Problem(400, "Wrong value", "year must be one such as 2025")
        # Within the year, where days are given besides.
        first, last = f"{year}-01-01", f"{year}-12-31"
        asked["since"] = max(asked.get("since", first), first)
        asked["last_day"] = min(asked.get("last_day", last), last)
    return asked
