"""Files that a content block links to."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborNode

from services.parser.layouts.file_lists import listed_files
from services.parser.layouts.link_forms import LABELS
from services.parser.layouts.links import (
    DOCUMENT,
    EXTENSION,
    FILE_HOSTS,
    PAGE,
    decoded,
    file_in_script,
    file_name_of,
    is_file,
    shown_file,
)
from services.parser.layouts.rendering import plain
from shared.chinese.characters import fold
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
# Attributes in which scripts find an address.
_DATA = ("data-href", "data-url", "data-file", "data-src", "data-link", "data-path")
_NODES = "a, img, iframe, embed, object, param, [onclick], [data-href], [data-url], [data-file], [data-path]"
_EMBEDDED = {"img": "src", "iframe": "src", "embed": "src", "object": "data", "param": "value"}

# Lists of files that templates put after the content block.
BEHIND_THE_TEXT = ".nyb_fj, .xiangqing_fujian, .fujian, .art-attach, .attachment, #attach"


class Files(NamedTuple):
    """The files that a page links to, each address once; a link whose address only a script knows is a warning."""

    attachments: tuple[Attachment, ...]
    warnings: tuple[str, ...] = ()


def read_attachments(
    blocks: Iterable[LexborNode], url: str, scripts: Iterable[LexborNode] = ()
) -> Files:
    """Links to files in page order, then those that `scripts` list; `url` is the page's original URL.

    The file type comes from the address, from the file name in its parameters, or from the link's
    text; https://xkzj.mofcom.gov.cn/tzgg/art/2026/art_7ad4508a20f04807b4926134a6f9d10c.html links
    to a download service. Without any, a link is one to a file by a service that sends files, a host that keeps them, or
    its own words (附件1：清单). An embedded picture counts if it was uploaded with the text: a scanned
    annex; one in a `figure`, or an icon or QR code by its name, does not.
    """
    found: dict[str, Attachment] = {}
    warnings: list[str] = []
    for block in blocks:
        for node in block.css(_NODES):
            raw = _link(node)
            label = _label(node)
            if raw is None:
                if node.tag == "a" and _runs_script(node) and DOCUMENT.search(label):
                    warnings.append(f"attachments: only a script knows the address of {label}")
                continue
            address = original(raw, url)
            address = address and shown_file(address)
            if address is None or address in found:
                continue
            attachment = _attachment(node, address, label)
            if attachment is not None:
                found[address] = attachment
    for name, raw in listed_files(script.text() for script in scripts):
        address = original(raw, url)
        if address is not None and address not in found:
            kind = _kind(file_name_of(address), name)
            found[address] = Attachment(name=name or file_name_of(address), url=address, type=kind)
    return Files(tuple(found.values()), tuple(dict.fromkeys(warnings)))


def _attachment(node: LexborNode, address: str, label: str) -> Attachment | None:
    file_name = file_name_of(address)
    kind = _kind(file_name, label)
    if kind is None and not _leads_to_a_file(node, address, label):
        return None
    if node.tag == "img" and (not _is_upload(address) or kind is None or _in_figure(node)):
        return None
    if kind in PICTURES and (_ICON.search(address) or _SIGN.search(f"{file_name} {label}")):
        return None
    return Attachment(name=label or file_name or address, url=address, type=kind)


def _kind(file_name: str, label: str) -> str | None:
    match = EXTENSION.search(file_name) or EXTENSION.search(label)
    return match.group()[1:].strip().lower() if match else None


def _leads_to_a_file(node: LexborNode, address: str, label: str) -> bool:
    """Whether a link without a file type leads to a file."""
    if node.tag in ("img", "param"):
        return False
    if is_file(address):
        return True
    parts = urlsplit(address)
    is_page = bool(PAGE.search(parts.path) or not parts.path) and not parts.query
    return node.tag == "a" and not is_page and LABELS.search(fold(label)) is not None


def _label(node: LexborNode) -> str:
    attributes = node.attributes
    text = "" if node.tag in _EMBEDDED else plain(node)
    return text or (attributes.get("title") or attributes.get("alt") or "").strip()


def _link(node: LexborNode) -> str | None:
    """The address that a node leads to or shows; for what runs a script, the file among its string literals."""
    attributes = node.attributes
    if embedded := _EMBEDDED.get(node.tag or ""):
        value = attributes.get(embedded) or ""
        return value or next((attributes[name] for name in _DATA if attributes.get(name)), None)
    href = (attributes.get("href") or "").strip()
    if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
        return href
    for name in _DATA:
        value = (attributes.get(name) or "").strip()
        if value and is_file(value):
            return value
    for script in (href, decoded(href), attributes.get("onclick") or ""):
        if file := file_in_script(script):
            return file
    return None


def _runs_script(node: LexborNode) -> bool:
    href = (node.attributes.get("href") or "").strip().lower()
    return href.startswith(("javascript:", "#")) or (not href and "onclick" in node.attributes)


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
        parts.hostname in FILE_HOSTS
        or re.search(r"/(?:oldfile|attach|upload\w*)/|/document/download", parts.path)
    )
