"""What a link or a script leads to: a file or a page."""

import re
from urllib.parse import parse_qsl, unquote, unquote_to_bytes, urljoin, urlsplit

from shared.chinese.file_endings import DOCUMENT_ENDING, FILE_ENDING

EXTENSION = re.compile(FILE_ENDING + r"\s*$")
# … of no picture.
DOCUMENT = re.compile(DOCUMENT_ENDING + r"\s*$")
# Services that send files, of the site's generations and of the programs that other authorities use:
# /document/download?fileUrl=…, /download.jsp?id=12, /servlet/DownloadFile?id=12.
DOWNLOAD = re.compile(
    r"/document/download|/downlodePdf|/attach/|/oldfile/"
    r"|/[\w-]*(?:download|downfile|filedown|getfile|openfile|viewfile|attachment)[\w-]*(?:\.\w{2,6})?\?"
    r"|[?&](?:file_?(?:id|url|path)|attach(?:ment)?_?id)=",
    re.IGNORECASE,
)
# Hosts of the site that keep files, no pages.
FILE_HOSTS = frozenset(
    f"{name}.mofcom.gov.cn" for name in ("file", "files", "images", "image", "img", "picpolicy")
)
PAGE = re.compile(r"(?:\.s?html?|\.aspx?|\.php|/)$", re.IGNORECASE)
# Parameters with the file's name, for links to a download service.
_NAME_PARAMETERS = (
    "fileName", "filename", "file_name", "name", "fileUrl", "file", "filePath", "path", "url", "src",
)  # fmt: skip
_MOST_PARAMETERS = 100
# The string literals of a script; one of them may be the file that it fetches.
_QUOTED = re.compile(r"""(["'])(?P<word>[^"'\s]{4,500})\1""")


def is_file(href: str) -> bool:
    """Whether a link leads to a file and not to a page."""
    return bool(EXTENSION.search(file_name_of(href)) or DOWNLOAD.search(href) or _is_kept(href))


def file_name_of(address: str) -> str:
    """The name of the file at an address, from its parameters or its path; empty for none.

    Names are percent-encoded as UTF-8, or as GBK by older programs.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    parameters = _parameters(parts.query)
    for name in _NAME_PARAMETERS:
        value = parameters.get(name, "")
        if EXTENSION.search(value):
            return re.split(r"[/\\]", value)[-1].strip()
    return decoded(parts.path).rsplit("/", 1)[-1].strip()


def shown_file(address: str) -> str:
    """The file that a page of a viewer shows (/pdfjs/web/viewer.html?file=/upload/1.pdf), else the address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if not parts.query or not PAGE.search(parts.path):
        return address
    for value in _parameters(parts.query).values():
        if EXTENSION.search(file_name_of(value)) and re.match(r"https?://|\.{0,2}/", value):
            return urljoin(address, value)
    return address


def file_in_script(script: str) -> str | None:
    """The first file among the string literals of a script: window.open('/x/1.pdf')."""
    for word in _QUOTED.finditer(script.replace("\\/", "/")):
        if is_file(word["word"]):
            return word["word"]
    return None


def decoded(text: str) -> str:
    """Percent-encoded words, in UTF-8 or else in GBK."""
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return unquote_to_bytes(text).decode("gb18030", "replace")


def _parameters(query: str) -> dict[str, str]:
    """The first value of each parameter."""
    found: dict[str, str] = {}
    try:
        # (As Latin letters each byte is one character, which UTF-8 and GBK are then told apart by.)
        pairs = parse_qsl(query, encoding="latin-1", max_num_fields=_MOST_PARAMETERS)
    except ValueError:
        return found
    for name, value in pairs:
        found.setdefault(name, _from_bytes(value))
    return found


def _from_bytes(value: str) -> str:
    try:
        data = value.encode("latin-1")
    except UnicodeEncodeError:
        return value
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _is_kept(address: str) -> bool:
    """Whether a host that keeps files has something at an address that is no page."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return host in FILE_HOSTS and len(parts.path) > 1 and not PAGE.search(parts.path)
