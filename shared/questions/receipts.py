"""A record of which lists a name was on, on a day, and of the captures that say so."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import asyncpg

from shared.questions.asking import ask
from shared.version import __version__

_CLAIM = (
    "What the notices named in rests_on say, as they were read by this version; notices that are not among "
    "them, and what not_held names, may say otherwise. It is no legal opinion and not signed: the hash shows "
    "that the record has not changed since, not who made it."
)

# Every notice that decided on any list until that day: a name that is on none of them is on no list that
# is held.
_RESTS_ON = """
    SELECT e.list, p.notice_key, p.document_number, c.archived_url, c.body_sha256 AS sha256
    FROM (SELECT DISTINCT list, notice_key FROM listed_entities WHERE since <= $1) AS e
    JOIN pages AS p USING (notice_key)
    JOIN captures AS c USING (capture_id)
    ORDER BY e.list, p.notice_key
"""


async def make_receipt(connection: asyncpg.Connection, name: str, day: date) -> dict[str, Any]:
    """The record for a name as it was listed at the end of a day in China, ready for JSON.

    Raises asyncpg's errors for a name that cannot be screened.
    """
    answer = await ask(connection, "screen", {"name": name, "at": f"{day} 23:59:59+08"})
    rests_on = await connection.fetch(_RESTS_ON, day)
    receipt = {
        "name": name,
        "day": str(day),
        "on": [
            {
                key: row[key] if row[key] is None or isinstance(row[key], int | float) else str(row[key])
                for key in (
                    "list", "status", "score", "matched", "name_zh", "name_latin", "since", "until",
                    "last_change", "notice_key", "quote", "archived_url",
                )
            }
            for row in answer.rows
        ],
        "lists_held": sorted({row["list"] for row in rests_on}),
        "rests_on": [dict(row) for row in rests_on],
        "not_held": answer.not_held,
        "as_of": answer.as_of and answer.as_of.isoformat(),
        "index_asked_at": answer.index_asked_at and answer.index_asked_at.isoformat(),
        "version": __version__,
        "claim": _CLAIM,
    }  # fmt: skip
    return receipt | {"sha256": digest(receipt)}


def digest(receipt: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of a record without its own hash: JSON in UTF-8, keys sorted, no white space."""
    content = {key: value for key, value in receipt.items() if key != "sha256"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Why a record does not hold any more, in words; empty if it does.

    What is fresher without changing the answer (as_of, the version, fewer gaps) is no difference.
    """
    found = []
    if old["on"] != new["on"]:
        found.append(f"the lists say otherwise now: {_listed(old)} then, {_listed(new)} now")
    before = {(row["list"], row["notice_key"]): row["sha256"] for row in old["rests_on"]}
    after = {(row["list"], row["notice_key"]): row["sha256"] for row in new["rests_on"]}
    found += [f"{key} is not in the database" for _, key in sorted(before.keys() - after.keys())]
    found += [f"{key} came since" for _, key in sorted(after.keys() - before.keys())]
    found += [
        f"{decision[1]} is read from another capture now"
        for decision in sorted(before.keys() & after.keys())
        if before[decision] != after[decision]
    ]
    return found


def _listed(receipt: Mapping[str, Any]) -> str:
    return ", ".join(f"{row['status']} on {row['list']}" for row in receipt["on"]) or "on no list"
