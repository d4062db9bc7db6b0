"""What is due: the part of a sentence that a limit governs."""

import re

from services.parser.document.force.deadlines.forms import DUTY
from services.parser.document.force.deadlines.limits import Limit
from shared.chinese.markers import marker_at

# 一个月内制定方案，并于6月底前完成: the words that lead to the next limit.
_LEADS_ON = re.compile(r"[，；]\s?(?:并|且|同时|再)?(?:应当?|须)?(?:于|在|自|从)?\s?$")
_GOES_ON = re.compile(r"\s?(?:并|且|同时|抄送|逾期)")
_TRIM = " \u3000，、,：:；;。的"
_SHORT = 2
_NOTE = re.compile(r"\s?（[^（）\n]{1,20}）")


def what_is_due(
    folded: str, limit: Limit, start: int, end: int, until: int
) -> tuple[int, int] | None:
    """What is due: the words behind the limit up to the next one; the whole part of the sentence
    where only a verb stands there (通常应在…前结束) or nothing (截止日期为…).
    """
    stop = _stop(folded, limit.end, min(until, end))
    led_on = _LEADS_ON.search(folded, limit.end, stop)
    first, last = _trimmed(folded, limit.end, led_on.start() if led_on else stop)
    if last - first > _SHORT and not (folded[first] == "（" and folded[last - 1] == "）"):
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
        if DUTY.search(folded, start, comma) and not _GOES_ON.match(folded, comma + 1, end):
            return comma
        at = comma
    return end


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    # 于11月15日至30日期间，提出申请
    if folded.startswith("期间，", start, end):
        start += 3
    # 之前（以邮戳为准）寄送
    note = _NOTE.match(folded, start, end)
    if note and note.end() < end:
        start = note.end()
    while start < end and folded[start] in _TRIM:
        start += 1
    while end > start and folded[end - 1] in _TRIM:
        end -= 1
    return start, end
