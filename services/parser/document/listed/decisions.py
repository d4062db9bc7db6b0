"""What a list notice decides: on which list, what is done, to whom, to how many."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from services.parser.document.document import Document
from services.parser.document.text.dates import find_dates
from services.parser.document.text.markers import marker_at
from services.parser.document.text.numerals import NUMERAL, number
from services.parser.document.text.spans import Span

Action = Literal["add", "remove", "suspend", "resume", "amend"]
Unit = Literal["organisation", "person"]

EXPORT, WATCH, UNRELIABLE, COUNTER = "出口管制管控名单", "关注名单", "不可靠实体清单", "反制清单"
# 不可靠实体清单工作机制 and 《不可靠实体清单规定》 are no lists.
_LISTS = (
    (EXPORT, r"(?:出口管制)?管控名单"),
    (WATCH, r"(?:出口管制)?关注名单"),
    (UNRELIABLE, r"不可靠实体清单(?!规定|工作机制|制度)"),
    (COUNTER, r"反制(?:裁)?清单"),
)
_MENTION = re.compile("|".join(form for _, form in _LISTS))
_COMPILED = tuple((name, re.compile(form)) for name, form in _LISTS)
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
_COUNTERMEASURES = re.compile(r"采取(?:以下|下列|如下|相应|有关)?(?P<list>反制(?:裁)?措施)")
# 二、对甲、乙等10名后附《反制清单》列明的企业高级管理人员，不予签发签证
_COUNTERMEASURE_CLAUSE = re.compile(r"对(?P<who>[^。；\n]{1,4000}?)，(?=冻结|禁止|不予|限制|不准)")
# 决定于2025年2月4日将甲公司|列入不可靠实体清单。现决定对该企业采取以下处理措施: new measures on one listed before.
_MEASURED = re.compile(
    rf"将(?P<names>[^。；\n]{{2,200}}?){_ADD}[“《]?(?:不可靠实体清单)[”》]?[。；，]"
    r"(?P<verb>现?决定对(?:该|上述|其)[^，。；\n]{0,8}采取(?:以下|下列|如下)?(?:处理)?措施)"
)
# What is longer is no sentence; what decides more often is no notice.
_LONGEST, _MOST = 4000, 60
_DECIDES = re.compile(r"决定|现将|兹将|现对|^\s*$|^自[^。；]*起[，,]?\s*$")
_NOT_NOW = re.compile(
    r"可以?将?$|可以|申请|应当|如果|否则|曾|此前|以前|已于|已经|将依法|视情|如.{0,20}的[，]"
)
_COUNT = re.compile(
    rf"(?P<count>\d{{1,4}}|{NUMERAL}{{1,4}}|两)\s?(?P<unit>家|个(?=[^月日年工小分])|名(?!单|称)|位|人(?![民工]))"
)
_PERSON_UNITS = frozenset("名位人")
_ANNEX = re.compile(r"附件\s?(?P<mark>[0-9一二三四五六七八九十]{1,3})")


class Count(NamedTuple):
    """等28家美国实体: how many the text says there are; `span` is in the body text or the title."""

    value: int
    unit: Unit
    span: Span


class Decision(NamedTuple):
    """One thing decided. Spans count in the title when `in_title`, else in the body text.

    `names` is where the text names whom it concerns; `until` where the sentence ends.
    """

    list: str
    action: Action
    list_span: Span
    action_span: Span
    names: Span
    counts: tuple[Count, ...]
    until: int
    annex: int | None = None
    in_title: bool = False
    # Measures that only a person can meet with: 对其本人及直系亲属不予签发签证.
    about_persons: bool = False
    # The name that the entry had before it is amended.
    former: Span | None = None


def decisions(document: Document) -> list[Decision]:
    """What the main text decides in its own sentences, in order; the title's when none does.

    A sentence that tells what an earlier notice decided (2023年2月16日，…将…列入), or what may be
    applied for (可申请移出关注名单), decides nothing.
    """
    folded = document.folded
    found: list[Decision] = []
    for mention in _MENTION.finditer(folded, 0, document.main_end):
        decision = _at_mention(document, folded, mention, in_title=False)
        if decision is not None:
            found.append(decision)
        if len(found) == _MOST:
            break
    found += _countermeasures(document)
    found.sort(key=lambda one: one.list_span)
    if not found:
        found = list(_measured(document))
    if found:
        return found
    title = document.folded_title
    for mention in _MENTION.finditer(title):
        decision = _at_mention(document, title, mention, in_title=True)
        if decision is not None:
            return [decision]
    return []


def title_counts(document: Document) -> tuple[Count, ...]:
    """How many the title says are listed. 对甲公司等三家企业采取不可靠实体清单措施 counts others too: of three,
    two were listed and one was warned (不可靠实体清单工作机制公告2024年第1号).
    """
    title = document.folded_title
    if re.search(r"采取(?!反制)[^，。]*措施", title):
        return ()
    return tuple(_counts(title, 0, len(title)))


def list_named(folded: str, start: int, end: int) -> str | None:
    """The canonical name of the first list that is named in a part of the text."""
    best: tuple[int, str] | None = None
    for name, form in _COMPILED:
        match = form.search(folded, start, end)
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), name)
    return best[1] if best else None


def _at_mention(
    document: Document, folded: str, mention: re.Match[str], *, in_title: bool
) -> Decision | None:
    """What the sentence that names a list at `mention` decides."""
    name = list_named(folded, mention.start(), mention.end() + 2)
    begin, end = _sentence(folded, mention.start())
    parts = _parts(folded, begin, mention, end) if name else None
    if name is None or parts is None:
        return None
    action, verb, names, former = parts
    if not in_title and not _is_decided(document, begin, min(names.start, verb.start)):
        return None
    if folded[names.start : names.end].strip() in _PRONOUNS:
        return None
    return Decision(
        name,
        action,
        Span(*mention.span()),
        verb,
        names,
        tuple(_counts(folded, names.start, names.end)),
        end,
        _annex(folded, begin, end),
        in_title,
        former=former,
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
        start = _object(folded, "将", begin, placed.start())
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
        start = _object(folded, "将", begin, out_of.start())
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


def _object(folded: str, word: str, begin: int, end: int) -> int:
    """Where the object begins behind 将 or 对: the first one behind 决定, else the first; 0 if none."""
    decided = folded.rfind("决定", begin, end)
    place = folded.find(word, max(begin, decided), end)
    return place + 1 if place >= 0 else 0


def _countermeasures(document: Document) -> Iterator[Decision]:
    folded = document.folded
    first: Decision | None = None
    for match in _COUNTERMEASURES.finditer(folded, 0, document.main_end):
        begin, end = _sentence(folded, match.start())
        start = _object(folded, "对", begin, match.start())
        if not start and _has_counter_list(document):
            # 决定采取以下反制措施: whom they meet stands in the list behind.
            start = match.start()
        names = Span(start, match.start())
        # 暂停实施《关于对…采取反制措施的决定》 is about another document's list.
        quoting = folded.rfind("《", begin, start) > folded.rfind("》", begin, start)
        if not start or quoting or not _is_decided(document, begin, start - 1):
            continue
        first = Decision(
            COUNTER,
            "add",
            Span(*match.span("list")),
            Span(match.start(), match.end()),
            names,
            tuple(_counts(folded, names.start, names.end)),
            end,
            _annex(folded, begin, end),
            about_persons=bool(
                re.search(r"(?:个人|人员)$", folded[start : match.start()])
                or re.search(r"对其本人|直系亲属|对其不予签发签证", folded[: document.main_end])
            ),
        )
        yield first
        break
    if first is None:
        if _has_counter_list(document):
            yield from _counter_title(document)
        return
    for line in document.main_lines:
        marker = marker_at(line.folded)
        if line.start < first.until or marker is None:
            continue
        clause = _COUNTERMEASURE_CLAUSE.match(folded, line.start + marker.end, line.end)
        # 对其本人及直系亲属不予签发签证 names nobody.
        if clause is None or clause["who"].startswith(("其", "上述")):
            continue
        names = Span(*clause.span("who"))
        yield first._replace(
            names=names,
            counts=tuple(_counts(folded, names.start, names.end)),
            until=line.end,
            annex=_annex(folded, names.start, names.end),
        )


def _measured(document: Document) -> Iterator[Decision]:
    """Measures on an entity that an earlier notice listed change its entry."""
    folded = document.folded
    match = _MEASURED.search(folded, 0, document.main_end)
    mention = _MENTION.search(folded, *match.span()) if match else None
    if match and mention:
        names = Span(*match.span("names"))
        counts = tuple(_counts(folded, *names))
        verb = Span(*match.span("verb"))
        yield Decision(UNRELIABLE, "amend", Span(*mention.span()), verb, names, counts, match.end())


def _has_counter_list(document: Document) -> bool:
    return any(
        list_named(annex.title, 0, len(annex.title)) == COUNTER for annex in document.annexes
    )


def _counter_title(document: Document) -> Iterator[Decision]:
    """关于对某国公司采取反制措施的决定: the title decides where the text only prints the list."""
    title = document.folded_title
    match = _COUNTERMEASURES.search(title)
    start = _object(title, "对", 0, match.start()) if match else 0
    if match and start:
        yield Decision(
            COUNTER,
            "add",
            Span(*match.span("list")),
            Span(*match.span()),
            Span(start, match.start()),
            tuple(_counts(title, start, match.start())),
            len(title),
            in_title=True,
        )


def _is_decided(document: Document, begin: int, start: int) -> bool:
    folded = document.folded
    marker = marker_at(folded, begin, start)
    before = folded[marker.end if marker else begin : start]
    # 经申请，决定将…移出 is decided, 可申请移出 is not.
    if _NOT_NOW.search(before[-30:].rpartition("决定")[2]):
        return False
    for day in find_dates(before):
        told = before[max(0, day.start - 1) : day.start] != "自"
        if told and day.value != document.issued_on:
            return False
    return bool(_DECIDES.search(before))


def _counts(folded: str, start: int, end: int) -> Iterator[Count]:
    for match in _COUNT.finditer(folded, start, end):
        value = 2 if match["count"] == "两" else number(match["count"])
        if not value:
            continue
        unit: Unit = "person" if match["unit"] in _PERSON_UNITS else "organisation"
        yield Count(value, unit, Span(match.start(), match.end()))


def _annex(folded: str, start: int, end: int) -> int | None:
    match = _ANNEX.search(folded, start, end)
    return number(match["mark"]) if match else None


def _sentence(folded: str, place: int) -> tuple[int, int]:
    """Where the sentence at `place` begins and ends, at most `_LONGEST` characters to each side."""
    least, most = max(0, place - _LONGEST), place + _LONGEST
    begin = max(least, *(folded.rfind(mark, least, place) + 1 for mark in "。；\n"))
    ends = [end for mark in "。\n" if (end := folded.find(mark, place, most)) >= 0]
    return begin, min(ends, default=min(most, len(folded)))
