"""Pages and what is none, by what the archive's index says of a capture."""

from typing import Literal
from urllib.parse import urlsplit

from shared.chinese.file_endings import BINARY
from shared.events import CdxRow

_PAGES = ("text/html", "text/plain", "text/xml", "application/xhtml", "application/xml")
# What the index says of a capture that repeats an earlier one, or that it knows nothing of.
_UNKNOWN = (None, "", "-", "unk", "warc/revisit")
_OF_PAGES = "ico svg css js swf mp3 mp4 flv wmv".split()
_NOT_PAGES = tuple(f".{ending}" for ending in (*BINARY, *_OF_PAGES))


def kind_of(row: CdxRow) -> Literal["page", "attachment"]:
    """What a listed capture is: by its MIME type, without one by the ending of its address."""
    if row.mimetype in _UNKNOWN:
        try:
            path = urlsplit(row.original).path.lower()
        except ValueError:
            return "page"
        return "attachment" if path.endswith(_NOT_PAGES) else "page"
    return "page" if row.mimetype.lower().startswith(_PAGES) else "attachment"
