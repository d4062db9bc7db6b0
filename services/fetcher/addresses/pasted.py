"""The address, and its time, in a line as people paste it: in brackets or quotes, behind a title or a
number, with a comment, beside a timestamp, as a row of the archive's index.
"""

import json
import re

from services.fetcher.addresses.errors import NotAnAddress
from services.fetcher.addresses.named import Named
from shared.site import SITE

# Zero-width and direction marks, soft hyphen, byte order mark: no URL has them unencoded.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BLANKS = re.compile("[ \t\u00a0\u3000]+")
# Typed with a Chinese keyboard: http：／／www．mofcom．gov．cn.
_FULL_WIDTH = str.maketrans("：／．＊０１２３４５６７８９", ":/.*0123456789")
_IDEOGRAPHIC_STOP_IN_HOST = re.compile(r"(?<=[a-z])[。｡](?=[a-z])", re.IGNORECASE)
# Made harmless for mail: hxxp://www[.]mofcom[.]gov[.]cn.
_DEFANGED = ((re.compile(r"\bhxxp(?=s?:)", re.IGNORECASE), "http"), (re.compile(r"\[\.\]"), "."))
_WITHOUT_COLON = re.compile(r"^(https?)(?=//)", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(rf"^//(?=[a-z0-9.-]*{re.escape(SITE)})", re.IGNORECASE)
_BACKSLASHED = re.compile(r"^(?:https?:)?\\\\[^/]+$", re.IGNORECASE)

_COMMENT = re.compile(r"(?:^|[ \t])#.*$")
_MARKDOWN = re.compile(r"\[[^\]]*\]\((?P<url>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?: \"[^\"]*\")?\)")
_BULLET = re.compile(
    r"^(?:[-+*•·‣]|[（(]?\d{1,4}[.)、）])(?:\s+|(?=https?:))|^[•·‣]|^[（(]?\d{1,4}[、）]",
    re.IGNORECASE,
)
# A scheme that begins a word, or stands behind what is not a part of a URL: 网址：http://….
_SCHEME = re.compile(
    r"(?<![a-z0-9%/=_.~+*-])(?<![a-z0-9]:)(?:view-source:)?https?:/", re.IGNORECASE
)
_SITE = re.compile(rf"(?:^|[./]){re.escape(SITE)}(?:[:/?#*]|$)", re.IGNORECASE)
_TIME = re.compile(r"(?P<digits>\d{4,14})|(?P<date>(?:19|20)\d\d-\d\d-\d\d)(?:T[\d:.]+Z?)?")
_TIME_BESIDE = re.compile(
    r"(?P<url>.+?)[,;|](?P<time>\d{8,14})|(?P<first>\d{8,14})[,;|](?P<then>.+)"
)
_CDX_KEY = re.compile(r"[a-z0-9_-]+(?:,[a-z0-9_-]+)+(?::\d+)?\)/\S*", re.IGNORECASE)
_REMARK = re.compile(r"[（(\[].*[)）\]]$|[一-鿿].*")

_OPENING = "\"'“‘«<《〈「『【(（["
# What ends a sentence or closes what was opened round the address, and is not the end of a URL.
_CLOSING = "。．｡，、；：！？…·\"'”’»>》〉」』】.,;:!|`"
_PAIRS = {")": "(", "）": "（", "]": "[", "}": "{"}


def find_address(line: str) -> Named:
    """The address in a line, empty where the line is empty or a comment. A line in which no address
    is to be seen is returned as it is.

        1. 商务部公告2018年第47号 http://www.mofcom.gov.cn/a.shtml，   → http://www.mofcom.gov.cn/a.shtml
        http://www.mofcom.gov.cn/a.shtml,20230113054024           → the same, 20230113054024

    Raises NotAnAddress for more than one address, or a blank in one.
    """
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", line).translate(_FULL_WIDTH)).strip()
    text = _IDEOGRAPHIC_STOP_IN_HOST.sub(".", text)
    for defanged, plain in _DEFANGED:
        text = defanged.sub(plain, text)
    if row := _index_row(text):
        return row
    text = _COMMENT.sub("", text)
    if links := [link["url"] for link in _MARKDOWN.finditer(text)]:
        text = " ".join(links)
    text = _BULLET.sub("", text.strip())
    return _one_of(_words(text)) if text else Named("")


def _index_row(text: str) -> Named | None:
    """A row of the CDX index: key, timestamp, original URL and more, as text or JSON."""
    if text.startswith('["'):
        try:
            cells = json.loads(text.rstrip(",]") + "]")
        except ValueError:
            return None
        text = " ".join(str(cell) for cell in cells)
    words = text.split(" ")
    if len(words) >= 3 and _CDX_KEY.fullmatch(words[0]) and re.fullmatch(r"\d{1,14}", words[1]):
        return Named(words[2], words[1])
    return None


def _words(text: str) -> list[str]:
    """The text at its blanks, and before a scheme that is glued to what introduces it."""
    words = []
    for word in text.split(" "):
        start = 0
        for scheme in _SCHEME.finditer(word):
            if scheme.start() > start:
                words.append(word[start : scheme.start()])
                start = scheme.start()
        words.append(word[start:])
    return [trimmed for word in words if (trimmed := _trimmed(word))]


def _trimmed(word: str) -> str:
    """Without quotes, brackets and punctuation round it; brackets that belong to the URL stay."""
    word = word.lstrip(_OPENING)
    while word:
        last = word[-1]
        unopened = last in _PAIRS and word.count(last) > word.count(_PAIRS[last])
        if last not in _CLOSING and not unopened:
            break
        word = word[:-1]
    if _BACKSLASHED.match(word):
        word = word.replace("\\", "/")
    return _WITHOUT_SCHEME.sub("", _WITHOUT_COLON.sub(r"\1:", word))


def _one_of(words: list[str]) -> Named:
    addresses = [place for place, word in enumerate(words) if _is_address(word)]
    if len(addresses) > 1:
        raise NotAnAddress("holds more than one address: give one address per line")
    if not addresses:
        if len(words) > 1:
            raise NotAnAddress("contains ' ': give one address per line, percent-encoded")
        return Named(words[0] if words else "")
    at = addresses[0]
    url, timestamp = _split_time(words[at])
    for place, word in enumerate(words):
        if place == at:
            continue
        if time := _TIME.fullmatch(word):
            if timestamp is None:
                timestamp = _digits(time)
        elif place > at and "#" not in url and not _REMARK.match(word):
            # (http://www.mofcom.gov.cn/my file.shtml: half of it would be another page.)
            raise NotAnAddress("contains ' ': give one address per line, percent-encoded")
    return Named(url, timestamp)


def _is_address(word: str) -> bool:
    return bool(_SCHEME.match(word) or _SITE.search(word))


def _split_time(word: str) -> tuple[str, str | None]:
    if beside := _TIME_BESIDE.fullmatch(word):
        if beside["url"]:
            return _trimmed(beside["url"]), beside["time"]
        return beside["then"], beside["first"]
    return word, None


def _digits(time: re.Match[str]) -> str:
    return time["digits"] or time["date"].replace("-", "")
