"""Files that a content block links to."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborNode

from services.parser.layouts.rendering import plain
from shared.chinese.file_endings import FILE_ENDING, PICTURES
from shared.notice import Attachment

_EXTENSION = re.compile(FILE_ENDING + r"\s*$")
# Replayed pages prefix links with the archive's own address.
_REPLAYED = re.compile(r"^(?:https?://web\.archive\.org)?/web/\d{1,14}[a-z_]*/(https?:.+)$")
# Parameters with the file's name, for links to a download service.
_NAME_PARAMETERS = ("fileName", "filename", "file_name", "name", "fileUrl", "file")
# Icons of the editor and the template, which are on every page.
_ICON = re.compile(
    r"/(?:fileTypeImages|images?/ev\.|ueditor|img/(?:btn|bg)|assets/i)|icon_[a-z]+\.gif|/ev\.gif",
    re.IGNORECASE,
)
# The string literals of a script; one of them may be the file that it fetches.
_QUOTED = re.compile(r"""(["'])(?P<word>[^"'\s]{4,500})\1""")
_DOWNLOAD = re.compile(r"/document/download|/downlodePdf|/attach/|/oldfile/", re.IGNORECASE)


# Lists of files that templates put after the content block.
BEHIND_THE_TEXT = ".nyb_fj, .xiangqing_fujian, .fujian, .art-attach, .attachment, #attach"


def read_attachments(blocks: Iterable[LexborNode], url: str) -> tuple[Attachment, ...]:
    """Links to files in page order, each address once; `url` is the page's original URL.

    The file type comes from the address, from the file name in its parameters, or from the link's
    text; https://xkzj.mofcom.gov.cn/tzgg/art/2026/art_7ad4508a20f04807b4926134a6f9d10c.html links
    to a download service. An embedded picture counts if it was uploaded with the text: a scanned
    annex.
    """
    found: dict[str, Attachment] = {}
    for block in blocks:
        for node in block.css("a[href], a[onclick], img[src], iframe[src], embed[src]"):
            attributes = node.attributes
            raw = _link(attributes) if node.tag == "a" else attributes.get("src")
            address = original(raw or "", url)
            if address is None or address in found:
                continue
            text = plain(node) if node.tag == "a" else ""
            label = text or (attributes.get("title") or attributes.get("alt") or "").strip()
            file_name = _file_name(address)
            match = _EXTENSION.search(file_name) or _EXTENSION.search(label)
            kind = match.group()[1:].strip().lower() if match else None
            if kind is None and not (node.tag == "a" and _DOWNLOAD.search(address)):
                continue
            if node.tag == "img" and (not _is_upload(address) or kind is None):
                continue
            if kind in PICTURES and _ICON.search(address):
                continue
            found[address] = Attachment(name=label or file_name or address, url=address, type=kind)
    return tuple(found.values())


def _link(attributes: Mapping[str, str | None]) -> str | None:
    """The target of a link; for a link that runs a script, the file among its string literals."""
    href = (attributes.get("href") or "").strip()
    if href and href != "#" and not href.lower().startswith("javascript:"):
        return href
    for script in (unquote(href), attributes.get("onclick") or ""):
        for word in _QUOTED.finditer(script):
            if is_file(word["word"]):
                return word["word"]
    return href or None


def is_file(href: str) -> bool:
    """Whether a link leads to a file and not to a page."""
    return bool(_EXTENSION.search(_file_name(href)) or _DOWNLOAD.search(href))


def original(href: str, url: str) -> str | None:
    """`href` as an absolute HTTP(S) URL on the original site; None for anything else."""
    href = href.strip()
    replayed = _REPLAYED.match(href)
    if replayed:
        return replayed.group(1)
    try:
        address = urljoin(url, href)
        parts = urlsplit(address)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return address if valid else None


def _file_name(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    parameters = parse_qs(parts.query)
    for name in _NAME_PARAMETERS:
        for value in parameters.get(name, ()):
            if _EXTENSION.search(value):
                return value.rsplit("/", 1)[-1].strip()
    return unquote(parts.path).rsplit("/", 1)[-1].strip()


def _is_upload(address: str) -> bool:
    parts = urlsplit(address)
    return not _ICON.search(address) and bool(
        parts.hostname == "images.mofcom.gov.cn"
        or re.search(r"/(?:oldfile|attach|upload\w*)/|/document/download", parts.path)
    )
