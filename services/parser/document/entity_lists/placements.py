"""What a sentence decides that names a list: 将…列入, 移出, 暂停对…的措施, 更名为."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.parser.document.document import Document
from services.parser.document.entity_lists.decision import (
    Action,
    Decision,
    annex_named,
    counts_in,
    is_decided,
    object_behind,
    sentence_bounds,
)
from services.parser.document.entity_lists.lists import MENTION, UNRELIABLE, list_named
from shared.chinese.text import Span, Text

_PRONOUNS = ("其", "该", "该企业", "该实体", "上述实体", "上述企业", "相关实体")
_ADD = r"(?:增列入?|列入|纳入|加入|新增至)"
_REMOVE = r"(?:移出|移除出?|调出|删除|剔除|去除)"
_RENAMED = re.compile(r"(?:更名|变更|修改|更改|调整|更正|修订)(?:为|成)")
_PLACED = re.compile(rf"(?:(?P<add>{_ADD})|(?P<remove>{_REMOVE}))(?:到|至|于|了)?[“《‘]?$")
_OUT_OF = re.compile(r"从[“《‘]?$")
_TAKEN_OUT = re.compile(rf"[”》’]?(?:之?中|内|里)?(?P<remove>{_REMOVE})")
_MEASURES = re.compile(r"[”》’]?(?:的)?(?:相关|有关|管控|处理|处置|上述)?措施")
# 停止…公告列入出口管制管控名单|的15家美国实体|的相关措施
_MEASURES_ON = re.compile(
    r"[”》’]?的(?P<names>[^，。；\n]{2,60}?)的(?:相关|有关|管控|处理|处置|上述)?措施"
)
_STOPPED = re.compile(
    r"(?P<suspend>(?:继续)?(?:暂停|中止))|(?P<resume>恢复)|(?P<remove>停止|终止|取消|解除)"
)
_AFTER_STOPPED = re.compile(r"(?:实施|适用|执行)?(?:对|针对)?")
# 对甲公司|采取的|不可靠实体清单措施
_BEFORE_LIST = re.compile(r"(?:所?(?:采取|实施|适用))?的[“《‘]?$")
# 清单|中的“旧公司”名称|变更为: what stands round the former name. Where both names are printed behind 名称由,
# the former one is there.
_FORMER_HEAD = re.compile(r"[”》’]?(?:之?中|内|里|所列)?的?")
_FORMER_TAIL = re.compile(r"的?(?:中文|英文|企业|公司)?名称$")
_NAME_FROM = re.compile(r"(?:名称由|由(?=“))(?P<former>.+)$")
_LONGEST_RENAMING = 500
# 决定于2025年2月4日将甲公司|列入不可靠实体清单。现决定对该企业采取以下处理措施: new measures on one listed before.
_MEASURED = re.compile(
    rf"将(?P<names>[^。；\n]{{2,200}}?){_ADD}[“《]?(?:不可靠实体清单)[”》]?[。；，]"
    r"(?P<verb>现?决定对(?:该|上述|其)[^，。；\n]{0,8}采取(?:以下|下列|如下)?(?:处理)?措施)"
)


def decision_at(document: Document, text: Text, mention: re.Match[str]) -> Decision | None:
    """What the sentence of a text that names a list at `mention` decides."""
    folded = text.folded
    name = list_named(folded, mention.start(), mention.end() + 2)
    begin, end = sentence_bounds(folded, mention.start())
    parts = _parts(folded, begin, mention, end) if name else None
    if name is None or parts is None:
        return None
    action, verb, names, former = parts
    decides = text is document.title or is_decided(document, begin, min(names.start, verb.start))
    if not decides:
        return None
    if folded[names.start : names.end].strip() in _PRONOUNS:
        return None
    return Decision(
        text,
        name,
        action,
        Span(*mention.span()),
        verb,
        names,
        tuple(counts_in(folded, names.start, names.end)),
        end,
        annex_named(folded, begin, end),
        former=former,
    )


def measured(document: Document) -> Iterator[Decision]:
    """Measures on an entity that an earlier notice listed change its entry."""
    folded = document.body.folded
    match = _MEASURED.search(folded, 0, document.main_end)
    mention = MENTION.search(folded, *match.span()) if match else None
    if match and mention:
        names = Span(*match.span("names"))
        counts = tuple(counts_in(folded, *names))
        verb = Span(*match.span("verb"))
        yield Decision(
            document.body,
            UNRELIABLE,
            "amend",
            Span(*mention.span()),
            verb,
            names,
            counts,
            match.end(),
        )


class _Parts(NamedTuple):
    """Action, the verb's span, the span of whom it concerns, and of the name that an entry had."""

    action: Action
    verb: Span
    names: Span
    former: Span | None = None


def _parts(folded: str, begin: int, mention: re.Match[str], end: int) -> _Parts | None:
    at = max(begin, mention.start() - 12)
    placed = _PLACED.search(folded, at, mention.start())
    if placed:
        start = object_behind(folded, "将", begin, placed.start())
        verb = Span(placed.start(), placed.end())
        action: Action = "add" if placed["add"] else "remove"
        if start:
            return _Parts(action, verb, Span(start, placed.start()))
        on = _MEASURES_ON.match(folded, mention.end(), end)
        stopped = _last(_STOPPED.finditer(folded, begin, mention.start()))
        if on is None or stopped is None:
            return None
        return _Parts(_stops(stopped), Span(*stopped.span()), Span(*on.span("names")))
    out_of = _OUT_OF.search(folded, at, mention.start())
    taken = _TAKEN_OUT.match(folded, mention.end(), end) if out_of else None
    if out_of and taken:
        start = object_behind(folded, "将", begin, out_of.start())
        verb = Span(*taken.span("remove"))
        return _Parts("remove", verb, Span(start, out_of.start())) if start else None
    if _MEASURES.match(folded, mention.end(), end):
        stopped = _last(_STOPPED.finditer(folded, begin, mention.start()))
        if stopped is not None:
            after = _AFTER_STOPPED.match(folded, stopped.end(), mention.start())
            start = after.end() if after else stopped.end()
            tail = _BEFORE_LIST.search(folded, start, mention.start())
            names = Span(start, tail.start() if tail else mention.start())
            return _Parts(_stops(stopped), Span(*stopped.span()), names)
    last = min(end, mention.end() + _LONGEST_RENAMING)
    renamed = _RENAMED.search(folded, mention.end() + 1, last)
    if renamed and "。" not in folded[mention.end() : renamed.start()]:
        former = _former(folded, mention.end(), renamed.start())
        return _Parts("amend", Span(*renamed.span()), Span(renamed.end(), end), former)
    return None


def _last(matches: Iterator[re.Match[str]]) -> re.Match[str] | None:
    return max(matches, key=lambda match: match.start(), default=None)


def _stops(stopped: re.Match[str]) -> Action:
    if stopped["suspend"]:
        return "suspend"
    return "resume" if stopped["resume"] else "remove"


def _former(folded: str, start: int, end: int) -> Span:
    """The former name between a list's name and the verb."""
    by_name = _NAME_FROM.search(folded[start:end])
    if by_name:
        return _quoted(folded, Span(start + by_name.start("former"), end))
    head = _FORMER_HEAD.match(folded, start, end)
    tail = _FORMER_TAIL.search(folded[start:end])
    return _quoted(
        folded,
        Span(head.end() if head else start, start + tail.start() if tail else end),
    )


def _quoted(folded: str, span: Span) -> Span:
    """What stands in quotation marks in a part of the text: 序号3的“甲公司”; else all of it."""
    first, last = folded.find("“", *span), folded.rfind("”", *span)
    return Span(first + 1, last) if -1 < first < last else span
