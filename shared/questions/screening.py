"""Many names against the lists: the rows of a table, whichever answers there are."""

from collections.abc import Mapping
from typing import Any

from shared.questions.asking import Answer

COLUMNS = (
    "screened", "found", "score", "matched", "list", "status", "since", "until", "name_zh", "name_latin",
    "last_change", "document_number", "quote", "archived_url",
)  # fmt: skip


def screened_rows(name: str, answer: Answer) -> list[Mapping[str, Any]]:
    """The rows of `COLUMNS` for a name: one for each entry that is like it, or one with found = false."""
    entries = [{"found": True} | row for row in answer.rows] or [{"found": False}]
    return [{"screened": name} | {key: entry.get(key) for key in COLUMNS[1:]} for entry in entries]
