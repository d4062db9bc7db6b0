"""Whether a capture is a page or an attachment, judged by its row in the CDX index."""

from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from shared.chinese.file_endings import BINARY
from shared.events import CdxRow

Kind = Literal["page", "attachment"]

_PAGES = ("text/html", "text/plain", "text/xml", "application/xhtml", "application/xml")
# The index's media type of a capture that repeats an earlier one, or whose type is unknown.
_UNKNOWN = (None, "", "-", "unk", "warc/revisit")
_OF_PAGES = "ico svg css js swf mp3 mp4 flv wmv".split()
_MOST_PARAMETERS = 100
_NOT_PAGES = tuple(f".{ending}" for ending in (*BINARY, *_OF_PAGES))


def kind_of(row: CdxRow) -> Kind:
    """The kind of a listed capture: by its media type, without one by the file extension."""
    if row.mimetype in _UNKNOWN:
        try:
            names = _file_names(row.original)
        except ValueError:
            return "page"
        return "attachment" if any(name.lower().endswith(_NOT_PAGES) for name in names) else "page"
    return "page" if row.mimetype.lower().startswith(_PAGES) else "attachment"


def _file_names(url: str) -> list[str]:
    """What may name the file at an address: its path, or where that has no file extension, its parameters
    (/document/download?fileUrl=7c1d&fileName=目录.pdf). Raises ValueError.
    """
    parts = urlsplit(url)
    if "." in parts.path.rpartition("/")[2]:
        return [parts.path]
    return [value for _, value in parse_qsl(parts.query, max_num_fields=_MOST_PARAMETERS)]
