"""Items that a notice controls in a sentence, without codes: 禁止两用物项对美国军事用户出口.

商务部公告2024年第46号 is one; notices that stop trade with a place in one product are others.
"""

import re
from typing import NamedTuple

from services.parser.document.controlled_items.direction import Direction
from services.parser.document.document import Document
from shared.chinese.form import Form, Forms
from shared.chinese.places import PLACE
from shared.chinese.text import Span, trimmed

_NAME = r"(?P<name>[^，。；：:\n《》（）]{2,60}?)"
_ENDS = r"(?=[，。；（\n]|$)"
_STOPS = "(?:禁止|暂停|停止)"
CONTROLLED = Forms(
    Form(
        "export",
        rf"(?:{_STOPS}|不予许可|不许可)(?:所有)?{_NAME}[对向](?P<destination>{PLACE})[^。；\n对向]{{0,80}}?出口",
        yes=(
            "不予许可镓、锗、锑、超硬材料相关两用物项对美国出口",
            "禁止所有两用物项对日本军事用户出口",
        ),
    ),
    Form(
        "export",
        rf"对{_NAME}对(?P<destination>{PLACE})[^，。；\n对向]{{0,40}}?出口，实施更?(?:为)?严格",
        yes=("对石墨两用物项对美国出口，实施更严格的审查",),
    ),
    Form(
        "export",
        rf"{_STOPS}[对向](?P<destination>{PLACE})出口{_NAME}{_ENDS}",
        yes=("禁止向朝鲜出口凝析油", "暂停对台湾地区出口天然砂"),
    ),
    # The place is an origin, no destination.
    Form(
        "import",
        rf"{_STOPS}[自从]{PLACE}进口{_NAME}{_ENDS}",
        yes=("禁止自朝鲜进口煤炭",),
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
        for form in CONTROLLED.finditer(document.body.folded, line.start, line.end):
            name = trimmed(document.body.folded, *form.span("name"))
            if not name or _NO_NAME.search(document.body.folded[name.start : name.end]):
                continue
            exports = form.name == "export"
            at = document.body.folded.find("出口" if exports else "进口", form.start, form.end)
            place = Span(*form.span("destination")) if exports else None
            direction: Direction = "export" if exports else "import"
            found.append(Controlled(name, direction, Span(at, at + 2), place))
    found.sort(key=lambda item: item.name)
    return found
