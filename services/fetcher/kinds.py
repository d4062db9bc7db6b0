"""Whether a capture is a page or an attachment, judged by its row in the CDX index."""

from typing import Literal
from urllib.parse import urlsplit

from shared.chinese.file_endings import BINARY
from shared.events import CdxRow

Kind = Literal["page", "attachment"]

_PAGES = ("text/html", "text/plain", "text/xml", "application/xhtml", "application/xml")
# The index's media type of a capture that repeats an earlier one, or whose type is unknown.
_UNKNOWN = (None, "", "-", "unk", "warc/revisit")
_OF_PAGES = "ico svg css js swf mp3 mp4 flv wmv".split()
_NOT_PAGES = tuple(f".{ending}" for ending in (*BINARY, *_OF_PAGES))


def kind_of(row: CdxRow) -> Kind:
    """The kind of a listed capture: by its media type, without one by the file extension."""
    if row.mimetype in _UNKNOWN:
        try:
            path = urlsplit(row.original).path.lower()
        except ValueError:
            return "page"
        return "attachment" if path.endswith(_NOT_PAGES) else "page"
    return "page" if row.mimetype.lower().startswith(_PAGES) else "attachment"
