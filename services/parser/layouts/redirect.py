"""Pages that only redirect the browser, and the anti-bot stubs that look like them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
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
_MARKS = re.compile(r"[;{}\n]")
_CONDITIONAL = re.compile(r"\b(?:if|else|case|function|return)\b|[?=]")
_WHEN_READY = re.compile(
    r"(?:\$\(\s*|\.ready\(\s*|onload\s*=\s*|setTimeout\(\s*|^\s*\(\s*)function\s*\(\s*\)\s*$"
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
        place = _Place()
        for move in _MOVE.finditer(code):
            place.move_to(code, move.start() + 1)
            if place.runs_always(code):
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


@dataclass(slots=True)
class _Place:
    """A place in a script, moved from one statement to a later one: each character is looked at once."""

    at: int = 0
    # Where the statement begins, and whether it is known to depend on something.
    statement: int = 0
    is_conditional: bool = False
    # How many braces are open, where the last one opened, and whether that begins what always runs.
    depth: int = 0
    opened: int = 0
    when_ready: bool = False

    def move_to(self, code: str, at: int) -> None:
        """Go on to a later place."""
        for mark in _MARKS.finditer(code, self.at, at):
            self.statement, self.is_conditional = mark.end(), False
            if mark.group() == "{":
                self.depth += 1
                self.when_ready = bool(_WHEN_READY.search(code[self.opened : mark.start()]))
                self.opened = mark.end()
            elif mark.group() == "}":
                self.depth -= 1
        self.at = at

    def runs_always(self, code: str) -> bool:
        """Whether the statement at the place runs for every visitor; the whole script may be one
        anonymous function that runs when the page is ready.
        """
        if self.depth > 1 or (self.depth == 1 and not self.when_ready) or self.is_conditional:
            return False
        self.is_conditional = bool(_CONDITIONAL.search(code, self.statement, self.at))
        return not self.is_conditional


def is_anti_bot(target: str, url: str) -> bool:
    """Whether a redirect comes from the firewall: it leads to the same address with a key.

    ``…shtml?wscckey=…`` in 2019 (Weiyuchuan/ShangWuBu contains such a capture).
    """
    return _BLOCK_KEY in target or target.split("?", 1)[0] == url.split("?", 1)[0]
