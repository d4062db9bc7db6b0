"""The expected outcome of each known fault of the archive."""

from shared.events import Answer
from testing.archive.faults import FAULTS, STRANGERS

# Fault of a capture that the index lists: answer, outcome (done, retry, a reason of skipped), and
# how many requests the archive got. "archive" means that everything stops.
CAPTURES: dict[str, tuple[Answer | None, str, int]] = {
    "429": (None, "archive", 1),
    "429 with Retry-After": (None, "archive", 1),
    "outage page": (None, "archive", 1),
    "503": (Answer.TRANSIENT, "retry", 2),
    "504": (Answer.TRANSIENT, "retry", 2),
    "silent": (Answer.TRANSIENT, "retry", 2),
    "drip": (Answer.TRANSIENT, "retry", 2),
    "dropped": (Answer.TRANSIENT, "retry", 2),
    "reset": (Answer.TRANSIENT, "retry", 2),
    "bad query": (Answer.TRANSIENT, "retry", 2),
    "truncated": (Answer.TRUNCATED, "retry", 2),
    "empty": (Answer.TRUNCATED, "retry", 2),
    "shorter than declared": (Answer.MEMENTO, "done", 2),
    "excluded": (Answer.EXCLUDED, "excluded", 1),
    "blocked in the index": (Answer.EXCLUDED, "excluded", 1),
    "robots in the index": (Answer.ROBOTS, "robots", 1),
    "redirect in view mode": (Answer.ARCHIVED_REDIRECT, "archived redirect", 1),
    "redirect loop": (Answer.ARCHIVED_REDIRECT, "archived redirect", 2),
    "redirect to the live host": (Answer.ARCHIVED_REDIRECT, "archived redirect", 2),
    "neighbour within a day": (Answer.SUBSTITUTE, "done", 2),
    "neighbour days away": (Answer.UNPLAYABLE, "retry", 2),
    "another form of the address": (Answer.SUBSTITUTE, "done", 1),
    "archived 404": (Answer.MEMENTO, "done", 1),
    "archived 429": (Answer.MEMENTO, "done", 1),
    "archived 412 of a wall": (Answer.MEMENTO, "done", 1),
    "archived 521 of a wall": (Answer.MEMENTO, "done", 1),
    "Invalid URI": (Answer.MEMENTO, "done", 1),
    "failed server-side include": (Answer.MEMENTO, "done", 1),
    "gb2312 in the meta alone": (Answer.MEMENTO, "done", 1),
    "false gzip": (Answer.MEMENTO, "done", 1),
    "unasked gzip": (Answer.MEMENTO, "done", 1),
    "unasked brotli": (Answer.MEMENTO, "done", 1),
    "gzip under an empty coding": (Answer.MEMENTO, "done", 1),
    "gzip under a list with nothing first": (Answer.MEMENTO, "done", 1),
    "gzip without a coding": (Answer.MEMENTO, "done", 1),
    **{name: (Answer.MEMENTO, "done", 1) for name in FAULTS if name.startswith("odd header")},
    **dict.fromkeys(STRANGERS, (Answer.TRANSIENT, "retry", 2)),
}
# Of these, the ones that end only when the client gives up.
ENDLESS = ("silent", "drip")
# Redirects of a page that was archived as one.
REDIRECTS = ("path-only Location", "schemeless Location")
# Fault of the index: whole, partial, the class of the failure, or that everything stops.
INDEX: dict[str, str] = {
    "429": "archive",
    "outage page": "archive",
    "503": "transient",
    "504": "transient",
    "reset": "transient",
    "dropped": "transient",
    "bad query": "transient",
    "CDX exception": "transient",
    "CDX exception after rows": "transient",
    "malformed row": "transient",
    "blocked in the index": "excluded",
    "robots in the index": "robots",
    "repeated key": "partial",
    "too wide": "whole",
    "empty page with a key": "whole",
    "duplicate rows": "whole",
    "odd rows": "whole",
    **{name: "whole" for name in FAULTS if name.startswith("odd header")},
    **dict.fromkeys(STRANGERS, "transient"),
}
