"""Goods that a line or a clause names one after the other, each with the codes behind it:
松节油（海关编码：3805100000，不含粗制品）和樟脑油（海关编码：3301299910）.
"""

from typing import NamedTuple

from services.parser.document.controlled_items.codes import LABELLED_CONTROL_CODES, control_codes
from services.parser.document.customs_codes import CUSTOMS_CODES, Code, customs_codes
from shared.chinese.form import Form, Forms
from shared.chinese.text import Span, trimmed

_ENDS = " 。；;：:，,、."
# What joins one of the goods to the next.
JOINERS = Forms(
    Form(
        "joiner",
        r"(?:〔[^〔〕\n]{1,3}〕|[①-⑳*])?\s?[、，；。]?\s?(?:以及|和|及(?!其)|与|或者?|并)?\s?",
        yes=("和", "、", "，以及", "〔注1〕、"),
    ),
    anchored=True,
)
# What goods of one line have in common, before the first of them.
SHARED = Forms(
    Form(
        "features",
        r"(?P<condition>(?:同时)?(?:具有|具备|满足|符合)(?:下列|以下|下述|如下)(?:所有|任一|全部|任何|任意)?(?:一项|一种)?"
        r"(?:特性|特征|条件|要求|指标|参数))的",
        yes=("具有下述所有特性的甲合金", "同时具备下列特性的"),
        no=("特性的",),
    ),
    anchored=True,
)
# What does not belong to an item, beside its codes: 不含粗制品.
LEFT_OUT = Forms(
    Form(
        "left out",
        r"(?P<condition>[^，；：（）\n\d]{1,40}?除外)",
        yes=("首饰、工艺品用途的除外",),
    ),
    Form(
        "left out",
        r"(?P<condition>(?:不含|不包括|不包含|仅限|仅指|限于|除)[^，；（）\n]{1,60})",
        yes=("不含粗制品", "仅限航空用"),
        no=("含粗制品",),
    ),
)
# Behind the codes, what is made of the goods: 犀牛角（税号：05071000）及其制品.
OF_IT = Forms(
    Form("of it", r"\s?[及和]其[^，。；\n]{1,20}", yes=("及其制品",), no=("以及麝香",)),
    anchored=True,
)
# All that stands before codes that stand first, and what joins a name to them.
CODES_FIRST = Forms(
    Form(
        "before",
        r"[\s（。；;：:，,、.]*(?:部分|所有|全部|一切|各类)?[\s（]*$",
        yes=("", "（", "部分"),
        no=("部分金属",),
    ),
    anchored=True,
)
UNDER = Forms(
    Form("under", r"\s?等?(?:税[目号])?(?:项下)?的", yes=("项下的", "的"), no=("项目",)),
    anchored=True,
)
# In a list that says which code is whose: （海关编码分别为2709000010、2711110000）.
_RESPECTIVELY = "分别"
PARTS = Forms(
    Form(
        "and",
        "、|以及|和|及(?!其|(?:制品|原料|材料|零部件|零件|部件|配件|副产品)$)|与",
        yes=("瓷土、石膏", "甲和乙", "甲以及乙", "甘草及甘草制品"),
        no=("犀牛角及其制品", "金属锑及制品"),
    )
)
# 与浓缩铀、后处理和重水相关的|物项、材料: the enumeration says what the goods are for.
CONCERNING = Forms(
    Form(
        "concerning",
        r"[与同](?=[^，。；\n]*?(?:、|和|及))[^，。；\n]*?(?:相关|有关)的",
        yes=("与浓缩铀、后处理和重水相关的物项",),
        no=("与甲相关的物项",),
    ),
    anchored=True,
)
# The end of an enumeration that is one name: 镓、锗相关两用物项.
COMMON_ENDS = Forms(
    Form(
        "common end",
        "相关|有关|等|类$|的|所|上述|各种",
        yes=("锗相关两用物项", "含氧化钬的混合物"),
        no=("石膏", "类金刚石"),
    )
)


class Good(NamedTuple):
    """One of the goods: its name, control codes, customs codes, what narrows it, what is doubtful."""

    name: Span
    codes: tuple[Span, ...] = ()
    hs: tuple[Code, ...] = ()
    condition: Span | None = None
    doubts: tuple[str, ...] = ()


class _Group(NamedTuple):
    """A stretch with codes, in brackets or not, and whether it says 分别."""

    start: int
    end: int
    codes: tuple[Span, ...]
    hs: tuple[Code, ...]
    condition: Span | None
    doubts: tuple[str, ...]
    respectively: bool


def goods_in(folded: str, start: int, end: int) -> tuple[Good, ...]:
    """The goods from `start` to `end`: one for each group of codes, and what is joined behind the
    last; the whole stretch is one of the goods where it holds no codes. A stretch that is nothing but
    codes is one without a name.
    """
    groups = _groups(folded, start, end)
    if not groups:
        name = trimmed(folded, start, end, _ENDS)
        return (Good(name),) if name else ()
    # The codes may stand first: （参考海关商品编号：…）金属镓, 部分税则号列2504项下的天然石墨（不含制品）.
    first = groups[0]
    if len(groups) == 1 and CODES_FIRST.match(folded, start, first.start):
        under = UNDER.match(folded, first.end, end)
        return (_behind_codes(folded, under.end if under else first.end, end, first),)
    goods: list[Good] = []
    at = start
    for group in groups:
        begins = JOINERS.match(folded, at, group.start) if goods else None
        name = trimmed(folded, begins.end if begins else at, group.start, _ENDS)
        at = group.end
        # 锂电池（…）及其正极材料（…）
        if goods and folded.startswith("及其", name.start):
            name = Span(name.start + 1, name.end)
        if name:
            goods += _with_codes(folded, name, group)
        elif goods:
            goods[-1] = _more(goods[-1], group)
    if goods and (more := OF_IT.match(folded, at, end)):
        doubt = f"what stands behind the codes is not read: {more.text}"
        goods[-1] = goods[-1]._replace(doubts=(*goods[-1].doubts, doubt))
    goods += _behind(folded, at, end)
    return _with_what_they_share(folded, goods)


def _behind_codes(folded: str, start: int, end: int, group: _Group) -> Good:
    name = trimmed(folded, start, end, _ENDS)
    condition = group.condition
    left_out = LEFT_OUT.search(folded, *name)
    if left_out and folded[left_out.start - 1] == "（" and folded.endswith("）", 0, name.end):
        name = trimmed(folded, name.start, left_out.start - 1, _ENDS)
        condition = Span(*left_out.span("condition"))
    return Good(name, group.codes, group.hs, condition, group.doubts)


def split_names(folded: str, name: Span) -> tuple[Span, ...]:
    """瓷土、石膏 as two names; one name where its parts have a word in common at the end
    (镓、锗相关两用物项, 氧化钬及含氧化钬的混合物) or concern the same (与浓缩铀、后处理和重水相关的物项、材料).
    """
    parts = _parts(folded, name)
    if len(parts) == 1 or CONCERNING.match(folded, *name) or COMMON_ENDS.search(folded, *parts[-1]):
        return (name,)
    return parts


def _parts(folded: str, name: Span) -> tuple[Span, ...]:
    """The parts of an enumeration, brackets as part of what they stand behind."""
    cuts = [name.start]
    at, depth = name.start, 0
    for joint in PARTS.finditer(folded, *name):
        depth += folded.count("（", at, joint.start) - folded.count("）", at, joint.start)
        at = joint.start
        if depth == 0:
            cuts += [joint.start, joint.end]
    cuts.append(name.end)
    spans = (trimmed(folded, *cut, _ENDS) for cut in zip(cuts[::2], cuts[1::2], strict=True))
    return tuple(span for span in spans if span) or (name,)


def _groups(folded: str, start: int, end: int) -> list[_Group]:
    groups: list[_Group] = []
    for first, last in _stretches(folded, start, end):
        if groups and last <= groups[-1].end:
            continue
        behind = groups[-1].end if groups else start
        opened, closed = _bracket(folded, first, last, behind, end)
        hs = customs_codes(folded, opened, closed)
        labelled = LABELLED_CONTROL_CODES.search(folded, opened, closed)
        codes = control_codes(folded, *labelled.span("codes")) if labelled else ()
        left_out = LEFT_OUT.search(folded, opened, closed)
        condition = Span(*left_out.span("condition")) if left_out else None
        respectively = _RESPECTIVELY in folded[opened:closed]
        groups.append(_Group(opened, closed, codes, hs.found, condition, hs.doubts, respectively))
    return groups


def _stretches(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    return sorted(
        (form.start, form.end)
        for table in (CUSTOMS_CODES, LABELLED_CONTROL_CODES)
        for form in table.finditer(folded, start, end)
    )


def _bracket(folded: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """The bracket around a stretch; the stretch itself where none is."""
    opened = folded.rfind("（", start, first)
    if opened != -1 and folded.find("）", opened, first) == -1:
        closed = folded.find("）", last, end)
        return opened, closed + 1 if closed != -1 else end
    return first, last


def _with_codes(folded: str, name: Span, group: _Group) -> list[Good]:
    parts = _parts(folded, name)
    if group.respectively and len(parts) == len(group.hs):
        return [
            Good(part, group.codes, (code,), group.condition, group.doubts)
            for part, code in zip(parts, group.hs, strict=True)
        ]
    return [Good(name, group.codes, group.hs, group.condition, group.doubts)]


def _more(good: Good, group: _Group) -> Good:
    """Codes of two brackets: （参考海关商品编号：…）（管制编码：1E902.a）."""
    return good._replace(
        codes=good.codes + group.codes,
        hs=good.hs + group.hs,
        condition=good.condition or group.condition,
        doubts=good.doubts + group.doubts,
    )


def _behind(folded: str, start: int, end: int) -> list[Good]:
    """What is joined behind the last codes: …和樟脑油."""
    joiner = JOINERS.match(folded, start, end)
    if joiner is None or not joiner.text.strip(" 。，；"):
        return []
    name = trimmed(folded, joiner.end, end, _ENDS)
    if not name or any(mark in folded[name.start : name.end] for mark in "。；，"):
        return []
    return [Good(part) for part in split_names(folded, name)]


def _with_what_they_share(folded: str, goods: list[Good]) -> tuple[Good, ...]:
    if len(goods) > 1 and (shared := SHARED.match(folded, *goods[0].name)):
        condition = Span(*shared.span("condition"))
        first = goods[0]._replace(name=Span(shared.end, goods[0].name.end))
        return tuple(
            good._replace(condition=good.condition or condition) for good in (first, *goods[1:])
        )
    return tuple(goods)
