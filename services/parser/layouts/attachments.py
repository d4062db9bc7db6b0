"""Files that a content block links to."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborNode

from services.parser.layouts.links import DOWNLOAD, EXTENSION, file_name_of, is_file
from services.parser.layouts.rendering import plain
from shared.chinese.file_endings import PICTURES
from shared.notice import Attachment

# Replayed pages prefix links with the archive's own address.
_REPLAYED = re.compile(r"^(?:https?://web\.archive\.org)?/web/\d{1,14}[a-z_]*/(https?:.+)$")
# Icons of the editor and the template, which are on every page.
_ICON = re.compile(
    r"/(?:fileTypeImages|images?/ev\.|ueditor|img/(?:btn|bg)|assets/i)|icon_[a-z]+\.gif|/ev\.gif",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"(?:^|[^a-z])(?:icon|qr(?:code)?|logo|weixin|wechat|share|erweima)(?![a-z])|二维码|图标|徽标|扫一扫",
    re.IGNORECASE,
)
# The string literals of a script; one of them may be the file that it fetches.
_QUOTED = re.compile(r"""(["'])(?P<word>[^"'\s]{4,500})\1""")


# Lists of files that templates put after the content block.
BEHIND_THE_TEXT = ".nyb_fj, .xiangqing_fujian, .fujian, .art-attach, .attachment, #attach"


def read_attachments(blocks: Iterable[LexborNode], url: str) -> tuple[Attachment, ...]:
    """Links to files in page order, each address once; `url` is the page's original URL.

    The file type comes from the address, from the file name in its parameters, or from the link's
    text; https://xkzj.mofcom.gov.cn/tzgg/art/2026/art_7ad4508a20f04807b4926134a6f9d10c.html links
    to a download service. An embedded picture counts if it was uploaded with the text: a scanned
    annex; one in a `figure`, or an icon or QR code by its name, does not.
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
            file_name = file_name_of(address)
            match = EXTENSION.search(file_name) or EXTENSION.search(label)
            kind = match.group()[1:].strip().lower() if match else None
            if kind is None and not (node.tag == "a" and DOWNLOAD.search(address)):
                continue
            if node.tag == "img" and (not _is_upload(address) or kind is None or _in_figure(node)):
                continue
            if kind in PICTURES and (_ICON.search(address) or _SIGN.search(f"{file_name} {label}")):
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


def _in_figure(node: LexborNode) -> bool:
    parent = node.parent
    return parent is not None and (
        parent.tag == "figure" or (parent.parent is not None and parent.parent.tag == "figure")
    )


def _is_upload(address: str) -> bool:
    parts = urlsplit(address)
    return not _ICON.search(address) and bool(
        parts.hostname == "images.mofcom.gov.cn"
        or re.search(r"/(?:oldfile|attach|upload\w*)/|/document/download", parts.path)
    )
