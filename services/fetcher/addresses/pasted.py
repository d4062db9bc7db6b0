"""The address, and its time, in a line as people paste it: in brackets or quotes, behind a title or a
number, with a comment, beside a timestamp, as a row of the archive's index.
"""

import json
import re
from html import unescape
from typing import Any
from unicodedata import category

from services.fetcher.addresses.dates import with_digits
from services.fetcher.addresses.errors import NotAnAddress
from services.fetcher.addresses.named import Named
from shared.chinese.file_endings import FILE_ENDING
from shared.chinese.form import Form, Forms
from shared.english_dates import YEAR
from shared.site import SITE

# What Python does not count as a format character: variation selectors, an object's place.
_INVISIBLE = re.compile("[\ufe00-\ufe0f\ufffc]")
_BLANKS = re.compile(r"\s+")
# Typed with a Chinese keyboard: ｈｔｔｐ：／／www．mofcom．gov．cn. (Not ，（）；, which stand behind an address.)
_FULL_WIDTH = str.maketrans("：／．＊％＃＆＝＿－～｜", ":/.*%#&=_-~|")
# The name of a file may have full-width letters and digits of its own: /附件Ａ１.pdf.
_FULL_WIDTH_WORD = {
    full: full - 0xFEE0 for full in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))
}
_PATH = re.compile(rf"(?<={re.escape(SITE)}/)\S*", re.IGNORECASE)
_FULL_WIDTH_QUERY = re.compile(r"？(?=[\w.-]+=)")
_IDEOGRAPHIC_STOP_IN_HOST = re.compile(r"(?<=[a-z])[。｡](?=[a-z])", re.IGNORECASE)
# Made harmless for mail: hxxp://www[.]mofcom[.]gov[.]cn.
_DEFANGED = ((re.compile(r"\bhxxp(?=s?:)", re.IGNORECASE), "http"), (re.compile(r"\[\.\]"), "."))
_WITHOUT_COLON = re.compile(r"^(https?)(?=//)", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(r"^//(?=[a-z0-9-]+\.[a-z])", re.IGNORECASE)
_BACKSLASHED = re.compile(r"^(?:https?:)?\\\\[^/]+$", re.IGNORECASE)

_COMMENT = re.compile(r"(?:^|[ \t])#.*$")
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
LINKS = Forms(
    Form(
        "Markdown",
        # (Its text, which may have brackets itself, is not looked at: each [ would be, to the end.)
        r"\]\((?P<url>[^\s\(\)]*(?:\([^\s\(\)]*\)[^\s\(\)]*)*)(?: \"[^\"]*\")?\)",
        yes=("[公告](http://a.cn/b(1).html)", '![](a.cn "Title")'),
        no=("[公告] (2018)",),
    ),
    Form("Org", r"\[\[(?P<url>[^\s|\[\]]+)\]\[[^\]]*\]\]", yes=("[[a.cn][公告]]",), no=("[[1]]",)),
    Form("wiki", r"\[\[(?P<url>[^\s|\[\]]+)\|[^\]]*\]\]", yes=("[[a.cn|公告]]",), no=("[[1]]",)),
    Form(
        "HTML",
        r"<(?i:a|area|link|iframe)\s[^<>]*?(?i:href|src)\s*=\s*[\"']?(?P<url>[^\s\"'<>]++)[^<>]*+>",
        yes=('<a class="t" href="a.cn">公告', "<A HREF=a.cn>"),
        no=("<a>公告</a>",),
    ),
)
# **http://…**, but not *.mofcom.gov.cn/*, nor a list's `* http://…/*`.
_EMPHASIS = re.compile(
    r"(?<!\S)(?P<mark>\*\*|__|~~|\*|_)(?P<inside>[\[<a-z0-9]\S*?)(?P=mark)(?![\w*/])", re.IGNORECASE
)
_BULLET = re.compile(
    r"^(?:[-+*•·‣]|[（(]?\d{1,4}[.)、）])(?:\s+|(?=https?:))|^[•·‣]|^[（(]?\d{1,4}[、）]",
    re.IGNORECASE,
)
# timestamp=20230113054024 url=http://…
_LABEL = re.compile(r"(?:^|(?<= ))(?:url|uri|original|timestamp|time|date)[=:] ?", re.IGNORECASE)
# A scheme that begins a word, or stands behind what is not a part of a URL: 网址：http://….
_SCHEME = re.compile(
    r"(?<![a-z0-9%/=_.~+*-])(?<![a-z0-9]:)(?:view-source:)?https?:/", re.IGNORECASE
)
_SITE = re.compile(rf"(?:^|[./]){re.escape(SITE)}(?:[:/?#*]|$)", re.IGNORECASE)
# What no URL has unencoded.
_APART = re.compile(r"[ \"<>]")
_TIME = re.compile(rf"{YEAR}(?:\d\d){{0,5}}")
_TIME_BESIDE = re.compile(
    r"(?P<url>.+?)'?[,;|，；@]'?(?P<time>\d{8,14})|(?P<first>\d{8,14})'?[,;|，；]'?(?P<then>.+)"
)
_CELLS = re.compile(r"[,;|，；、]")
_CDX_KEY = re.compile(r"[a-z0-9_-]+(?:,[a-z0-9_-]+)+(?::\d+)?\)/\S*", re.IGNORECASE)
_FILE_NAME = re.compile(r"[^?#]*\.[a-z]{3,5}", re.IGNORECASE)
# What is glued to the name of a file, or in Chinese to a folder's, where it is no name itself.
GLUED = Forms(
    Form(
        "to a file",
        rf"(?P<url>[^?#]*?(?:{FILE_ENDING}|\.(?i:s?html?|aspx?|jspx?|php)))"
        r"(?:(?:[^\x00-\x7f]|\()(?!.*\.[a-z]{3,5}$)|[,|]|;(?!jsessionid)).*$",
        yes=(
            "www.a.cn/b.shtml（2018年）",
            "www.a.cn/b.shtml(2018)",
            "www.a.cn/b.pdf公告",
            "www.a.cn/b.html,公告,2023",
        ),
        no=(
            "www.a.cn/附件（1）.pdf",
            "www.a.cn/a.doc（1）.pdf",
            "www.a.cn/b.jsp;jsessionid=1",
            "a.cn/?q=b.pdf，c",
        ),
    ),
    Form(
        "to a folder",
        r"(?P<url>[^?#]*/)[（【《「“，。；：、！][^/]*$",
        yes=("www.a.cn/b/（公告栏）",),
        no=("www.a.cn/公告",),
    ),
    Form(
        "to a query",
        r"(?P<url>[^?#]*\?[!-~]+)[（【《「“][^/]*$",
        yes=("www.a.cn/b?id=1（2018年）",),
        no=("www.a.cn/b?q=稀土（出口）",),
    ),
    anchored=True,
)
REMARKS = Forms(
    Form(
        "comment",
        r"(?://|-|–|—|=|@)(?!\S*\.\w)",
        yes=("// note", "-- note", "@ 2023"),
        no=("-a.pdf",),
    ),
    Form(
        "in brackets",
        r"[（\(\[][^）\)\]]*[）\)\]]$",
        yes=("（2018年）", "(in Chinese)"),
        no=("(1).pdf",),
    ),
    Form("Chinese", r"\d*[一-鿿《「“]", yes=("公告", "《公告》", "2018年"), no=("file",)),
    Form(
        "cells of a table",
        r"(?:\d{1,9}|\w+/[\w.+-]+)(?: |$)",
        yes=("200 1234", "text/html", "HTTP/1.1"),
        no=("2.pdf",),
    ),
    anchored=True,
)

_OPENING = "\"'“‘«<《〈「『【(（[`"
# What ends a sentence or closes what was opened round the address, and is not the end of a URL.
_CLOSING = "\\@。．｡，、；：！？…·\"'”’»>》〉」』】.,:;!|`"
_PAIRS = {")": "(", "）": "（", "]": "[", "}": "{"}


def find_address(line: str) -> Named:
    """The address in a line, empty where the line is empty or a comment. A line in which no address
    is to be seen is returned as it is.

        1. 商务部公告2018年第47号 http://www.mofcom.gov.cn/a.shtml，   → http://www.mofcom.gov.cn/a.shtml
        http://www.mofcom.gov.cn/a.shtml,20230113054024           → the same, 20230113054024

    Raises NotAnAddress for more than one address, or a blank in one.
    """
    text = _plain(line)
    if row := _index_row(text):
        return row
    text = _COMMENT.sub("", text)
    if links := [unescape(link["url"]) for link in LINKS.finditer(text)]:
        text = " ".join(links)
    text = _EMPHASIS.sub(r"\g<inside>", text)
    text = _BULLET.sub("", _TAG.sub(" ", text).strip())
    text = with_digits(_LABEL.sub("", text))
    return _one_of(_words(text)) if text else Named("")


def _plain(line: str) -> str:
    """The line as it would be typed with a keyboard of ASCII, with single blanks."""
    text = "".join(sign for sign in _INVISIBLE.sub("", line) if category(sign) != "Cf")
    text = _BLANKS.sub(" ", text.translate(_FULL_WIDTH)).strip()
    at, end = path.span() if (path := _PATH.search(text)) else (len(text), len(text))
    before, behind = (part.translate(_FULL_WIDTH_WORD) for part in (text[:at], text[end:]))
    text = _FULL_WIDTH_QUERY.sub("?", before + text[at:end] + behind)
    text = _IDEOGRAPHIC_STOP_IN_HOST.sub(".", text)
    for defanged, plain in _DEFANGED:
        text = defanged.sub(plain, text)
    return text


def _index_row(text: str) -> Named | None:
    """A row of an index: key, timestamp, original URL and more, apart by blanks, as a list in JSON, or
    named in a JSON object (CDXJ: behind key and timestamp).
    """
    at = text.find("{")
    if at >= 0 and isinstance(row := _json(text[at:].rstrip(",]")), dict):
        url = row.get("url") or row.get("original")
        time = row.get("timestamp") or row.get("date")
        words = text[:at].split()
        time = time or (words[1] if len(words) == 2 else None)
        return Named(str(url), with_digits(str(time)) if time else None) if url else None
    if text.startswith('["') and isinstance(cells := _json(text.rstrip(",]") + "]"), list):
        text = " ".join(map(str, cells))
    words = text.split(" ")
    if len(words) >= 3 and _CDX_KEY.fullmatch(words[0]) and re.fullmatch(r"\d{1,14}", words[1]):
        return Named(words[2], words[1])
    return None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _words(text: str) -> list[str]:
    """The text where no URL goes on, and before a scheme that is glued to what introduces it."""
    words = []
    for word in _APART.split(text):
        start = 0
        for scheme in _SCHEME.finditer(word):
            if scheme.start() > start:
                words.append(word[start : scheme.start()])
                start = scheme.start()
        glued = GLUED.match(word[start:]) if _is_address(word[start:]) else None
        words += [glued["url"], word[start + len(glued["url"]) :]] if glued else [word[start:]]
    return [trimmed for word in words if (trimmed := _trimmed(word))]


def _trimmed(word: str) -> str:
    """Without quotes, brackets and punctuation round it; brackets that belong to the URL stay."""
    word = word.lstrip(_OPENING)
    while word:
        last = word[-1]
        unopened = last in _PAIRS and word.count(last) > word.count(_PAIRS[last])
        unasked = last == "&" and "?" not in word
        if last not in _CLOSING and not unopened and not unasked:
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
    url, time = _split_time(words[at])
    beside = [cell for word in words[:at] + words[at + 1 :] for cell in _CELLS.split(word) if cell]
    # A year is a time only next to the address: in a title it is that of a notice.
    next_to = words[max(at - 1, 0) : at + 2]
    times = [cell for cell in beside if _TIME.fullmatch(cell) and (cell[4:] or cell in next_to)]
    behind = " ".join(word for word in words[at + 1 :] if word not in times)
    if behind and "#" not in url and not _is_remark(behind, url):
        raise NotAnAddress("contains ' ': give one address per line, percent-encoded")
    return Named(url, time or max(times, key=len, default=None))


def _is_address(word: str) -> bool:
    return bool(_SCHEME.match(word) or _SITE.search(word))


def _is_remark(behind: str, url: str) -> bool:
    """Whether what stands behind a URL is no part of it. (http://www.mofcom.gov.cn/my file.shtml: half
    of it would be another page.)
    """
    if _FILE_NAME.fullmatch(behind):
        return False
    return bool(_FILE_NAME.fullmatch(url.rpartition("/")[2]) or REMARKS.match(behind))


def _split_time(word: str) -> tuple[str, str | None]:
    if beside := _TIME_BESIDE.fullmatch(word):
        if beside["url"]:
            return _trimmed(beside["url"]), beside["time"]
        return beside["then"], beside["first"]
    return word, None
