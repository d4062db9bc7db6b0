"""What a document does to another: the relation of a reference, from the words around it.

The verbs are those of the notices themselves and of the NPC's 立法技术规范: 根据 and 依据 for the basis, 修改
and 修订, 废止 and 失效, 暂停实施 and 停止执行, 恢复实施, 延长, 更正. A verb counts only where it governs the
reference: right before it, right behind it, or in the line that opens the list in which it stands
(暂停实施下列公告：). What another document did (…发布第40号公告，决定…) is told, not done.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from services.parser.document.citations.clauses import clause_after
from services.parser.document.citations.references import Reference
from services.parser.document.document import Line
from services.parser.document.text.spans import Span
from shared.notice import Relation

# Strongest last; a document that is named twice keeps the strongest.
STRENGTH: tuple[Relation, ...] = (
    "mentions",
    "basis",
    "explains",
    "corrects",
    "extends",
    "amends",
    "resumes",
    "suspends",
    "repeals",
)
CHANGES: frozenset[Relation] = frozenset(STRENGTH[3:])

_DO = r"(?:实施|执行|施行|适用)"
_STOPS = r"(?=[。；，、）》\s至到期为的]|$|\d|[一二三四五六七八九十]+(?:年|个月|天))"
_PAUSE = rf"(?:暂停|中止|暂缓|暂不){_DO}"
# From the reference to the verb: at most one comma, and then a date or 现 or 同时.
_TO = (
    r"[^，。；：\n《]{0,30}?(?:，\s?(?=自|从|即|现|同时|一并|均|在|于|继续)[^，。；：\n《]{0,40}?)?"
)
_MAYBE = (
    r"(?:现|均|也|亦|已经|应|将|应当|全部|一律|一并|同时|相应|即行|自行|同步|予以|予|宣布|不再)*"
)

_AFTER: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("resumes", re.compile(rf"{_TO}(?P<verb>恢复(?:{_DO}|效力)){_STOPS}")),
    ("resumes", re.compile(rf"{_TO}(?P<verb>(?:停止|终止|解除)暂停)")),
    ("suspends", re.compile(rf"{_TO}(?P<verb>(?:继续)?{_PAUSE}){_STOPS}")),
    (
        "suspends",
        re.compile(
            r"(?:[^，。；：\n《]{0,24}?)(?P<verb>(?:继续)?(?:暂停|中止))(?=[。；，\s至到）]|$|\d|[一二三四五六七八九十]+(?:年|个月|天))"
        ),
    ),
    (
        "repeals",
        re.compile(rf"{_TO}(?P<verb>{_MAYBE}(?:废止|失效|撤销|不再(?:{_DO}|有效))){_STOPS}"),
    ),
    ("repeals", re.compile(rf"{_TO}(?P<verb>{_MAYBE}停止{_DO}){_STOPS}")),
    (
        "extends",
        re.compile(
            r"[^，。；：\n《]{0,24}?(?P<verb>(?:有效期|期限|时间|执行期|实施期|适用期)?(?:限)?(?:再|继续|予以)?"
            r"(?:延长|延续|顺延|延期))(?!的)"
        ),
    ),
    ("extends", re.compile(rf"[^，。；：\n《]{{0,20}}?(?P<verb>继续{_DO})(?=至|到)")),
    (
        "corrects",
        re.compile(
            r"[^，。；：\n《]{0,60}?(?P<verb>更正(?:为|如下)|(?:作|予以|进行)[^，。；\n]{0,4}(?:更正|勘误)|勘误如下)"
        ),
    ),
    ("corrects", re.compile(r"的?(?P<verb>更正|勘误)(?:公告|通知|表|说明|的|$)")),
    ("corrects", re.compile(r"[^。；：\n《]{0,120}?(?P<verb>特此更正)")),
    (
        "amends",
        re.compile(
            r"(?!的?规定)[^，。；：\n《]{0,40}?(?P<verb>(?:作|作出|做|做出)(?:了)?(?:如下|以下|部分|相应|个别)*(?:修改|修订|调整|修正|补充)"
            r"|(?:修改|修订|调整|更改|变更)(?:为|成|如下)|予以(?:修改|修订|调整|修正)"
            r"|进行(?:如下|以下|相应|部分)*(?:修改|修订|调整|修正)(?!了|后|的)|增列|增补)"
        ),
    ),
    (
        "amends",
        re.compile(
            r"的?(?P<verb>(?:补充|修改|修订|修正|调整))(?:公告|通知|规定|决定|意见|的(?:公告|决定|通知|令))"
        ),
    ),
)
_NEAR = r"[^，。；：\n《》]{0,14}"
_LIST = r"(?:下列|以下)[^。；：\n]{0,16}：\s?"
_BEFORE: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("resumes", re.compile(rf"(?P<verb>恢复{_DO}?)(?:{_NEAR}|{_LIST})$")),
    ("suspends", re.compile(rf"(?P<verb>(?:继续)?{_PAUSE})(?:{_NEAR}|{_LIST})$")),
    (
        "suspends",
        re.compile(
            r"(?P<verb>(?:继续)?(?:暂停|中止))(?![^《]{0,8}(?:受理|进口|出口|征收|办理|加征|审批|发放|输入|接受))"
            rf"{_NEAR}$"
        ),
    ),
    ("repeals", re.compile(rf"(?P<verb>停止{_DO}?)(?!受理|进口|出口|征收|办理|加征){_NEAR}$")),
    ("repeals", re.compile(rf"(?P<verb>废止|撤销)(?!了|的|前|后)(?:{_NEAR}|{_LIST})$")),
    ("repeals", re.compile(rf"(?P<verb>宣布){_NEAR}$(?=.)")),
    ("extends", re.compile(r"(?P<verb>延长)(?!的|后)[^，。；：\n《》]{0,10}$")),
    ("corrects", re.compile(r"(?P<verb>更正|勘误)(?!的|后)[^，。；：\n《》]{0,6}$")),
    (
        "amends",
        re.compile(
            r"(?<!经)(?<![已新])(?P<verb>修改|修订|修正|调整)(?!后|的|了|和|、|、?完善)"
            r"(?:并[^，。《]{1,6})?[^，。；：\n《》的]{0,10}$"
        ),
    ),
)
# Work that is planned is not done: 推动修订《…》.
_PLANNED = re.compile(
    r"(?:推动|加快|研究|抓紧|拟|计划|适时|配合|启动|建议|考虑|参与|组织|开展|推进|完成|正在|如需|可以?|提出)$"
)
_BASIS = re.compile(
    r"(?P<verb>根据|依据|按照|依照|遵照|参照|贯彻落实|贯彻执行|贯彻实施|贯彻|落实|依(?=《)|按(?![期时月季年规照约需日])|执行(?=《))"
    r"[^，。；：\n》]{0,40}$"
)
_TOLD = re.compile(
    r"(?:(?:发布|公布|印发|颁布|出台|制定|下发|联合发布|联合印发)(?:了|的)?"
    r"|(?:发布|公布|印发|颁布|出台|下发)[^，。；《》]{0,12})[\s（“]{0,2}$"
)
_NEXT = re.compile(
    r"[\s）]{0,2}(?:公告|通告|令)?(?:的?(?:有关|相关)?(?:规定|要求|精神)?)?\s?等?\s?(?:、|，|；|和|及|以及|与|或|或者)?\s?(?:同时)?"
    # 4月9日公告（商务部公告2025年第22号）
    r"(?:(?:\d{4}\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?日的?(?:公告)?)?"
    r"(?:[《（“\s]|原|中华人民共和国|[一-龥]{2,10}(?:部|委|局|署|院|会|办|办公厅)){0,4}\s?"
)
_PAPERS = (
    r"[^。：]{0,24}?(?:规章|文件|公告|通知|规定|办法|法规|法律|目录|令|决定|条款|条例|措施|清单)"
)
_LEAD_VERBS: tuple[tuple[Relation, str], ...] = (
    ("resumes", rf"恢复{_DO}"),
    ("suspends", rf"(?:继续)?{_PAUSE}"),
    ("repeals", rf"废止|失效|撤销|停止{_DO}|不再{_DO}"),
    ("extends", r"延长|延续|继续执行"),
    ("amends", r"修改|修订|修正|调整"),
)
_LEADS: tuple[tuple[Relation, re.Pattern[str]], ...] = tuple(
    (relation, re.compile(pattern))
    for relation, verb in _LEAD_VERBS
    for pattern in (
        rf"(?P<verb>{verb})[^。：《]{{0,12}}(?:下列|以下){_PAPERS}",
        rf"(?:下列|以下){_PAPERS}[^。：《]{{0,30}}?(?P<verb>{verb})",
    )
)
_LONGEST_LEAD = 400
_ITEM = re.compile(
    r"^\s*(?:(?P<cn>[一二三四五六七八九十]{1,3}\s?[、.．])|(?P<cnb>（[一二三四五六七八九十]{1,3}）)|(?P<d>\d{1,3}\s?[、.．)）])"
    r"|(?P<db>（\d{1,3}）)|(?P<ring>[①-⑳])|(?P<book>(?=[《“])))\s*"
)
_FULL_STOPS = "。！？\n"
_LONGEST = 800
_AT_ITEM = 60
_LOOK_BACK = 160
_QUESTION = re.compile(r"\s*(?:有?(?:媒体|记者)(?:提?问)?[：，]|有记者问|问[：，])")
_ACTS: frozenset[str] = frozenset({"notice", "law"})


class Related(NamedTuple):
    """A reference and its relation; `verb` is where the relation was read, `span` that of the list of
    references it governs, `lead` the line that opens their list; `told` when the text reports what
    another document published.
    """

    reference: Reference
    relation: Relation
    verb: Span | None = None
    span: Span | None = None
    lead: Span | None = None
    told: bool = False
    verb_text: str = ""


def sentence(folded: str, at: int) -> Span:
    """The sentence round an offset, up to 。！？ or the line's end, and never very long."""
    first, last = max(0, at - _LONGEST), min(len(folded), at + _LONGEST)
    start = max(first - 1, *(folded.rfind(mark, first, at) for mark in _FULL_STOPS)) + 1
    ends = [end for mark in _FULL_STOPS if (end := folded.find(mark, at, last)) != -1]
    return Span(start, min(ends, default=last))


def line_at(lines: Sequence[Line], at: int) -> Line | None:
    """The line that holds an offset."""
    place = bisect_right(lines, at, key=lambda line: line.start) - 1
    return lines[place] if place >= 0 and at <= lines[place].end else None


def relate(
    folded: str, lines: Sequence[Line], references: Sequence[Reference], kind: str
) -> list[Related]:
    """Every reference of a text with its relation, in order. Only notices and laws repeal and
    amend; an answer of the spokesman suspends, resumes and ends, and news only tell.
    """
    if not references:
        return []
    leads = _leads(lines)
    groups = _groups(folded, references)
    related: list[Related] = []
    for group in groups:
        related += [
            one if _may(one, kind) else Related(one.reference, "mentions")
            for one in _relate_group(folded, group, lines, leads)
        ]
    return _without_reports(folded, related) if kind == "interview" else related


def _without_reports(folded: str, related: list[Related]) -> list[Related]:
    """An answer that says which announcement does something (根据商务部公告2025年第72号，…暂停…) does not do it
    itself, nor does a question.
    """
    reporting = {
        sentence(folded, one.reference.start)
        for one in related
        if one.relation == "basis" and one.reference.number and one.reference.number.type
    }
    read: list[Related] = []
    for one in related:
        here = sentence(folded, one.reference.start)
        asked = folded[here.end : here.end + 1] in ("？", "?") or bool(
            _QUESTION.match(_line_head(folded, here.start))
        )
        if one.relation in CHANGES and (asked or here in reporting):
            one = Related(one.reference, "mentions")
        read.append(one)
    return read


def _line_head(folded: str, at: int) -> str:
    start = folded.rfind("\n", 0, at) + 1
    return folded[start : start + 16]


def _may(one: Related, kind: str) -> bool:
    if one.relation not in CHANGES or kind in _ACTS:
        return True
    if kind != "interview":
        return False
    # An answer that reports a new regulation (原办法同时废止) repeals nothing itself.
    return one.relation in ("suspends", "resumes", "extends") or "停止" in one.verb_text


def _groups(folded: str, references: Sequence[Reference]) -> list[list[Reference]]:
    groups: list[list[Reference]] = []
    for reference in references:
        if groups:
            last = groups[-1][-1]
            sure = max(one.end for one in groups[-1])
            clause = clause_after(folded, folded, last.end)
            begins = clause.end if clause and clause.end <= reference.start else last.end
            if reference.start < sure:
                groups[-1].append(reference)
                continue
            if reference.start - begins <= 40 and _NEXT.fullmatch(folded, begins, reference.start):
                groups[-1].append(reference)
                continue
        groups.append([reference])
    return groups


def _relate_group(
    folded: str, group: list[Reference], lines: Sequence[Line], leads: dict[int, "_Lead"]
) -> list[Related]:
    start, end = group[0].start, max(one.end for one in group)
    here = sentence(folded, start)
    clause = clause_after(folded, folded, end)
    behind = clause.end if clause else end
    before = _back(folded, here, start)
    if _in_quotation(folded, here, start, end):
        return [Related(one, "mentions") for one in group]
    found: Related | None = None
    if (cut := _another_clause(folded, group, behind, here)) and _basis(before):
        # 根据《…法》，第23号公告同时调整如下: what stands behind the comma is changed, not rested on.
        return [
            *_relate_group(folded, group[:cut], lines, leads),
            *_relate_group(folded, group[cut:], lines, leads),
        ]
    if not _basis(before):
        found = _by_verb_behind(folded, group[0], behind, here)
        found = found or _by_verb_before(folded, group[0], start, here)
        found = found or _by_lead(group[0], here, lines, leads)
    elif (again := _by_verb_behind(folded, group[0], behind, here)) is not None and re.match(
        r"同时|一并|予以", again.verb_text
    ):
        found = again
    if found is None and (basis := _basis(before)):
        offset = start - len(before)
        verb = Span(offset + basis.start("verb"), offset + basis.end("verb"))
        found = Related(group[0], "basis", verb)
    told = _is_told(folded, group[0], here)
    if found is None:
        return [Related(one, "mentions", told=told) for one in group]
    return [
        Related(one, "mentions")
        if _is_note(folded, one, group)
        else found._replace(reference=one, span=Span(start, behind))
        for one in group
    ]


def _another_clause(folded: str, group: list[Reference], behind: int, here: Span) -> int:
    """The place of the first reference of a new clause with a verb of its own; 0 when there is none."""
    if not re.match(r"\s?(?:同时|一并|现予?以?)", folded[behind : min(behind + 8, here.end)]):
        return 0
    return next(
        (
            place
            for place in range(len(group) - 1, 0, -1)
            if "，" in folded[group[place - 1].end : group[place].start]
        ),
        0,
    )


def _is_note(folded: str, one: Reference, group: list[Reference]) -> bool:
    """国务院令第687号修订 within the bracket that gives another number."""
    return any(
        other is not one and other.start <= one.start and one.end <= other.end and one.title is None
        for other in group
    ) and bool(re.match(r"\s?(?:第[一二三四五六]次)?(?:修[订正改]|公布)", folded[one.end :][:8]))


def _is_told(folded: str, one: Reference, here: Span) -> bool:
    """Whether the text reports the publication: 商务部发布2016年第4号公告, 印发了《…》."""
    within = folded[one.start : one.number_end] if one.title is None else ""
    return bool(
        re.search(r"发布|公布|印发", within) or _TOLD.search(_back(folded, here, one.start))
    )


def _back(folded: str, here: Span, start: int) -> str:
    return folded[max(here.start, start - _LOOK_BACK) : start]


def _basis(before: str) -> re.Match[str] | None:
    return _BASIS.search(before)


def _by_verb_behind(folded: str, one: Reference, behind: int, here: Span) -> Related | None:
    for relation, pattern in _AFTER:
        match = pattern.match(folded, behind, here.end)
        if match is None or _tells_another(folded, one, behind, match, here):
            continue
        verb = Span(*match.span("verb"))
        return Related(one, relation, verb, verb_text=match["verb"])
    return None


def _tells_another(
    folded: str, one: Reference, behind: int, match: re.Match[str], here: Span
) -> bool:
    """发布2016年第4号公告，决定…: the verb is what the cited one did, or what is planned."""
    between = folded[behind : match.start("verb")]
    if re.search(r"决定|规定|明确|要求|公布|宣布(?!$)|提出|曾|已于", between):
        return True
    return bool(
        _is_told(folded, one, here)
        and not re.match(r"废止|失效|停止|同时|予以|暂停|现", match["verb"])
    )


def _by_verb_before(folded: str, one: Reference, start: int, here: Span) -> Related | None:
    for relation, pattern in _BEFORE:
        before = _back(folded, here, start)
        match = pattern.search(before)
        if match is None:
            continue
        offset = start - len(before)
        verb = Span(offset + match.start("verb"), offset + match.end("verb"))
        if _PLANNED.search(before[: match.start("verb")]):
            continue
        if match["verb"] == "宣布" and not re.match(
            r"[^，。；]{0,20}(?:废止|失效)", folded[one.end :][:30]
        ):
            continue
        return Related(one, relation, verb, verb_text=match["verb"])
    return None


class _Lead(NamedTuple):
    relation: Relation
    verb: Span
    line: Span
    text: str


def _leads(lines: Sequence[Line]) -> dict[int, _Lead]:
    """For each line that is an item of a list, the line that opened it: 暂停实施下列公告："""
    leads: dict[int, _Lead] = {}
    lead: _Lead | None = None
    style: str | None = None
    for line in lines:
        opened = _opens(line)
        if opened is not None:
            lead, style = opened, _style(line)
            continue
        if lead is None:
            continue
        own = _style(line)
        if own is None or (style is not None and own == style):
            # What follows an item without a mark of its own belongs to that item.
            if own is not None or not _continues(line):
                lead = None
            continue
        leads[line.index] = lead
    return leads


def _style(line: Line) -> str | None:
    """Which of the ways of numbering the line's mark is, None without a mark."""
    item = _ITEM.match(line.folded)
    return item.lastgroup if item else None


def _continues(line: Line) -> bool:
    return bool(re.match(r"\s*(?:第[一二三四五六七八九十百\d]|将|删|增加|“|（)", line.folded))


def _opens(line: Line) -> _Lead | None:
    if "：" not in line.folded[-3:] or not line.folded.rstrip().endswith("："):
        return None
    if len(line.folded) > _LONGEST_LEAD:
        return None
    for relation, pattern in _LEADS:
        match = pattern.search(line.folded)
        if match is None or _PLANNED.search(line.folded[: match.start("verb")]):
            continue
        verb = Span(line.start + match.start("verb"), line.start + match.end("verb"))
        return _Lead(relation, verb, Span(line.start, line.end), match["verb"])
    return None


def _by_lead(
    one: Reference, here: Span, lines: Sequence[Line], leads: dict[int, _Lead]
) -> Related | None:
    line = line_at(lines, one.start)
    if line is None or line.index not in leads:
        return None
    item = _ITEM.match(line.folded)
    begins = line.start + (item.end() if item else 0)
    if (
        one.start - begins > _AT_ITEM
        or "，" in line.folded[begins - line.start : one.start - line.start]
    ):
        return None
    lead = leads[line.index]
    return Related(one, lead.relation, lead.verb, lead=lead.line, verb_text=lead.text)


def _in_quotation(folded: str, here: Span, start: int, end: int) -> bool:
    """Whether a reference stands in new wording that is quoted: “…根据《…》…”."""
    line = folded.rfind("\n", 0, start) + 1
    opened = folded.rfind("“", line, start)
    if opened == -1 or folded.find("”", opened, start) != -1:
        return False
    newline = folded.find("\n", end)
    close = folded.find("”", end, newline if newline != -1 else len(folded))
    length = (close if close != -1 else here.end) - opened
    return length > (end - start) + 2
