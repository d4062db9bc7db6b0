"""Names of persons and organisations as lists print them: 通用动力公司（General Dynamics）."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from shared.chinese.characters import HAN
from shared.chinese.form import Form, Forms
from shared.chinese.places import PLACES
from shared.chinese.text import Span, trimmed

CJK = HAN + "々〇ァ-ヺーぁ-ゖ"
_BRACKETS = re.compile("[（）]")
_CJK = re.compile(f"[{CJK}]")
_LETTER = re.compile(r"[^\W\d_]")
_BEHIND_SPACE = re.compile(rf"(?<=[{CJK}”\"])\s+(?=[^{CJK}\s])")
_BEHIND_LATIN = re.compile(
    rf"(?P<latin>[^\W\d_{CJK}][^{CJK}]+[^{CJK}\s])\s+(?P<zh>[{CJK}][{CJK}·]+)$"
)
# Before the foreign name, in a bracket that holds other names as well.
FOREIGN = Forms(
    Form(
        "foreign",
        r"(?:英文|外文)(?:名称?|全称)?(?:为|是)?\s?[：:]?\s?",
        yes=("英文名称：Alpha Inc.", "外文名为Alpha"),
        no=("名称：",),
    ),
    anchored=True,
)
_BRANCHES = r"及其(?:所属|下属|控股|全资|境外|全球|的|所有|全部)*(?:分支机构|子公司|附属公司|关联公司|附属机构)"
# TechInsights Inc.|及其分支机构
BRANCHES = Forms(
    Form(
        "branches",
        rf"(?P<latin>[^{HAN}，；。：]{{2,120}}?)\s?{_BRANCHES}$",
        yes=("TechInsights Inc.及其分支机构",),
        no=("甲公司及其分支机构",),
    ),
    anchored=True,
)
# Behind a name, with its bracket: those are listed as well, by no name of their own.
BRANCHES_BEHIND = Forms(
    Form(
        "branches", rf"\s?）?\s?(?P<branches>{_BRANCHES})", yes=("）及其控股子公司", "及其分支机构")
    ),
    anchored=True,
)
# What a bracket says of a name that is not another name: 地址：…, 以下简称….
OTHER_NAMES = Forms(
    Form("label", "[^（）]*[：:]", yes=("地址：某路1号",)),
    Form(
        "called",
        "(?:以下|下称|简称|又名|别名|原名|曾用名|即)",
        yes=("以下简称甲公司", "曾用名"),
        no=("甲公司，以下",),
    ),
    anchored=True,
)
_ENDS = " ，,；;。、：:/　"
# An organisation's name ends with its kind.
_ORGANISATIONS = tuple(
    (
        "公司 集团 会社 工厂 厂 商社 实验室 中心 大学 学院 学校 研究院 研究所 研究会 机构 联盟 联合会 联合体 图书馆 博物馆 纪念馆"
        " 电视台 电台 新闻网 网站 协会 学会 商会 理事会 基金 基金会 委员会 组织 项目 财团 银行 企业 合伙 工作室 俱乐部 论坛 议会"
        " 党 社 局 署 部 院 所 店"
    ).split()
)
LATIN_ORGANISATIONS = Forms(
    Form(
        "organisation",
        r"(?<![A-Za-z])(?:Inc\.?|LLC\.?|Ltd\.?|Limited|Corp\.?|Corporation|Company|Co\."
        r"|GmbH|AG|S\.?A\.?|N\.V\.|B\.V\.|PLC|plc|Group|a\.s\.|KG|SE|Oy|AB|ASA?)$",
        yes=("Alpha Inc.", "Beta GmbH", "Gamma Group"),
        no=("John Smith", "Groupe"),
    )
)
# No name is longer, before the bracket that holds its other form.
_FURTHEST = 1000
_QUOTES = ("”", "’", '"', "'")


class Name(NamedTuple):
    """`zh` is the Chinese name, `latin` the name in another script, `end` the end of both."""

    zh: Span | None
    latin: Span | None
    end: int


class Group(NamedTuple):
    """A pair of round brackets: `start` at the opening one, `end` behind the closing one."""

    start: int
    end: int
    inner: Span


def groups(folded: str, start: int, end: int) -> Iterator[Group]:
    """Bracketed groups of the outermost level; one that is never closed reaches to the end."""
    depth, opened = 0, start
    for bracket in _BRACKETS.finditer(folded, start, end):
        at = bracket.start()
        if folded[at] == "（":
            if depth == 0:
                opened = at
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield Group(opened, at + 1, trimmed(folded, opened + 1, at))
    if depth:
        yield Group(opened, end, trimmed(folded, opened + 1, end))


def has_cjk(folded: str, span: Span) -> bool:
    """Whether a span contains Chinese or Japanese characters."""
    words = folded[span.start : span.end]
    return not words.isascii() and _CJK.search(words) is not None


def is_latin(folded: str, span: Span) -> bool:
    """Whether a span is a name in another script: letters, none of them Chinese."""
    return not has_cjk(folded, span) and bool(_LETTER.search(folded, span.start, span.end))


def name_at(folded: str, start: int, end: int) -> Name:
    """The name that the text from `start` to `end` begins with: what stands before the first
    bracket that holds the same name in the other script, or before the first comma.

    Without such a bracket a foreign name may follow the Chinese one behind a space.
    """
    first: Group | None = None
    for group in groups(folded, start, end):
        if group.start - start > _FURTHEST:
            break
        name = trimmed(folded, start, group.start, _ENDS)
        if not name:
            continue
        if is_latin(folded, group.inner):
            if is_latin(folded, name):
                # Beta LLC（a.k.a. Beta Trading）
                return Name(None, name, group.end)
            return Name(unquoted(folded, name), group.inner, group.end)
        named = first is None and not OTHER_NAMES.match(folded, *group.inner)
        if named and not has_cjk(folded, name) and has_cjk(folded, group.inner):
            return Name(group.inner, name, group.end)
        inside = _latin_inside(folded, group.inner)
        if inside:
            return Name(unquoted(folded, name), inside, group.end)
        first = first or group
    stop = end
    for mark in "，；。：":
        at = folded.find(mark, start, stop)
        if at > start:
            stop = at
    if first is not None and first.start < stop:
        stop = first.start
    name = trimmed(folded, start, stop, _ENDS)
    if not name:
        return Name(None, None, start)
    if is_latin(folded, name):
        # Alpha LLC（地址：1 Main Street）
        return Name(None, name, first.end if first and first.start == name.end else name.end)
    if (branches := BRANCHES.match(folded, *name)) and is_latin(
        folded, latin := Span(*branches.span("latin"))
    ):
        return Name(None, latin, name.end)
    behind_latin = _BEHIND_LATIN.match(folded, *name)
    if behind_latin:
        # Alpha, Inc. 阿尔法公司
        return Name(Span(*behind_latin.span("zh")), Span(*behind_latin.span("latin")), name.end)
    # What stands behind the last Chinese character alone is no Chinese.
    last = next(
        (at for at in range(name.end - 1, name.start, -1) if _CJK.match(folded, at)), name.start
    )
    for space in _BEHIND_SPACE.finditer(folded, last, name.end):
        behind = trimmed(folded, space.end(), name.end, "/")
        if is_latin(folded, behind) and behind.end - behind.start > 2:
            return Name(trimmed(folded, name.start, space.start(), "/"), behind, name.end)
    return Name(unquoted(folded, name), None, name.end)


def unquoted(folded: str, span: Span) -> Span:
    """加拿大“加拿大西藏委员会” is called what stands in the quotation marks."""
    text = folded[span.start : span.end]
    if not text.endswith("”") or text.count("“") != 1:
        return span
    before, _, inner = text[:-1].partition("“")
    if before and before not in PLACES.names:
        return span
    return trimmed(folded, span.end - 1 - len(inner), span.end - 1)


def _latin_inside(folded: str, inner: Span) -> Span | None:
    """The only foreign name among the parts of a bracket (以下简称甲公司，英文名称：Alpha Inc.)."""
    found = []
    at = inner.start
    for part in re.split(r"([，；])", folded[inner.start : inner.end]):
        start, at = at, at + len(part)
        label = FOREIGN.match(folded, start, at)
        span = trimmed(folded, label.end if label else start, at, _ENDS)
        if span and is_latin(folded, span) and span.end - span.start > 2:
            found.append(span)
    return found[0] if len(found) == 1 else None


def ends_as_organisation(words: str) -> bool:
    """Whether words end as organisations' names do, a quotation mark behind them or not."""
    if words.endswith(_QUOTES):
        words = words[:-1]
    if words[-1:].isascii():
        return LATIN_ORGANISATIONS.search(words) is not None
    return words.endswith(_ORGANISATIONS)


def kind_of(folded: str, name: Name) -> Literal["organisation"] | None:
    """Organisation if the name ends like an organisation's; None if the name does not tell."""
    for span in (name.zh, name.latin):
        if span and ends_as_organisation(folded[span.start : span.end]):
            return "organisation"
    return None
