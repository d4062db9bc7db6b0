"""What the page of a capture is read with, and how its reading ends. Pure."""

from typing import TypedDict

from shared.events import Body, Capture, Done, Outcome, Skipped
from shared.notice import WITH_TEXT, Notice


class Known(TypedDict):
    """What is known of a page beside its bytes and address: arguments of `services.parser.parse.parse`."""

    content_type: str | None
    charset: str | None
    timestamp: str | None
    declared_size: int | None


def known_of(capture: Capture, body: Body) -> Known:
    """What is known of the page that a capture has."""
    return Known(
        content_type=body.content_type,
        charset=body.charset,
        timestamp=capture.timestamp,
        declared_size=body.declared_size,
    )


def outcome_of(notice: Notice) -> Outcome:
    """Done if the page is a document with a text, else skipped with the page's kind and why."""
    if notice.page_kind in WITH_TEXT:
        return Done()
    return Skipped(reason=notice.page_kind, detail=notice.redirect_to or notice.rejection)
