"""How long a body is by its headers."""

import re

# Nothing that was captured is longer than some terabytes; what has more digits is not a length.
_LENGTH = re.compile(r"[0-9]{1,15}")
_RANGE = re.compile(r"\s*bytes\s+\d{1,15}-\d{1,15}/(\d{1,15})\s*", re.ASCII | re.IGNORECASE)


def length(content_length: str | None) -> int | None:
    """The number in a Content-Length; None for what is none."""
    return int(content_length) if content_length and _LENGTH.fullmatch(content_length) else None


def whole_length(content_range: str | None) -> int | None:
    """The length of which a Content-Range has a part (RFC 9110, 14.4).

    >>> whole_length("bytes 0-4095/13000")
    13000
    """
    found = _RANGE.fullmatch(content_range or "")
    return int(found[1]) if found else None
