"""What no real page is: linear passes check it before the tree is built."""

import re

from services.parser.first_bytes import GIF, JPEG, OLE, PDF, PNG, RAR, RTF, SEVEN_ZIP, ZIP

# Real pages of the site are at most a few hundred kilobytes.
MOST_BYTES = 5_000_000
# selectolax needs 6 s at 50,000 nested elements and minutes at a million.
MOST_OPEN = 1_000
# The text of nested blocks is read once for each of them. The count is of the characters of a page,
# plus `_A_TAG` for each tag, each multiplied by the number of elements open around it: at most 0.2
# million on the pages of the site that we have, 170 million in a table of 50,000 styled cells.
MOST_NESTED = 200_000_000
_A_TAG = 60

# Files that are served at the address of a page, by their first bytes.
_FILES = {
    PDF: "a PDF file",
    ZIP: "a ZIP or Office file",
    OLE: "an Office file",
    RTF: "an RTF file",
    RAR: "a RAR file",
    SEVEN_ZIP: "a 7z file",
    b"\x1f\x8b": "a gzip file",
    PNG: "a picture",
    GIF: "a picture",
    JPEG: "a picture",
    b"CWS": "a Flash film",
    b"FWS": "a Flash film",
}
# Control characters, but the white space among them; texts have none. Of those that could not be decoded
# (U+FFFD) a page in the wrong charset has some.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(9), *range(14, 32), 127])
_MOST_CONTROL, _MOST_LOST = 0.01, 0.3

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)\b.*?(?:</\1|\Z)|<(/?)([a-zA-Z][^\s/><]*)",
    re.IGNORECASE | re.DOTALL,
)
# Elements without content, and those that the next element of their kind closes: they cannot nest
# without another element between them.
_NEVER_NESTS_NAMES = (
    "area base br col embed hr img input link meta param source track wbr keygen frame "
    "p li dt dd option optgroup tr td th tbody thead tfoot colgroup rt rp html head body "
    "path rect circle line polygon polyline ellipse use stop"
)
_NEVER_NESTS = frozenset(_NEVER_NESTS_NAMES.split())


class UnreadablePage(Exception):
    """A body that is not parsed, because no real page is like it. `reason` is stable text."""

    reason = "unreadable"


class TooLarge(UnreadablePage):
    """More bytes than `MOST_BYTES`."""

    reason = "too large"


class TooDeep(UnreadablePage):
    """More than `MOST_OPEN` elements open at once, or a nested text of more than `MOST_NESTED`."""

    reason = "too deep"


class NotText(UnreadablePage):
    """A file or bytes that are no text."""

    reason = "not text"


def check_text(body: bytes, text: str) -> None:
    """Raise NotText for a body that is a file of another kind, or that decodes to no text."""
    for first, name in _FILES.items():
        if body.startswith(first):
            raise NotText(f"not a page: {name}")
    if not text:
        return
    # (Bytes without any, in any charset, are found ten times as fast.)
    may_hold = len(body.translate(None, _CONTROL_BYTES)) < len(body)
    control = len(_CONTROL.findall(text)) / len(text) if may_hold else 0
    lost = text.count("\N{REPLACEMENT CHARACTER}") / len(text)
    if control > _MOST_CONTROL or lost > _MOST_LOST:
        raise NotText(
            f"not a page: {control:.0%} of its characters are control characters, "
            f"{lost:.0%} no characters"
        )


def check_size(body: bytes) -> None:
    """Raise TooLarge for a body over 5 MB."""
    if len(body) > MOST_BYTES:
        raise TooLarge(f"{len(body)} bytes, over {MOST_BYTES}")


def may_be_deep(body: bytes) -> bool:
    """Whether a body has enough tags for `check_depth` to refuse it; nothing nests deeper than the
    number of its tags, in any charset.
    """
    tags = body.count(b"<")
    return tags > MOST_OPEN or tags * (len(body) + tags * _A_TAG) > MOST_NESTED


def check_depth(html: str) -> None:
    """Raise TooDeep if over 1,000 elements are open at once, or too much text is nested deeply.

    Elements are counted by name, so the count is never below the depth that a browser would build,
    up to a constant: an end tag closes only elements of its own name.
    """
    open_by_name: dict[str, int] = {}
    total = nested = before = 0
    for tag in _TAG.finditer(html):
        nested += total * (tag.start() - before + _A_TAG)
        before = tag.start()
        if nested > MOST_NESTED:
            break
        name = tag.group(3)
        if name is None:
            continue
        name = name.lower()
        if name in _NEVER_NESTS:
            continue
        if not tag.group(2):
            open_by_name[name] = open_by_name.get(name, 0) + 1
            total += 1
            if total > MOST_OPEN:
                raise TooDeep(f"over {MOST_OPEN} elements open at once")
        elif open_by_name.get(name):
            open_by_name[name] -= 1
            total -= 1
    if nested + total * (len(html) - before) > MOST_NESTED:
        raise TooDeep(f"over {MOST_NESTED} characters in nested elements")
