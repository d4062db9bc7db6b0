"""What a link leads to: a file or a page."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from shared.chinese.file_endings import FILE_ENDING

EXTENSION = re.compile(FILE_ENDING + r"\s*$")
DOWNLOAD = re.compile(r"/document/download|/downlodePdf|/attach/|/oldfile/", re.IGNORECASE)
# Parameters with the file's name, for links to a download service.
_NAME_PARAMETERS = ("fileName", "filename", "file_name", "name", "fileUrl", "file")


def is_file(href: str) -> bool:
    """Whether a link leads to a file and not to a page."""
    return bool(EXTENSION.search(file_name_of(href)) or DOWNLOAD.search(href))


def file_name_of(address: str) -> str:
    """The name of the file at an address, from its parameters or its path; empty for none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    parameters = parse_qs(parts.query)
    for name in _NAME_PARAMETERS:
        for value in parameters.get(name, ()):
            if EXTENSION.search(value):
                return value.rsplit("/", 1)[-1].strip()
    return unquote(parts.path).rsplit("/", 1)[-1].strip()
