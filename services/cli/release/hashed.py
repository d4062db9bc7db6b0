"""Which rows rest on which capture, and which of their columns are hashed."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from services.cli.release.merkle import leaf_hash, root_hash, row_hash

# Views of what the notices say, and the column that names the notice or page that says it. The rest follows
# from them (series, notices, listed_entities_current …), or is this machine's own: what was asked, when, and
# what went wrong.
_SAID_BY = {
    "pages": "notice_key",
    "notice_copies": "notice_key",
    "notice_versions": "notice_key",
    "notice_issuers": "notice_key",
    "notice_addressees": "notice_key",
    "citations": "notice_key",
    "status_history": "by_notice_key",
    "regulated_items": "notice_key",
    "duty_rates": "notice_key",
    "listed_entities": "notice_key",
    "deadlines": "notice_key",
    "attachments": "notice_key",
    "attachment_rows": "notice_key",
    "evidence": "notice_key",
    "unread": "notice_key",
}

_NOT_HASHED = {
    # When this machine did something, and with which of its versions.
    "changed_at", "parsed_at", "parser_version",
    # English, which engines make, each in its own way and time.
    "title_en", "text_en", "summary_en", "terms_en", "translation_state", "translation_provenance",
}  # fmt: skip
# The status now, which passes with time, as what it follows from, in status_history, does not; and whether a
# file was asked for, as its sha256 does not.
_NOT_HASHED_OF = {
    "regulated_items": {"status", "until", "quote", "last_change", "last_change_quote"},
    "duty_rates": {"status", "by_notice_key", "quote"},
    "attachments": {"state"},
}


def leaves(folder: Path) -> dict[str, str]:
    """The leaf of each body, both in hex, in order, from the CSV files of a release folder.

    A row rests on the capture that the notice which says it is read from. Bodies of which no page was made have a leaf
    without rows. Raises OSError, and ValueError, KeyError or csv.Error for a file that is no such view.
    """
    body_of = {row["capture_id"]: row["body_sha256"] for row in _rows(folder, "captures")}
    body_of_notice = {
        row["notice_key"]: body_of[row["capture_id"]] for row in _rows(folder, "pages")
    }
    hashes: dict[str, list[bytes]] = {body: [] for body in body_of.values() if body}
    for view, key in _SAID_BY.items():
        out = _NOT_HASHED | _NOT_HASHED_OF.get(view, set())
        for row in _rows(folder, view):
            kept = {column: text for column, text in row.items() if column not in out}
            hashes[body_of_notice[row[key]]].append(row_hash(view, kept))
    return {body: leaf_hash(body, hashes[body]).hex() for body in sorted(hashes)}


def root(leaves_by_body: dict[str, str]) -> str:
    """The root, in hex, of the leaves in the order of their bodies' SHA-256."""
    return root_hash([bytes.fromhex(leaf) for _, leaf in sorted(leaves_by_body.items())]).hex()


def _rows(folder: Path, view: str) -> Iterator[dict[str, str]]:
    # A text is longer than the 128 KiB that csv takes for a fault.
    csv.field_size_limit(sys.maxsize)
    with (folder / "csv" / f"{view}.csv").open(encoding="utf-8-sig", newline="") as file:
        # What a line has more or less than the first comes under, or as, None.
        for row in csv.DictReader(file):
            if None in row or None in row.values():
                raise ValueError(f"{view}.csv has a line of more or fewer cells than columns")
            yield row
