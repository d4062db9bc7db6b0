"""Dates and periods by which something is due (issue 5, the row `deadlines`).

A sentence counts when it bids or allows somebody to do something by a day (于2025年3月1日前报送), within a
period (收到通知后一个月内, 自本公告公布之日起15日内) or at every turn of one (每季度结束后7日内). From when a notice
applies (自…起施行) is no deadline, nor is what must have been by a day (2020年前设立的企业).
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from services.parser.document.citations.periods import add, midnight
from services.parser.document.document import Document, Line, Reading
from services.parser.document.publication import published_at
from services.parser.document.text.dates import find_dates
from services.parser.document.text.markers import marker_at
from services.parser.document.text.numerals import NUMERAL, number
from shared.notice import Deadline, Evidence

_NUMBER = rf"(?:\d{{1,3}}|{NUMERAL}{{1,4}}|两|半)"
_LAST = r"\s?(?:（[^（）\n]{1,16}）)?\s?(?:之前|以前|前|止)"
_MONTH_DAY = r"(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日"
_LIMITS = re.compile(
    # 2025年3月1日前, 不迟于2025年3月1日, 截止日期为2025年3月1日; the date itself is read by dates.py
    r"(?P<until>(?:截止(?:日期|时间|日)?(?:为|至|到|：)?|截至(?:日期|时间)(?:为|：)?|(?:不(?:得)?迟于|不(?:得)?晚于|最迟于?|最晚于?|延长至|延期至)))\s?"
    rf"(?P<date1>(?:19|20)\d\d\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日)(?:{_LAST})?"
    rf"|(?P<date2>(?:19|20)\d\d\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日)(?:\s?(?:\d{{1,2}}[时点：](?:\d{{2}}分?)?|下班|工作时间结束))?{_LAST}"
    # 2025年底前, 2025年6月底前, 今年年底前
    rf"|(?P<end_year>(?:19|20)\d\d年|当年|今年|本年度?|明年|次年|每年)?\s?(?:(?P<end_month>\d{{1,2}})\s?月)?\s?(?:年)?(?P<end>底|末){_LAST}"
    # 每月10日前, 每年3月31日前, 次年1月31日前
    rf"|(?P<every>每(?:年度?|半年|季度?|月|周)(?:的?次月|度)?|次年|次月|当月|每个月)\s?(?:(?P<e_month>\d{{1,2}})\s?月)?(?:(?P<e_day>\d{{1,2}})\s?日)?{_LAST}"
    rf"|(?<!年)(?<!\d){_MONTH_DAY}{_LAST}"
    # 自本公告公布之日起15日内, 收到通知后一个月内, 每季度结束后7日内
    rf"|(?P<from>(?:自|从|在|于|应在|应当在|须在)?[^，。；：\n]{{0,40}}?(?:之日|日|起|后|结束后|届满前|到期前|期满前)\s?(?:起|后|算起)?\s?(?:的)?，?\s?)?"
    rf"(?<![第\d年月近])(?P<count>{_NUMBER})\s?个?\s?(?P<unit>工作日|自然日|日历日|小时|天|日|周|月|年)\s?(?P<within>之内|以内|内)"
    # 每季度末报送, 每月底
    # 公示期自2025年11月3日至11月9日
    r"|(?P<open>(?:公示|征求意见|报名|申报|申请|受理|填报)[^，。；\n《》]{0,40}?(?:至|到|—|-)\s?)"
    r"(?P<date3>(?:(?:(?:19|20)\d\d\s?年\s?)?(?P<month3>\d{1,2})\s?月\s?)?(?P<day3>\d{1,2})\s?日)"
    r"|(?P<turn>每(?:年|半年|季度?|月|周)(?:度)?[末底初])(?=[^，。；]{0,12}(?:报|提交|上报|汇总))"
)
# Somebody must or may do something.
_BIDS = re.compile(
    r"应|须|需|要|必须|请|不得|可以?|报送|提交|报告|上报|申请|登记|备案|缴|办理|履行|答复|提出|反馈|完成|作出|送达|通知|告知"
    r"|报(?![道纸刊价名])|公示|结束|公布|递交|汇交|制定|出台|建立|整改|验收|审查|审核|审批|答辩|回复|退还|补正|发放|截止|开始"
)
# A character of every form in `_LIMITS`: a sentence without one is not looked at again.
_MAY_LIMIT = re.compile(r"[前止内底末至到—每迟晚-]")
_NAMES_TIME = re.compile(r"[日天周月季年时底末]")
_DOES = re.compile(
    r"报送|报告|上报|报|提交|提出|申请|登记|备案|缴|办理|履行|答复|反馈|完成|作出|送达|通知|告知|公布|递交|汇交|制定|出台|建立"
    r"|整改|验收|审查|审核|审批|回复|退还|补正|发放|结束|实现|建成|达到|印发|发布|提供|决定|参加|寄|撤回|整理|开展"
)
# 一个月内制定方案，并于6月底前完成: the words that lead to the next limit.
_LEADS_ON = re.compile(r"[，；]\s?(?:并|且|同时|再)?(?:应当?|须)?(?:于|在|自|从)?\s?$")
_GOES_ON = re.compile(r"\s?(?:并|且|同时|抄送|逾期)")
# What must have been or happened: 2025年4月1日前已签订的合同, 近3年内未受处罚.
_CONDITION_BEHIND = re.compile(
    r"(?:已经?|设立|成立|取得|获得|签订|签署|签发|发生|启运|出口的|进口的|生产的|注册|批准的|颁布|发布的|投产|出生|没有|未|无)[^，。；]{0,16}"
    r"|[^，。；]{0,24}的(?:企业|单位|机构|人员|合同|货物|产品|项目|申请人|公司)"
)
_CONDITION_BEFORE = re.compile(
    r"(?:近|最近|过去|此前|连续|前|上|有效期|任期|任一|历)\s?$|(?:近|最近|过去|此前|前)(?:的)?$"
)
_TERM = re.compile(r"有效期|试点期|保质期|实施期限|期限为|为期|保存|留存")
_FROM_ISSUE = re.compile(r"(?:公告|通知|本决定|本办法)?(?:发布|公布|印发|公告|颁布|下发)之日|即日")
_FROM_EFFECT = re.compile(r"(?:施行|实施|执行|生效)之日")
_TRIM = " \u3000，、,：:；;。的"
_MARKED = re.compile(r"[^。！？；\n]+[。！？；]?")
_LONGEST = 600
_SHORT = 2


class _Limit(NamedTuple):
    match: re.Match[str]
    start: int
    end: int
    on: date | None
    doubt: str | None


def read(document: Document) -> Reading[Deadline]:
    """The deadlines in the order of the text: the sentence, what is due, and the day where the text
    lets it be counted. Days and months are counted as 民法典 第二百零一条 and 第二百零二条 count them: the
    first day does not count, a month ends on the same day of the next. Working days and recurring
    terms have no `on`.
    """
    if document.page_kind == "news":
        return Reading()
    values: list[Deadline] = []
    evidence: list[Evidence] = []
    warnings: list[str] = []
    seen: set[tuple[str, str]] = set()
    for line in document.lines:
        if "\t" in line.text:
            continue
        for start, end in _sentences(line):
            for limit, due in _limits(document, start, end):
                text = document.body_text[start:end].strip()
                what = document.body_text[due[0] : due[1]]
                if (text, what) in seen:
                    continue
                seen.add((text, what))
                path = f"deadlines[{len(values)}]"
                begins = (
                    start
                    + len(document.body_text[start:end])
                    - len(document.body_text[start:end].lstrip())
                )
                evidence += [
                    document.evidence(f"{path}.text", begins, begins + len(text)),
                    document.evidence(f"{path}.due", *due),
                ]
                if limit.on is not None:
                    evidence.append(document.evidence(f"{path}.on", limit.start, limit.end))
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


def _limits(document: Document, start: int, end: int) -> list[tuple[_Limit, tuple[int, int]]]:
    folded = document.folded
    if not all(one.search(folded, start, end) for one in (_MAY_LIMIT, _NAMES_TIME, _BIDS)):
        return []
    found: list[_Limit] = []
    for match in _LIMITS.finditer(folded, start, end):
        limit = _limit(document, match)
        if limit is not None and not _is_condition(folded, limit, start, end):
            found.append(limit)
    read: list[tuple[_Limit, tuple[int, int]]] = []
    for place, limit in enumerate(found):
        until = found[place + 1].start if place + 1 < len(found) else end
        due = _due(folded, limit, start, end, until)
        if due is not None:
            read.append((limit, due))
    return read


def _is_condition(folded: str, limit: _Limit, start: int, end: int) -> bool:
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


def _limit(document: Document, match: re.Match[str]) -> _Limit | None:
    start, end = match.span()
    for group in ("date1", "date2"):
        if match[group]:
            days = find_dates(document.folded, match.start(group), match.end(group))
            if not days:
                return None
            return _Limit(
                match, match.start() if match["until"] else days[0].start, end, days[0].value, None
            )
    if match["count"]:
        return _within(document, match)
    if match["open"]:
        return _open_until(document, match)
    if match["end"]:
        return _end_of(document, match)
    if match["every"] or match["turn"]:
        if match["every"] and not (match["e_day"] or match["e_month"] or "前" in match.group()):
            return None
        return _Limit(match, start, end, None, None)
    if match["month"]:
        anchor = document.issued_on or _published(document)
        if anchor is None:
            return _Limit(match, start, end, None, "the year is not printed")
        day = _next(anchor, int(match["month"]), int(match["day"]))
        return _Limit(match, start, end, day, "the year is not printed") if day else None
    return None


def _published(document: Document) -> date | None:
    published = published_at(document)
    return published.value.date() if published else None


def _next(anchor: date, month: int, day: int) -> date | None:
    for year in (anchor.year, anchor.year + 1):
        try:
            value = date(year, month, day)
        except ValueError:
            return None
        if value >= anchor:
            return value
    return None


def _open_until(document: Document, match: re.Match[str]) -> _Limit | None:
    """公示期自2025年11月3日至11月9日: the year of the first day holds for the last, and its month where
    only the day is printed (2025年10月15日至30日).
    """
    start, end = match.span()
    days = find_dates(document.folded, start, end)
    if days and days[-1].end == end:
        return _Limit(match, start, end, days[-1].value, None)
    anchor = days[-1].value if days else document.issued_on or _published(document)
    if match["month3"] is None and not days:
        return None
    month = int(match["month3"]) if match["month3"] else days[-1].value.month
    day = _next(anchor, month, int(match["day3"])) if anchor else None
    doubt = None if days else "the year is not printed"
    return _Limit(match, start, end, day, doubt)


def _end_of(document: Document, match: re.Match[str]) -> _Limit | None:
    """2025年底前, 2025年6月底前: the last day of the year or month."""
    printed = match["end_year"]
    start, end = match.span()
    if printed is None and match["end_month"] is None and "年" not in match.group():
        return None
    anchor = document.issued_on or _published(document)
    doubt = None
    if printed and printed[0].isdigit():
        year = int(printed[:4])
    elif printed in ("每年", "次年") or anchor is None:
        return _Limit(match, start, end, None, None)
    else:
        year = anchor.year + (printed == "明年")
        doubt = "the year is not printed"
    month = int(match["end_month"] or 12)
    if not 1 <= month <= 12:
        return None
    return _Limit(match, start, end, date(year, month, monthrange(year, month)[1]), doubt)


def _within(document: Document, match: re.Match[str]) -> _Limit | None:
    """自本公告公布之日起15日内: counted where the first day is known."""
    lead = match["from"] or ""
    start, end = match.span()
    start += len(match.group()) - len(match.group().lstrip())
    if not lead:
        # A bare period (3年内) says from when only if the words around it do.
        return _Limit(match, start, end, None, None)
    first: date | None = None
    days = find_dates(document.folded, match.start("from"), match.end("from"))
    if days:
        first = days[-1].value
    elif re.search(r"收到|接到|受理|提交|送达|取得|签订|结束", lead):
        first = None
    elif _FROM_EFFECT.search(lead):
        first = document.effective_on
    elif _FROM_ISSUE.search(lead):
        first = document.issued_on
    if first is None:
        return _Limit(match, start, end, None, None)
    unit = {"自然日": "天", "日历日": "天"}.get(match["unit"], match["unit"])
    if unit == "周":
        return _Limit(match, start, end, first + timedelta(weeks=number(match["count"]) or 0), None)
    if unit in ("小时", "工作日"):
        return _Limit(match, start, end, None, "working days and hours are not counted")
    at = add(midnight(first), match["count"], unit)
    return _Limit(match, start, end, at.date() if at else None, None)


def _due(folded: str, limit: _Limit, start: int, end: int, until: int) -> tuple[int, int] | None:
    """What is due: the words behind the limit up to the next one; the whole part of the sentence
    where only a verb stands there (通常应在…前结束) or nothing (截止日期为…).
    """
    stop = _stop(folded, limit.end, min(until, end))
    led_on = _LEADS_ON.search(folded, limit.end, stop)
    first, last = _trimmed(folded, limit.end, led_on.start() if led_on else stop)
    if last - first > _SHORT:
        return first, last
    begins = max(folded.rfind(mark, start, limit.start) for mark in "，；") + 1
    marker = marker_at(folded, start, end)
    begins = max(begins, marker.end if marker else start)
    first, last = _trimmed(folded, begins, max(last, limit.end))
    return (first, last) if last > first else None


def _stop(folded: str, start: int, end: int) -> int:
    """Where the part of the sentence ends that says what is to be done; a part that goes on with 并
    belongs to it.
    """
    at = start
    while at < end:
        comma = folded.find("，", at + 1, end)
        if comma == -1:
            return end
        if _DOES.search(folded, start, comma) and not _GOES_ON.match(folded, comma + 1, end):
            return comma
        at = comma
    return end


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start] in _TRIM:
        start += 1
    while end > start and folded[end - 1] in _TRIM:
        end -= 1
    return start, end


__all__ = ["read"]
