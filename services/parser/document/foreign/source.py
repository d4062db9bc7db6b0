"""Where an English page says that its text is from."""

from services.parser.document.document import Document, Reading
from services.parser.document.parts import publication
from shared.chinese.form import Form, Forms

SOURCES = Forms(
    Form(
        "source",
        r"\b(?:Source|From)\s*[:：]\s*(?P<source>\S.*?)\s*"
        r"(?=\b(?:Type|Category|Author|Updated?|Published|Posted|Date|Time|Editor|Views?)\b|\||\d{4}-|$)",
        yes=("Source: Xinhua Type: News", "From：MOFCOM 2025-11-09"),
        no=("Sources",),
    )
)


def read(document: Document) -> Reading[str | None]:
    """The source that the header prints, else that of the page's data."""
    header = document.meta_text("header")
    found = SOURCES.search(header.raw)
    if found is None:
        return publication.read_source(document)
    return Reading(found["source"], (header.evidence("source", *found.span("source")),))
