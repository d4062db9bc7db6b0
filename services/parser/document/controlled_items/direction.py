"""Which way goods may not go, and where to: 出口 or 进口, 对美国出口."""

import re
from typing import Literal, NamedTuple

from services.parser.document.document import Document
from shared.chinese.places import PLACE
from shared.chinese.text import Span

Direction = Literal["export", "import"]
_EXPORT = re.compile(
    r"(?P<word>出口)(?:管制|许可|配额|管理|禁止)|(?:不得|禁止|限制|暂停|停止|严格|管制)[^，。；\n]{0,24}?(?P<word2>出口)"
)
_IMPORT = re.compile(
    r"(?P<word>进口)(?:管制|许可|配额|管理|禁止)|(?:不得|禁止|限制|暂停|停止|严格|管制)[^，。；\n]{0,24}?(?P<word2>进口)"
)
_TO = re.compile(
    rf"(?:对|向|往|输)(?P<place>{PLACE}(?:[、和及](?:{PLACE}))*)[^，。；\n]{{0,30}}?出口|出口(?:至|到|往)(?P<place2>{PLACE})"
)


class Way(NamedTuple):
    """`spans` count in the body text."""

    direction: Direction | None
    direction_span: Span | None
    destination: str | None
    destination_span: Span | None


def way_of(document: Document) -> Way:
    """The direction and the destination that the notice as a whole is about.

    A notice on both (进出口许可证管理) has no direction of its own. The destination is read only where
    the title names it: a sentence may speak of one country in a notice on all.
    """
    folded, end = document.body.folded, document.main_end
    direction: Direction | None = None
    span: Span | None = None
    title = document.title.folded
    for text in (title, folded[:end]):
        exports, imports = _EXPORT.search(text), _IMPORT.search(text)
        both = re.search(r"进出口(?:管制|许可|管理)", text) if text is title else None
        if both or (text is title and exports and imports):
            return Way(None, None, *_destination(document, title))
        if exports and (
            imports is None or (text is not title and exports.start() < imports.start())
        ):
            direction = "export"
        elif imports:
            direction = "import"
        if direction:
            break
    if direction:
        form = _EXPORT if direction == "export" else _IMPORT
        match = form.search(folded, 0, end)
        if match:
            group = "word" if match["word"] else "word2"
            span = Span(*match.span(group))
        else:
            direction = None
    destination, where = _destination(document, title) if direction != "import" else (None, None)
    return Way(direction, span, destination, where)


def _destination(document: Document, title: str) -> tuple[str | None, Span | None]:
    named = _TO.search(title)
    if named is None:
        return None, None
    for match in _TO.finditer(document.body.folded, 0, document.main_end):
        group = "place" if match["place"] else "place2"
        if match[group] in (named["place"], named["place2"]):
            return match[group], Span(*match.span(group))
    return None, None
