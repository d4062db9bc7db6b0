"""Where an English page says that its text is from."""

import re

from services.parser.document.document import Document, Reading
from services.parser.document.parts import publication

_SOURCE = re.compile(
    r"\b(?:Source|From)\s*[:：]\s*(?P<source>\S.*?)\s*"
    r"(?=\b(?:Type|Category|Author|Updated?|Published|Posted|Date|Time|Editor|Views?)\b|\||\d{4}-|$)",
)


def read(document: Document) -> Reading[str | None]:
    """The source that the header prints, else that of the page's data."""
    header = document.meta_text("header")
    found = _SOURCE.search(header.raw)
    if found is None:
        return publication.read_source(document)
    return Reading(found["source"], (header.evidence("source", *found.span("source")),))
