"""Information tables next to a text: 索引号, 发文字号, 成文日期, 效力级别 and similar labels."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.parser.layouts.outermost import outermost
from services.parser.layouts.rendering import plain

_LABEL = (
    r"索\s*引\s*号|信息分类|主题分类|公文种类|体裁分类|发布机构|发布单位|发布部门|发文机关|发文单位"
    r"|制发机关|发文机构|成文日期|发文日期|发布日期|公开日期|生成日期|实施日期|施行日期|发文字号|发布文号"
    r"|文\s*号|名\s*称|标\s*题|效力级别|时\s*效\s*(?:状\s*态|性)|(?:信息)?有\s*效\s*性|是否有效|文件状态"
    r"|效力(?:状态|属性)|法律话题|产业领域|主题词"
)
# A label before its value, and the next one, which ends the value.
_LABELLED = re.compile(rf"[【\[]?({_LABEL})(?:[】\]]\s*[:：]?|\s*[:：])")
_NEXT = re.compile(rf"[【\[]?(?:{_LABEL})[】\]]?\s*[:：]")
_PARTS = "td, th, dt, dd, li, p, div, span, label, b, strong, em"
_LONE_LABEL = re.compile(rf"^[【\[]?({_LABEL})[】\]]?\s*[:：]?$")
_LONGEST = 150
# A list of labels next to the text contains at least two of these.
_TELLING = re.compile(
    r"索\s*引\s*号|发文字号|发布文号|成文日期|发文机关|发布机构|主题分类|有\s*效\s*性"
)
_INDEX_NUMBER = re.compile(r"索\s*引\s*号")
# An information table has its labels in the first rows.
_MOST_ROWS = 5
_SEVERAL, _LONGEST_LIST = 2, 2000
# A longer element contains the page, not a list; its children are read instead.
_LONGEST_CELL = 20_000
# What holds labels beside other elements, and within how many of its kind it may stand.
_CELLS = frozenset({"li", "p", "td", "dd"})
_DEEPEST = 8
_SPACES = re.compile(r"\s+")


def read_labels(nodes: Iterable[LexborNode]) -> dict[str, str]:
    """Labels and values of information tables: pairs of cells, `dt`/`dd`, ``label：value``, or a row of
    labels over a row of values.
    """
    labels: dict[str, str] = {}
    for node in nodes:
        waiting: str | None = None
        headed: set[int] = set()
        for above, below in _label_rows(node):
            headed.update(cell.mem_id for cell in (*above, *below))
            for label, cell in zip(above, below, strict=True):
                if _is_value(value := plain(cell)):
                    labels.setdefault(_name(plain(label)), value)
        parts = node.css(_PARTS)
        levels, holders = _nesting(parts)
        for part in parts:
            if part.mem_id in headed:
                continue
            if part.mem_id in holders:
                if (
                    part.tag not in _CELLS
                    or levels[part.mem_id] > _DEEPEST
                    or len(part.text()) > _LONGEST_CELL
                ):
                    continue
                for name, value in _labelled(plain(part)):
                    if _is_value(value) and not _LONE_LABEL.match(value):
                        labels.setdefault(_SPACES.sub("", name), value)
                continue
            text = plain(part)
            if _LONE_LABEL.match(text):
                waiting = _name(text)
                continue
            pairs = [*_labelled(text)] if _LABELLED.match(text) else []
            for name, value in pairs:
                if _is_value(value):
                    labels.setdefault(_SPACES.sub("", name), value)
            if waiting and text and not pairs:
                labels.setdefault(waiting, text)
            waiting = None
    return labels


def _nesting(parts: Iterable[LexborNode]) -> tuple[dict[int, int], set[int]]:
    """By their ids: within how many cells each of some parts stands, and those that hold other parts.
    Each element around them is looked at once.
    """
    levels: dict[int, int] = {}
    # The part that an element is or stands in.
    part_of: dict[int, int] = {}
    holders: set[int] = set()
    inside: dict[int, int] = {}
    for part in parts:
        outer, passed = part.parent, []
        while outer is not None and outer.mem_id not in part_of:
            passed.append(outer.mem_id)
            outer = outer.parent
        around = part_of[outer.mem_id] if outer is not None else 0
        part_of |= dict.fromkeys(passed, around)
        part_of[part.mem_id] = part.mem_id
        holders.add(around)
        levels[part.mem_id] = inside.get(around, 0)
        inside[part.mem_id] = levels[part.mem_id] + (part.tag in _CELLS)
    return levels, holders


def _label_rows(node: LexborNode) -> Iterator[tuple[list[LexborNode], list[LexborNode]]]:
    """The cells of two rows of a table of which the upper has only labels."""
    for table in node.css("table"):
        rows = [
            [cell for cell in row.iter() if cell.tag in ("td", "th")]
            for row in table.css("tr")[:_MOST_ROWS]
        ]
        for above, below in pairwise(rows):
            if len(above) == len(below) > 1 and all(_LONE_LABEL.match(plain(c)) for c in above):
                yield above, below


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """Labels and their values in a line: 文号：1 成文日期：2025年1月1日."""
    label = _LABELLED.search(text)
    while label is not None:
        behind = _NEXT.search(text, label.end())
        end = behind.start() if behind else len(text)
        yield label[1], text[label.end() : end].strip()
        label = _LABELLED.search(text, end)


def _name(lone_label: str) -> str:
    """The label without its spaces, brackets and colon."""
    return _SPACES.sub("", _LONE_LABEL.sub(r"\1", lone_label))


def information_tables(blocks: Iterable[LexborNode]) -> list[LexborNode]:
    """The information tables inside content blocks: no document has an index number 索引号 in a table
    of its own.
    """
    return [
        node
        for block in blocks
        for node in outermost(block.css("table, dl, ul"))
        if node.mem_id != block.mem_id
        and "引" in (text := node.text())
        and len(text) <= _LONGEST_LIST
        and _INDEX_NUMBER.search(text)
        and len(_TELLING.findall(text)) >= _SEVERAL
    ]


def label_lists(tree: LexborHTMLParser, blocks: Sequence[LexborNode]) -> list[LexborNode]:
    """The tables and lists outside the content blocks that contain several of the labels."""
    within = {block.mem_id for block in blocks}
    found = []
    for node in tree.css("table, dl, ul"):
        text = node.text()
        if len(text) > _LONGEST_LIST or len(_TELLING.findall(text)) < _SEVERAL:
            continue
        outer = node.parent
        while outer is not None and outer.mem_id not in within:
            outer = outer.parent
        if outer is None:
            found.append(node)
    return found


def _is_value(text: str) -> bool:
    # A longer value is the text of the document, which has labels of its own.
    return 0 < len(text) <= _LONGEST
