"""Items that a notice controls in a sentence, without codes: 禁止两用物项对美国军事用户出口.

商务部公告2024年第46号 is one; notices that stop trade with a place in one product are others.
"""

import re
from typing import NamedTuple

from services.parser.document.controlled_items.direction import Direction
from services.parser.document.document import Document
from shared.chinese.places import PLACE
from shared.chinese.text import Span, trimmed

_NAME = r"(?P<name>[^，。；：:\n《》（）]{2,60}?)"
_FORMS: tuple[tuple[Direction, re.Pattern[str]], ...] = (
    # 不予许可镓、锗、锑、超硬材料相关两用物项对美国出口; 禁止所有两用物项对日本军事用户出口
    (
        "export",
        re.compile(
            rf"(?:禁止|不予许可|不许可|暂停|停止)(?:所有)?{_NAME}(?:对|向)(?P<place>{PLACE})[^。；\n对向]{{0,80}}?出口"
        ),
    ),
    # 对石墨两用物项对美国出口，实施更严格的审查
    (
        "export",
        re.compile(
            rf"对{_NAME}对(?P<place>{PLACE})[^，。；\n对向]{{0,40}}?出口，实施更?(?:为)?严格"
        ),
    ),
    # 禁止向朝鲜出口凝析油; 暂停对台湾地区出口天然砂
    (
        "export",
        re.compile(rf"(?:禁止|暂停|停止)(?:对|向)(?P<place>{PLACE})出口{_NAME}(?=[，。；（\n]|$)"),
    ),
    # 禁止自朝鲜进口煤; the place is an origin, no destination
    (
        "import",
        re.compile(rf"(?:禁止|暂停|停止)(?:自|从)(?:{PLACE})进口{_NAME}(?=[，。；（\n]|$)"),
    ),
)
_NO_NAME = re.compile(
    r"^(?:上述|本公告|其|该|有关|相关)?(?:货物|产品|商品|活动|贸易)?$|上述|有关规定|决定"
)


class Controlled(NamedTuple):
    name: Span
    direction: Direction
    word: Span
    place: Span | None


def controlled_in_sentences(document: Document) -> list[Controlled]:
    """What the sentences of the main text forbid or restrict, in order."""
    found: list[Controlled] = []
    for line in document.main_lines:
        if "《" in line.folded and "公布" in line.folded[:20]:
            continue
        for direction, form in _FORMS:
            for match in form.finditer(document.body.folded, line.start, line.end):
                name = trimmed(document.body.folded, *match.span("name"))
                text = document.body.folded[name.start : name.end]
                if not name or _NO_NAME.search(text):
                    continue
                word = "出口" if direction == "export" else "进口"
                at = document.body.folded.find(word, match.start(), match.end())
                place = Span(*match.span("place")) if "place" in match.groupdict() else None
                found.append(Controlled(name, direction, Span(at, at + 2), place))
    found.sort(key=lambda one: one.name)
    return found
