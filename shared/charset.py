"""Decodes the bytes of a page: chooses the charset, and counts what could not be decoded."""

import re
from dataclasses import dataclass
from functools import lru_cache

from charset_normalizer import from_bytes
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

# w3lib follows the WHATWG table for gb2312, gbk and big5, but maps x-gbk to nothing.
_ALIASES = {"x-gbk": "gb18030"}
_DETECT_FROM = 65_536
# Content types that hold text, as they begin.
_TEXT = (
    "text/",
    "application/xhtml",
    "application/xml",
    "application/json",
    "application/javascript",
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# Latin with accents, Greek, Cyrillic and what else takes two bytes of UTF-8.
_TWO_BYTES = re.compile(r"[\u0080-\u07ff]+")
# As nearly all charsets have them, and those that are none do not.
_MARKUP = b'<meta a="1">\\u0031+-;'
_WIDE = re.compile(r"utf[-_]?(16|32)([-_]?[bl]e)?", re.IGNORECASE)
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Decoded:
    """`replaced` is the share of characters that could not be decoded, 0 to 1."""

    text: str
    charset: str
    replaced: float


def is_text(content_type: str | None, *, untyped: bool) -> bool:
    """Whether a body is text by its Content-Type header; `untyped` answers for one without."""
    named = (content_type or "").strip().lower()
    return named.startswith(_TEXT) if named else untyped


def decode(body: bytes, content_type: str | None = None, charset: str | None = None) -> Decoded:
    """Decode a page in `charset` if given, else in the one chosen here.

    The fetcher chooses once per capture and carries the choice in `Body.charset`: byte order mark,
    then meta, then header, then detection. The meta precedes the header because MOFCOM's servers
    name a wrong charset in headers, while pages of the GB2312 years declare theirs only in the
    meta; gb2312 and gbk are read as GB18030, which contains both. A declaration is overruled by
    bytes that contradict it: text that is valid UTF-8 and Chinese is UTF-8 whatever it declares,
    and text that is valid GB18030 but not UTF-8 is GB18030. U+0000 becomes U+FFFD, since neither
    HTML nor Postgres allows it.
    """
    charset, text = (charset and _in(charset, body)) or _read(body, content_type)
    text = text.replace("\0", _REPLACEMENT)
    replaced = text.count(_REPLACEMENT) / len(text) if text else 0.0
    return Decoded(text, charset, replaced)


def _in(charset: str, body: bytes) -> tuple[str, str] | None:
    """The text in a charset; None if it is none of pages."""
    if not _is_of_pages(charset):
        return None
    marked, mark = read_bom(body)
    if mark is not None and marked == charset:
        body = body[len(mark) :]
    return charset, body.decode(charset, "replace")


def _read(body: bytes, content_type: str | None) -> tuple[str, str]:
    """The charset chosen and the text; nothing is decoded twice."""
    marked, mark = read_bom(body)
    if marked and mark is not None:
        return marked, body[len(mark) :].decode(marked, "replace")
    declared = _known(html_body_declared_encoding(body)) or _known(
        http_content_type_encoding(content_type)
    )
    utf8 = _strictly(body, "utf-8")
    if utf8 is not None and declared != "utf-8" and _is_chinese(utf8):
        return "utf-8", utf8
    if (
        declared
        and (text := utf8 if declared == "utf-8" else _strictly(body, declared)) is not None
    ):
        return declared, text
    if utf8 is not None:
        return "utf-8", utf8
    charset = _guessed(body, declared)
    return charset, body.decode(charset, "replace")


def _guessed(body: bytes, declared: str | None) -> str:
    """The charset of bytes that are neither UTF-8 nor what they are declared as."""
    if declared == "utf-8" and _strictly(body, "gb18030") is not None and not _is_cut_utf8(body):
        return "gb18030"
    if declared:
        return declared
    if _is_cut_utf8(body):
        return "utf-8"
    # Detection takes seconds on megabytes; the head of a page tells as much.
    best = from_bytes(body[:_DETECT_FROM], cp_isolation=["utf_8", "gb18030", "big5"]).best()
    return best.encoding if best else "gb18030"


def _is_chinese(text: str) -> bool:
    # GB2312 bytes that happen to be valid UTF-8 (联通) decode to Latin, Greek or Cyrillic letters.
    if text.isascii():
        return False
    chinese = sum(map(len, _CHINESE.findall(text)))
    return chinese > sum(map(len, _TWO_BYTES.findall(text)))


def _is_cut_utf8(body: bytes) -> bool:
    """Whether a body is UTF-8 with a few bytes missing, as at the end of a truncated capture."""
    text = body.decode("utf-8", "replace")
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in text)
    return text.count(_REPLACEMENT) * 10 < chinese


def _known(name: str | None) -> str | None:
    if not name:
        return None
    charset = _ALIASES.get(name.lower()) or resolve_encoding(name)
    return charset if charset and _is_of_pages(charset) else None


@lru_cache(maxsize=1024)
def _is_of_pages(charset: str) -> bool:
    """Whether Python knows a charset, and it is one in which pages are written.

    Python has codecs that are none: base64 and zlib do not make text, undefined and idna raise errors,
    unicode_escape and utf-7 make lone surrogates.
    """
    try:
        read = _MARKUP.decode(charset, "replace")
    except (LookupError, ValueError):
        return False
    return read == _MARKUP.decode("ascii") or _WIDE.fullmatch(charset) is not None


def _strictly(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except UnicodeDecodeError:
        return None
