"""From an answer to the entries of a feed."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from html import escape
from typing import Any

import asyncpg

from services.console.addresses import notice_address
from services.console.feeds.feed import Entry
from services.console.feeds.identity import row_id, row_title
from shared.chinese.dates import midnight
from shared.questions import Answer, flat

# When the wording of notices, or what was read in them, last changed. Their English comes later by itself,
# and a copy at another address says nothing new.
_CHANGED = """
    SELECT notice_key, max(at) AS at FROM changes
    WHERE notice_key = ANY ($1) AND (kind <> 'changed' OR NOT fields <@ ARRAY[
        'title_en', 'text_en', 'summary_en', 'translation_state', 'versions', 'copies', 'conflicting', 'url'])
    GROUP BY notice_key
"""
# Of a row without a notice: the day that it is about.
_DAYS = ("at", "changed_on", "seen_on", "day", "since", "issued_on", "newest_issued_on")
# Before everything.
EVER = datetime(1970, 1, 1, tzinfo=UTC)
# What stands elsewhere in an entry, is too long for it, or is of programs.
_LEFT_OUT = frozenset(
    {"archived_url", "body_text", "by_archived_url", "chain", "more", "quote", "sha256", "source"}
    | {"starts", "text_en", "last_change_quote", "old_archived_url", "old_quote"}
)


async def changed_at(connection: asyncpg.Connection, answer: Answer) -> dict[str, datetime]:
    """When each notice that the rows name last changed. Raises asyncpg's errors."""
    keys = sorted({key for row in answer.rows for key in _keys(row)})
    return {row["notice_key"]: row["at"] for row in await connection.fetch(_CHANGED, keys)}


def entries(answer: Answer, changed: Mapping[str, datetime], base: str) -> list[Entry]:
    """The rows as entries, the newest first. `base` is the console's own address, without a slash."""
    seen: Counter[str] = Counter()
    found = []
    for row in answer.rows:
        first = row_id(answer.question, row)
        repeated, seen[first] = seen[first], seen[first] + 1
        found.append(
            Entry(
                id=row_id(answer.question, row, repeated) if repeated else first,
                title=row_title(answer.question, row),
                updated=_updated(row, changed),
                link=_link(row, base),
                html=_html(row),
                archived_url=row.get("archived_url"),
            )
        )
    # Rows of one moment stay in the order of the answer.
    return sorted(found, key=lambda entry: entry.updated, reverse=True)


def _keys(row: Mapping[str, Any]) -> list[str]:
    return [row[name] for name in ("notice_key", "by_notice_key") if row.get(name)]


def _updated(row: Mapping[str, Any], changed: Mapping[str, datetime]) -> datetime:
    if isinstance(at := row.get("at"), datetime):
        return at
    if times := [changed[key] for key in _keys(row) if key in changed]:
        return max(times)
    day = next((row[name] for name in _DAYS if row.get(name) is not None), None)
    if isinstance(day, datetime):
        return day
    return midnight(day) if isinstance(day, date) else EVER


def _link(row: Mapping[str, Any], base: str) -> str | None:
    key = row.get("notice_key")
    return base + notice_address(key) if key else None


def _html(row: Mapping[str, Any]) -> str:
    """The words that the row rests on, and its values; all of it escaped."""
    quoted = f"<blockquote>{escape(row['quote'])}</blockquote>" if row.get("quote") else ""
    values = [
        f"<li>{escape(name.replace('_', ' '))}: {escape(str(flat(value)))}</li>"
        for name, value in row.items()
        if name not in _LEFT_OUT and value not in (None, "", [])
    ]
    return f"{quoted}<ul>{''.join(values)}</ul>"
