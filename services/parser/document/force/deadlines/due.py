"""What is due: the part of a sentence that a limit governs."""

from services.parser.document.force.deadlines.forms import (
    ASIDES,
    DUTY,
    GOES_ON,
    LEADS_ON,
    NOTES,
)
from services.parser.document.force.deadlines.limits import Limit
from shared.chinese.markers import marker_at
from shared.chinese.provisions import article_at

_TRIM = " \u3000，、,：:；;。的"
_OPENS = _TRIM + "）"
_SHORT = 2


def what_is_due(
    folded: str, limit: Limit, start: int, end: int, until: int
) -> tuple[int, int] | None:
    """What is due: the words behind the limit up to the next one; the whole part of the sentence
    where only a verb stands there (通常应在…前结束), nothing (截止日期为…), or what is no duty (逾期不予受理).
    """
    stop = _stop(folded, limit.end, min(until, end))
    led_on = LEADS_ON.search(folded, limit.end, stop)
    first, last = _trimmed(folded, limit.end, led_on.start if led_on else stop)
    note = NOTES.match(folded, limit.end, end)
    at = note.end if note else limit.end
    named = limit.form.text.startswith("截止") and folded[at : at + 1] in "，；"
    if named or ASIDES.match(folded, at, end):
        first = last = limit.end
    if last - first > _SHORT and not (folded[first] == "（" and folded[last - 1] == "）"):
        return first, last
    begins = max(folded.rfind(mark, start, limit.start) for mark in "，；") + 1
    number = marker_at(folded, start, end) or article_at(folded, start, end)
    begins = max(begins, number.end if number else start)
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
        if DUTY.search(folded, start, comma) and not GOES_ON.match(folded, comma + 1, end):
            return comma
        at = comma
    return end


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    # 于11月15日至30日期间，提出申请
    if folded.startswith("期间", start, end):
        start += 2
    # 之前（以邮戳为准）寄送
    note = NOTES.match(folded, start, end)
    if note and note.end < end:
        start = note.end
    while start < end and folded[start] in _OPENS:
        start += 1
    while end > start and folded[end - 1] in _TRIM:
        end -= 1
    return start, end
