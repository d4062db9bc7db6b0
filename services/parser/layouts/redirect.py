"""Pages that only redirect the browser, and the anti-bot stubs that look like them."""

import re
from collections.abc import Iterable
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from services.parser.layouts.attachments import original
from services.parser.layouts.metas import Attributes

_MOVE = re.compile(
    r"(?:^|[;{}\s(\"'])(?:(?:window|self|top|parent|document)\s*\.\s*)?location"
    r"(?:\s*\.\s*href\s*=|\s*=|\s*\.\s*(?:replace|assign)\s*\()"
    r"\s*(?:\\?[\"'])((?:https?:)?/[^\"'\\\s]+|[\w./-]+\.s?html?)\\?[\"']\s*\)?\s*(?=[;}\"'\n<)]|$)"
)
# (What `_MOVE` begins with, a space or a bracket, stands everywhere; a word is found fast.)
_MAY_MOVE = re.compile(r"location\s*(?:=|\.\s*(?:href\s*=|(?:replace|assign)\s*\())\s*\\?[\"']")
_REFRESH = re.compile(
    r"^\s*0*(\d{1,9})(?:\.\d*)?\s*[;,]\s*url\s*=\s*[\"']?([^\"'\s]+)", re.IGNORECASE
)
_LONGEST_WAIT = 30  # seconds
_BLOCK_KEY = "wscckey="


def script_target(tree: LexborHTMLParser, url: str) -> str | None:
    """Where a page's script redirects every visitor, as an absolute URL.

    Only a statement that always runs counts: not one within a function (the tool bar's, the search
    box's) or after an ``if`` (the mobile switch). Full www pages of 2018-2019 carry such a script:
    http://www.mofcom.gov.cn/article/ae/ztfbh/201812/20181202814486.shtml
    """
    for script in tree.css("script"):
        code = script.text()
        if not _MAY_MOVE.search(code):
            continue
        for move in _MOVE.finditer(code):
            if _runs_always(code[: move.start() + 1]):
                return original(unescape(move.group(1)), url)
    return None


def refresh_target(metas: Iterable[Attributes], url: str) -> str | None:
    """Where a page's meta refresh redirects every visitor, as an absolute URL; None for a page that
    only reloads itself, or that leaves its reader longer than half a minute to read it.
    """
    for meta in metas:
        if (meta.get("http-equiv") or "").lower() == "refresh":
            refresh = _REFRESH.match(meta["content"] or "")
            if refresh is None or int(refresh[1]) > _LONGEST_WAIT:
                continue
            target = original(refresh[2], url)
            if target and target.split("#")[0] != url.split("#")[0]:
                return target
    return None


def _runs_always(before: str) -> bool:
    depth = before.count("{") - before.count("}")
    statement = re.split(r"[;{}\n]", before)[-1]
    if re.search(r"\b(?:if|else|case|function|return)\b|[?=]|on\w+$", statement):
        return False
    if depth <= 0:
        return True
    # The whole script may be one anonymous function that runs when the page is ready.
    openers = list(re.split(r"\{", before)[:-1])
    return depth == 1 and bool(
        re.search(
            r"(?:\$\(\s*|\.ready\(\s*|onload\s*=\s*|setTimeout\(\s*|^\s*\(\s*)function\s*\(\s*\)\s*$",
            openers[-1],
        )
    )


def is_anti_bot(target: str, url: str) -> bool:
    """Whether a redirect comes from the firewall: it leads to the same address with a key.

    ``…shtml?wscckey=…`` in 2019 (Weiyuchuan/ShangWuBu contains such a capture).
    """
    return _BLOCK_KEY in target or target.split("?", 1)[0] == url.split("?", 1)[0]
