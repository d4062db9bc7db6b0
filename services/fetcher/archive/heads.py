"""Repairs the head of an answer (status line and headers) that a strict parser would refuse.

The archive replays the headers of the site's old servers, among them some that are not HTTP: a name with a
blank or a bracket (``x-archive-orig-(null): 1``), a line without colon, a NUL. They are of no use here; the
capture behind them is.
"""

import re

# RFC 9110, 5.6.2 and 5.5; the bytes above 0x7F (GBK file names) are obsolete and harmless.
_NAME = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_VALUE = rb"[\t\x20-\x7e\x80-\xff]*"
_WELL_FORMED = re.compile(
    rb"HTTP/1\.[01] \d{3}(?: " + _VALUE + rb")?\r\n(?:" + _NAME + rb":" + _VALUE + rb"\r\n)*\r\n"
)
_FRAMING = re.compile(rb"\n(?:content-length|transfer-encoding):", re.IGNORECASE)
_LINE_END = re.compile(rb"\r?\n")
_HEADER = re.compile(rb"(" + _NAME + rb")[ \t]*:(.*)", re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
# Of the headers that are used, Link is the longest: it repeats the original URL three times.
_LONGEST = 64 * 1024
_END = re.compile(rb"\r?\n\r?\n")

LONGEST_HEAD = 1024 * 1024


def end_of_head(data: bytes, start: int = 0) -> int | None:
    """Where the body begins; None while the head has not arrived whole."""
    found = _END.search(data, start)
    return found.end() if found else None


def mend(head: bytes) -> bytes:
    """The head as a strict parser takes it, its last blank line included; one that is well-formed as it is.

    Lines that are not headers are dropped, control characters become blanks, folded lines are joined, of several
    equal Content-Length one stays, and none beside a Transfer-Encoding (RFC 9112, 6.3). A head that was
    repaired asks to close the connection: where the next answer begins would be a guess.
    """
    if len(head) <= _LONGEST and _WELL_FORMED.fullmatch(head) and len(_FRAMING.findall(head)) <= 1:
        return head
    status, *lines = _LINE_END.split(head.rstrip(b"\r\n"))
    headers: list[tuple[bytes, bytes]] = []
    for line in lines:
        if line[:1] in (b" ", b"\t") and headers:
            name, value = headers[-1]
            headers[-1] = (name, value + b" " + line.strip())
        elif found := _HEADER.fullmatch(line):
            headers.append((found[1], found[2].strip()))
    named = [(name.lower(), value) for name, value in headers]
    lengths = {value for name, value in named if name == b"content-length"}
    coded = any(name == b"transfer-encoding" for name, _ in named)
    kept = [
        (name, value)
        for name, value in named
        if len(value) <= _LONGEST
        and name != b"connection"
        and not (name == b"content-length" and (coded or len(lengths) == 1))
    ]
    if len(lengths) == 1 and not coded:
        kept.append((b"content-length", lengths.pop()))
    kept.append((b"connection", b"close"))
    return b"\r\n".join(
        [
            _CONTROL.sub(b" ", status),
            *(name + b": " + _CONTROL.sub(b" ", value) for name, value in kept),
            b"",
            b"",
        ]
    )
