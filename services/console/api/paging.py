"""Long answers in pages, all of one answer."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from services.console.problems import Problem

LIMIT, MOST = 100, 1000
CURSOR = "^[A-Za-z0-9_-]{20}$"
# Together a multiple of 3, so that a cursor has no padding.
_DIGEST_BYTES, _START_BYTES = 9, 6


class Page(NamedTuple):
    """Rows of an answer, and the cursor of those behind them; None at the end."""

    rows: Sequence[Any]
    cursor: str | None


def page(rows: Sequence[Any], limit: str | None, cursor: str | None) -> Page:
    """The rows from a cursor on, at most `limit` (100 if it is not given, 1000 at most).

    A cursor holds for the answer it was made of: rows that came, changed or went meanwhile would be
    missed or be seen twice, so Problem is raised then, and for what is no limit or cursor.
    """
    most = _limit(limit)
    # Values are those for JSON already.
    digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).digest()[:_DIGEST_BYTES]
    start = 0 if cursor is None else _start(cursor, digest)
    end = start + most
    after = _cursor(end, digest) if end < len(rows) else None
    return Page(rows[start:end], after)


def _limit(given: str | None) -> int:
    if given is None:
        return LIMIT
    if not (given.isdecimal() and given.isascii() and 1 <= int(given) <= MOST):
        raise Problem(400, "Wrong value", f"limit must be a number from 1 to {MOST}")
    return int(given)


def _cursor(start: int, digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest + start.to_bytes(_START_BYTES)).decode()


def _start(cursor: str, digest: bytes) -> int:
    if not re.fullmatch(CURSOR, cursor):
        raise Problem(400, "Wrong value", "cursor must be that of an earlier answer")
    known = base64.urlsafe_b64decode(cursor)
    if known[:_DIGEST_BYTES] != digest:
        raise Problem(
            409, "Answer changed", "rows came, changed or went since the first page: begin again"
        )
    return int.from_bytes(known[_DIGEST_BYTES:])
