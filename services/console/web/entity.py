"""An entity of the lists: each list that it is or was on, and each name that it has there."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import asyncpg

from services.console.web.timeline import Span
from shared.questions import Answer

_NAMES = ("name_latin", "name_zh", "former_name")
# Below it a name is like the one that is asked for, and another.
_SAME = 0.99

_DECISIONS = """
    SELECT e.list, e.list_en, e.action, e.name_zh, e.name_latin, e.former_name, e.address, e.country,
        e.country_en, e.since, e.until, e.notice_key, e.document_number, e.quote, p.archived_url
    FROM listed_entities AS e JOIN pages AS p USING (notice_key)
    WHERE (e.name_zh = ANY ($1) OR e.name_latin = ANY ($1) OR e.former_name = ANY ($1))
        AND ($2::text IS NULL OR e.since <= $2::text::date)
    ORDER BY e.since, e.notice_key, e.position
"""


class Entity(NamedTuple):
    """Entries of lists as they stand, other names that are only alike, and each decision, the first first."""

    entries: Sequence[Mapping[str, Any]]
    alike: Sequence[Mapping[str, Any]]
    decisions: Sequence[Mapping[str, Any]]
    names: Sequence[str]


async def entity(connection: asyncpg.Connection, screened: Answer, on: str | None) -> Entity:
    """What is held of the entity that a name was screened for, up to the day `on`; None for all. Raises asyncpg's
    errors.
    """
    entries = [row for row in screened.rows if row["score"] >= _SAME]
    alike = [row for row in screened.rows if row["score"] < _SAME]
    names = _names(entries)
    # A name that was amended leads to the decisions on the former one.
    while True:
        decisions: list[asyncpg.Record] = await connection.fetch(_DECISIONS, names, on or None)
        more = list(dict.fromkeys([*names, *_names(decisions)]))
        if more == names:
            return Entity(entries, alike, decisions, names)
        names = more


def spans(found: Entity) -> list[Span]:
    """How long it is or was on each list, and each decision after that."""
    entries = [
        Span([row["list"], row["status"]], row["since"], row["until"], row["status"])
        for row in found.entries
    ]
    later = [
        Span([row["action"], row["notice_key"]], row["since"], row["until"], row["action"])
        for row in found.decisions
        if row["action"] != "add"
    ]
    return entries + later


def _names(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(row[name] for row in rows for name in _NAMES if row.get(name)))
