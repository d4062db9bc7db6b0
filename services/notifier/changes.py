"""What of the logs an alert reports, and as what."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal, NamedTuple

Log = Literal["changes", "statuses"]
LOGS: tuple[Log, ...] = ("changes", "statuses")

# A new wording shows in a text, title or attachment, and counts as one more version or copy; a text that a
# newer parser reads otherwise does not.
_WORDING = frozenset({"attachments", "body_text", "title"})
_SEEN = frozenset({"copies", "versions"})


class Found(NamedTuple):
    """A change to report: its number in its log, whose it is, and what kind."""

    log: Log
    sequence: int
    notice_key: str
    kind: Literal["added", "changed", "removed", "status"]
    row: Mapping[str, Any]


def is_new_wording(fields: Collection[str]) -> bool:
    """Whether the site says something else than before.

    >>> is_new_wording(["body_text", "versions"]), is_new_wording(["body_text", "details"])
    (True, False)
    """
    return not _WORDING.isdisjoint(fields) and not _SEEN.isdisjoint(fields)


def to_report(
    rows: Sequence[Mapping[str, Any]],
    fits: Collection[str],
    reported: Collection[str],
    late: Collection[str],
) -> list[Found]:
    """What of the log of changes an alert reports, in its order.

    `fits` are the keys of notices that are as it asks, `reported` those that it has reported before,
    `late` those that came since it began: what comes to fit later, because its English came, is reported as new.
    """
    known, found = set(reported), list[Found]()
    for row in rows:
        key = row["notice_key"]
        if row["kind"] == "removed":
            kind: Literal["added", "changed", "removed"] | None = (
                "removed" if key in known else None
            )
        elif key not in fits:
            kind = None
        elif row["kind"] == "added":
            kind = "added"
        elif is_new_wording(row["fields"]):
            kind = "changed"
        else:
            kind = "added" if key in late and key not in known else None
        if kind is not None:
            known.add(key)
            found.append(Found("changes", row["sequence"], key, kind, row))
    return found
