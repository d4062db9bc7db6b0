"""Items nested under each other: which line of a list is an item, and what it inherits."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.parser.document.controlled_items.goods import Good
from services.parser.document.controlled_items.lines import ItemLine
from shared.chinese.form import Form, Forms
from shared.chinese.text import Span

HEADINGS = Forms(
    # Below these stands what makes an item controlled, not items.
    Form(
        "features",
        r"(?:特性|特征|性能|指标|条件|要求|参数|标准|功能|任一|所有)(?!的?物项)",
        yes=("满足特性的设备", "功能"),
        no=("满足以下特性的物项",),
    ),
    Form(
        "items",
        r"物项|材料|设备|产品|制品|技术|化合物|合金|软件|货物|商品|相关|下列|如下|包括|金属",
        yes=("钨相关材料", "下列设备"),
        no=("申请程序",),
    ),
)
# Lines among items that say what somebody has to do, or what the list is about.
NO_ITEMS = Forms(
    Form(
        "rule",
        r"应当|申请|不得|按照|依照|根据|海关|报关|公告|许可证件|经营者|。.",
        yes=("出口经营者应当申请许可", "由海关办理。其他"),
        no=("金锑冶炼分离技术",),
    )
)
# A line that is a sentence about goods and no name of any.
SENTENCES = Forms(
    Form(
        "sentence",
        r"根据|依据|按照|为了?维护|决定|公告如下|应当|不得|禁止|实施|实行|执行|自[^，。]{1,20}起|申请|报关|办理|企业|经营者"
        r"|调整为|修改|有效期|批准|规定|通知",
        yes=("决定对某酸钾", "经营者出口金属镓"),
        no=("仲钨酸铵", "具有下列所有特性的固体钨"),
    )
)
# How a clause begins that is no name, but 对苯二甲酸 is one.
BEGINNINGS = Forms(
    Form(
        "clause",
        r"(?:决定)?(?:对(?![位苯二甲硝氨氯羟叔溴氟乙])|将|凡|自|从|暂停|中止|终止|停止|延长|取消|恢复|解除|继续|同意|允许)",
        yes=("对原产于美国的油菜籽", "延长对消费级无人机"),
        no=("对苯二甲酸",),
    ),
    anchored=True,
)
_LONGEST = 300


@dataclass
class _Node:
    line: ItemLine
    parent: "_Node | None"
    goods: tuple[Good, ...]
    children: "list[_Node]" = field(default_factory=list)
    # Whether a line below it has codes, one right below it customs codes.
    marked_below: bool = False
    coded_below: bool = False

    @property
    def has_customs_codes(self) -> bool:
        return any(good.hs for good in self.goods)

    @property
    def marked(self) -> bool:
        """Whether the line has codes, or the one behind it has them for it."""
        return bool(self.line.codes or any(good.hs or good.codes for good in self.goods))


def items_of(folded: str, lines: Iterable[ItemLine]) -> list[Good]:
    """The items in the order of the text, each under its own control codes or those of the line that
    it stands under.

    A line with customs codes is an item. One with a control code alone is an item unless lines below
    it have codes: then it is their heading (（一）1C117.d 钨相关材料： 1. 仲钨酸铵（参考海关商品编号：…）). A line without
    any code is an item only among others that have some, under a heading that lists items and not
    their properties.
    """
    nodes = _tree(folded, lines)
    for node in reversed(nodes):
        if node.parent is not None and (node.marked or node.marked_below):
            node.parent.marked_below = True
        if node.parent is not None and node.has_customs_codes:
            node.parent.coded_below = True
    return [
        good._replace(codes=good.codes or _codes(node))
        for node in nodes
        if _is_item(folded, node)
        for good in node.goods
        if good.name
    ]


def is_sentence(folded: str, line: ItemLine) -> bool:
    """Whether a line with customs codes and without a control code says something about goods, and
    does not name them alone.
    """
    return not line.codes and any(
        not good.codes
        and (SENTENCES.search(folded, *good.name) or BEGINNINGS.match(folded, *good.name))
        for good in line.goods
    )


def _tree(folded: str, lines: Iterable[ItemLine]) -> list[_Node]:
    nodes: list[_Node] = []
    open_nodes: list[_Node] = []
    for line in lines:
        if not line.level and not line.codes:
            # （参考海关商品编号：…） on a line of its own belongs to the item before it.
            if line.marked and not line.name and nodes and nodes[-1].goods:
                last = nodes[-1].goods[-1]
                more = line.goods[0]
                joined = last._replace(codes=last.codes + more.codes, hs=last.hs + more.hs)
                nodes[-1].goods = (*nodes[-1].goods[:-1], joined)
                continue
            if not line.marked:
                continue
        level = line.level or (2 if line.codes else 7)
        while open_nodes and (open_nodes[-1].line.level or 2) >= level:
            open_nodes.pop()
        parent = open_nodes[-1] if open_nodes else None
        node = _Node(line, parent, line.goods)
        if parent is not None:
            parent.children.append(node)
        nodes.append(node)
        open_nodes.append(node)
    return nodes


def _is_item(folded: str, node: _Node) -> bool:
    name = node.line.name
    if name.end - name.start > _LONGEST:
        return False
    if node.has_customs_codes:
        return True
    if node.marked:
        return not node.marked_below
    parent = node.parent
    if parent is None or parent.has_customs_codes or node.marked_below or node.children:
        return False
    if NO_ITEMS.search(folded, *name):
        return False
    heading = next(HEADINGS.ranked(folded, *parent.line.name), None)
    if heading is None or heading.name == "features":
        return False
    return parent.coded_below


def _codes(node: _Node) -> tuple[Span, ...]:
    current: _Node | None = node
    while current is not None:
        if current.line.codes:
            return current.line.codes
        current = current.parent
    return ()
