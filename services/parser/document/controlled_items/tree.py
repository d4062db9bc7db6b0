"""Items nested under each other: which line of a list is an item, and what it inherits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from services.parser.document.controlled_items.lines import Code, ItemLine
from shared.chinese.text import Span

# Below these stands what makes an item controlled, not items: 同时具备下列特性的人造金刚石线锯.
_FEATURES = re.compile(r"(?:特性|特征|性能|指标|条件|要求|参数|标准|功能|任一|所有)(?!的?物项)")
_GROUP = re.compile(r"物项|材料|设备|产品|制品|技术|化合物|合金|软件|货物|商品|相关|下列|如下")
_NO_ITEM = re.compile(r"应当|申请|不得|按照|依照|根据|海关|报关|公告|许可证件|经营者")
_LONGEST = 300


class Item(NamedTuple):
    """`codes` are the item's own control codes or those of the line that it stands under."""

    codes: tuple[Span, ...]
    name: Span
    hs: tuple[Code, ...]


@dataclass
class _Node:
    line: ItemLine
    parent: "_Node | None"
    children: "list[_Node]" = field(default_factory=list)
    hs: tuple[Code, ...] = ()
    # Whether the line itself or one below it has codes.
    marked_below: bool = False

    @property
    def marked(self) -> bool:
        return bool(self.hs or self.line.codes)


def items_of(folded: str, lines: Iterable[ItemLine]) -> list[Item]:
    """The items in the order of the text.

    A line with customs codes is an item. One with a control code alone is an item unless lines below
    it have codes: then it is their heading (（一）1C117.d 钨相关材料： 1. 仲钨酸铵（参考海关商品编号：…）). A line without
    any code is an item only among others that have some, under a heading that lists items and not
    their properties.
    """
    nodes = _tree(folded, lines)
    for node in reversed(nodes):
        if node.parent is not None and (node.marked or node.marked_below):
            node.parent.marked_below = True
    return [
        Item(_codes(node), node.line.name, node.hs)
        for node in nodes
        if node.line.name and _is_item(folded, node)
    ]


def _tree(folded: str, lines: Iterable[ItemLine]) -> list[_Node]:
    nodes: list[_Node] = []
    open_nodes: list[_Node] = []
    for line in lines:
        text = folded[line.name.start : line.name.end]
        if not line.level and not line.codes:
            # （参考海关商品编号：…） on a line of its own belongs to the item before it.
            if line.hs and nodes and not text.strip("（）() "):
                nodes[-1].hs += line.hs
                continue
            if not line.hs:
                continue
        level = line.level or (2 if line.codes else 7)
        while open_nodes and (open_nodes[-1].line.level or 2) >= level:
            open_nodes.pop()
        parent = open_nodes[-1] if open_nodes else None
        node = _Node(line, parent, hs=line.hs)
        if parent is not None:
            parent.children.append(node)
        nodes.append(node)
        open_nodes.append(node)
    return nodes


def _is_item(folded: str, node: _Node) -> bool:
    if node.line.name.end - node.line.name.start > _LONGEST:
        return False
    if node.hs:
        return True
    if node.line.codes:
        return not node.marked_below
    parent = node.parent
    if parent is None or parent.hs or node.marked_below or node.children:
        return False
    text = folded[node.line.name.start : node.line.name.end]
    heading = folded[parent.line.name.start : parent.line.name.end]
    if _NO_ITEM.search(text) or "。" in text:
        return False
    if _FEATURES.search(heading) or not _GROUP.search(heading):
        return False
    return any(sibling.hs for sibling in parent.children if sibling is not node)


def _codes(node: _Node) -> tuple[Span, ...]:
    current: _Node | None = node
    while current is not None:
        if current.line.codes:
            return current.line.codes
        current = current.parent
    return ()
