"""Dates and periods by which something is due (issue 5, the row `deadlines`).

A sentence counts when it bids or allows somebody to do something by a day (于2025年3月1日前报送), within a
period (收到通知后一个月内, 自本公告公布之日起15日内) or at every turn of one (每季度结束后7日内). From when a notice
applies (自…起施行) is no deadline, nor is what must have been by a day (2020年前设立的企业).
"""

import re

from services.parser.document.document import Document, Reading
from services.parser.document.force.deadlines.due import what_is_due
from services.parser.document.force.deadlines.forms import LIMITS
from services.parser.document.force.deadlines.limits import Limit, limit_of
from shared.chinese.text import Line
from shared.notice import Deadline, Evidence

# Somebody must or may do something.
_BIDS = re.compile(
    r"应|须|需|要|必须|请|不得|可以?|报送|提交|报告|上报|申请|登记|备案|缴|办理|履行|答复|提出|反馈|完成|作出|送达|通知|告知"
    r"|报(?![道纸刊价])|公示|结束|公布|递交|汇交|制定|出台|建立|整改|验收|审查|审核|审批|答辩|回复|退还|补正|发放|截止|开始"
)
# A character of every form in `LIMITS`: a sentence without one is not looked at again.
_MAY_LIMIT = re.compile(r"[前止内底末至到—每迟晚-]")
_NAMES_TIME = re.compile(r"[日天周月季年时底末]")
# What must have been or happened: 2025年4月1日前已签订的合同, 近3年内未受处罚.
_CONDITION_BEHIND = re.compile(
    r"(?:已经?|设立|成立|取得|获得|签订|签署|签发|发生|启运|出口的|进口的|生产的|注册|批准的|颁布|发布的|投产|出生|没有|未|无)[^，。；]{0,16}"
    r"|[^，。；]{0,24}的(?:企业|单位|机构|人员|合同|货物|产品|项目|申请人|公司)"
)
_CONDITION_BEFORE = re.compile(
    r"(?:近|最近|过去|此前|连续|前|上|有效期|任期|任一|历)\s?$|(?:近|最近|过去|此前|前)(?:的)?$"
)
_TERM = re.compile(r"有效期|试点期|保质期|实施期限|期限为|为期|保存|留存")
_MARKED = re.compile(r"[^。！？；\n]+[。！？；]?")
_LONGEST = 600


def read(document: Document) -> Reading[tuple[Deadline, ...]]:
    """The deadlines in the order of the text: the sentence, what is due, and the day where the text
    lets it be counted. Days and months are counted as 民法典 第二百零一条 and 第二百零二条 count them: the
    first day does not count, a month ends on the same day of the next. Working days and recurring
    terms have no `on`.
    """
    if document.page_kind == "news":
        return Reading(())
    values: list[Deadline] = []
    evidence: list[Evidence] = []
    warnings: list[str] = []
    seen: set[tuple[str, str]] = set()
    for line in document.body.lines:
        if "\t" in line.raw or not _may_limit(line.folded, 0, len(line.folded)):
            continue
        for start, end in _sentences(line):
            for limit, due in _limits(document, start, end):
                text = document.body.raw[start:end].strip()
                what = document.body.raw[due[0] : due[1]]
                if (text, what) in seen:
                    continue
                seen.add((text, what))
                path = f"deadlines[{len(values)}]"
                begins = (
                    start
                    + len(document.body.raw[start:end])
                    - len(document.body.raw[start:end].lstrip())
                )
                evidence += [
                    document.body.evidence(f"{path}.text", begins, begins + len(text)),
                    document.body.evidence(f"{path}.due", *due),
                ]
                if limit.on is not None:
                    evidence.append(document.body.evidence(f"{path}.on", limit.start, limit.end))
                if limit.doubt:
                    warnings.append(f"{path}.on: {limit.doubt}")
                values.append(Deadline(text=text, due=what, on=limit.on))
    return Reading(tuple(values), tuple(evidence), tuple(warnings))


def _sentences(line: Line) -> list[tuple[int, int]]:
    return [
        (line.start + match.start(), line.start + match.end())
        for match in _MARKED.finditer(line.folded)
        if match.end() - match.start() <= _LONGEST
    ]


def _may_limit(folded: str, start: int, end: int) -> bool:
    return all(one.search(folded, start, end) for one in (_MAY_LIMIT, _NAMES_TIME, _BIDS))


def _limits(document: Document, start: int, end: int) -> list[tuple[Limit, tuple[int, int]]]:
    folded = document.body.folded
    if not _may_limit(folded, start, end):
        return []
    found: list[Limit] = []
    for match in LIMITS.finditer(folded, start, end):
        limit = limit_of(document, match)
        if limit is not None and not _is_condition(folded, limit, start, end):
            found.append(limit)
    read: list[tuple[Limit, tuple[int, int]]] = []
    for place, limit in enumerate(found):
        until = found[place + 1].start if place + 1 < len(found) else end
        due = what_is_due(folded, limit, start, end, until)
        if due is not None:
            read.append((limit, due))
    return read


def _is_condition(folded: str, limit: Limit, start: int, end: int) -> bool:
    if limit.match["ahead"]:
        return False
    before = folded[max(start, limit.start - 6) : limit.start]
    if limit.match["count"] and _CONDITION_BEFORE.search(
        folded[max(start, limit.match.start("count") - 4) : limit.match.start("count")]
    ):
        return True
    if _CONDITION_BEFORE.search(before) and not limit.match["until"]:
        return True
    segment = re.split(r"[，；。]", folded[limit.end : end], maxsplit=1)[0]
    if _CONDITION_BEHIND.match(segment):
        return True
    # 一年内不得再次申请 forbids; nothing is due.
    if limit.match["count"] and re.match(r"[，\s]*(?:不得|不再|禁止|不予)", segment):
        return True
    return bool(
        limit.match["count"] and _TERM.search(folded, max(start, limit.start - 8), limit.end)
    )
