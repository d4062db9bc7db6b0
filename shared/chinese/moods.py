"""Whether a sentence does what its verb says: polarity and mood of the verb of an act.

A verb does its act only where the sentence asserts it. 第1号公告自即日起废止 repeals, while these do not:

    negated        不废止, 并未废止, 决定不将甲公司列入, 不延长
    hypothetical   是否废止？, 如需延长的，…, 拟废止, 建议废止, 可以暂停, 有下列情形之一的，列入…
    reported       网传…废止系谣言, 据报道…, 美方宣布取消…, 2020年3月12日，商务部发布公告，决定征收…

    stance(folded, *form.span("verb")).mood == "negated"

The verb is the outermost one: of 暂停实施 it is 暂停实施, of 不再适用, which ends what it names, 不再适用. What
stands inside the verb's span negates nothing.

How far the words reach (GB/T 15834-2011 on ，；：。): a negation governs its clause, 不延长，同时废止 does
not negate 废止, and verbs that follow it with nothing but 、 or 或 between (不废止、修改); a plan or
a condition governs the rest of its part up to ；, unless 现 begins anew, and a plan unless 决定 does; a report governs the rest
of its sentence, unless a subject of one's own (中方, 商务部) takes over. Of several the outermost counts:
a denied rumour of something not done is reported.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from shared.chinese.markers import marker_at
from shared.chinese.moods_forms import (
    ABROAD,
    CONDITIONS,
    DRAFTS,
    GOES_ON,
    HEADINGS,
    HEREBY,
    MODALS,
    MODALS_BEHIND,
    NEGATIONS,
    OF_ITSELF,
    OWN_SUBJECTS,
    PLANS,
    QUESTIONS,
    RUMOURS,
    SAYING,
    STARTS_ANEW,
    TALES,
)
from shared.chinese.sentences import FULL_STOPS, STOPS
from shared.chinese.text import Span
from shared.notice import Mood

_MARKS = re.compile(rf"[，：{STOPS}\n（）《》“”]")
_SENTENCE_END = re.compile(rf"[{FULL_STOPS}\n]")
_OPENING = dict(zip("）》”", "（《“", strict=True))
# Longer passages are not sentences.
_LONGEST = 500
# How far above its items the heading of a list stands.
_LIST = 3000


class Stance(NamedTuple):
    """The mood of a verb, and the words that say so: characters `start` to `end` of the text, an
    empty span where nothing does (`asserted`, or a rule of the place: in a quotation).
    """

    mood: Mood
    start: int = 0
    end: int = 0


class _Place(NamedTuple):
    """Where a verb stands: the starts of its clause (behind ，：), of its part of the sentence (；) and
    of the sentence, and the sentence's end; `within` is the mark that opens round it, “ or 《.
    """

    clause: int
    part: int
    sentence: int
    end: int
    within: str | None


ASSERTED = Stance("asserted")


@lru_cache(maxsize=1024)  # the accounts of unread words ask once more what a reader has asked
def stance(folded: str, start: int, end: int) -> Stance:
    """The mood of the verb at characters `start` to `end` of a folded text. Pure; never raises."""
    place = _place(folded, start)
    return (
        _reported(folded, start, end, place)
        or _hypothetical(folded, start, end, place)
        or _negated(folded, start, place)
        or ASSERTED
    )


def is_done(folded: str, start: int, end: int) -> bool:
    """Whether the text does what the verb at a span says (`stance`)."""
    return stance(folded, start, end).mood == "asserted"


def draft_words(folded_title: str) -> Span | None:
    """The words of a title by which its page is a draft, of which nothing is done: 征求意见稿."""
    found = DRAFTS.search(folded_title)
    return Span(found.start, found.end) if found else None


def _place(folded: str, at: int) -> _Place:
    """Commas in brackets, titles and quotations that close before the verb part nothing."""
    first = max(0, at - _LONGEST)
    clause = part = sentence = -1
    within = None
    open_marks: list[str] = []
    for match in reversed(list(_MARKS.finditer(folded, first, at))):
        mark, here = match.group(), match.end()
        if mark in _OPENING:
            open_marks.append(_OPENING[mark])
        elif mark in _OPENING.values():
            if mark in open_marks:
                # (A mark that lacks its other half closes with the one round it.)
                del open_marks[open_marks.index(mark) :]
            else:
                within = within or (mark if mark != "（" else None)
                clause = here if clause < 0 else clause
                part = here if part < 0 and mark != "“" else part
        elif mark == "\n" or not open_marks:
            clause = here if clause < 0 else clause
            if mark not in "，：":
                part = here if part < 0 else part
            if mark == "\n" or mark in FULL_STOPS:
                sentence = here
                break
    clause, part, sentence = (start if start >= 0 else first for start in (clause, part, sentence))
    last = min(len(folded), at + _LONGEST)
    end = _SENTENCE_END.search(folded, at, last)
    return _Place(clause, part, sentence, end.start() if end else last, within)


def _reported(folded: str, start: int, end: int, place: _Place) -> Stance | None:
    if place.within == "《" or (place.within == "“" and _is_quoted(folded, start)):
        return Stance("reported", start, start)
    rumour = RUMOURS.search(folded, place.sentence, min(place.end + 40, len(folded)))
    # Of the next sentence only what points back: 此系谣言.
    if rumour and (rumour.start < place.end or rumour.name == "pointing back"):
        return Stance("reported", rumour.start, rumour.end)
    for found in TALES.finditer(folded, place.sentence, start):
        if not OF_ITSELF.search(folded, found.end, start):
            return Stance("reported", found.start, found.end)
    for found in ABROAD.finditer(folded, place.sentence, start):
        if OWN_SUBJECTS.search(folded, found.end, start):
            continue
        commas = [at for at in range(found.end, start) if folded[at] in "，；"]
        # 鉴于美方取消…，暂停…: the reason is another's, the act is not.
        if found["reason"] and not all(GOES_ON.match(folded, at + 1) for at in commas):
            continue
        return Stance("reported", found.start, found.end)
    return None


def _is_quoted(folded: str, start: int) -> bool:
    """Whether a verb in “ ” is one that another text has: “暂停实施”改为“停止实施”. What a spokesman is quoted
    with (发言人表示：“…”) is said by him.
    """
    opened = folded.rfind("“", max(0, start - _LONGEST), start)
    return not SAYING.search(folded, max(0, opened - 60), opened)


def _hypothetical(folded: str, start: int, end: int, place: _Place) -> Stance | None:
    if folded[place.end : place.end + 1] in ("？", "?"):
        return Stance("hypothetical", place.end, place.end + 1)
    line = folded.rfind("\n", max(0, start - _LONGEST), start) + 1
    if (asked := QUESTIONS.match(folded, line)) and not re.search("[？?]|答：", folded[line:start]):
        return Stance("hypothetical", asked.start, asked.end)
    plans = (
        found
        for found in PLANS.finditer(folded, place.part, start)
        if not _is_denied(folded, found.start, place)
    )
    for found in plans:
        if not STARTS_ANEW.search(folded, found.end, start):
            return Stance("hypothetical", found.start, found.end)
    # 如甲公司不改正，决定将其列入: what is decided then is not decided now.
    for found in CONDITIONS.finditer(folded, place.part, start):
        if not HEREBY.search(folded, found.end, start):
            return Stance("hypothetical", found.start, found.end)
    before = MODALS.search(folded, place.clause, start)
    if before and not _is_denied(folded, before.start, place):
        return Stance("hypothetical", *before.span("modal"))
    if behind := MODALS_BEHIND.match(folded, end):
        return Stance("hypothetical", *behind.span("modal"))
    return _by_heading(folded, start, line)


def _is_denied(folded: str, modal: int, place: _Place) -> bool:
    """没有计划延长, 不考虑废止: what is not even planned is negated."""
    return NEGATIONS.search(folded, place.clause, modal) is not None


def _negated(folded: str, start: int, place: _Place) -> Stance | None:
    if found := NEGATIONS.search(folded, place.clause, start):
        return Stance("negated", *found.span("negation"))
    return None


def _by_heading(folded: str, start: int, line: int) -> Stance | None:
    """An item of a list that a rule opens: 有下列情形之一的，…：（一）终止实施的."""
    marker = marker_at(folded, line, start)
    at = line - 1
    while marker and at > 0 and line - at < _LIST:
        above = folded.rfind("\n", 0, at) + 1
        heading = folded[above:at].rstrip()
        other = marker_at(folded, above, at)
        if heading.endswith("：") and (other is None or other.level < marker.level):
            found = HEADINGS.search(folded, above, at)
            return Stance("hypothetical", found.start, found.end) if found else None
        if other is not None and other.level < marker.level:
            return None
        at = above - 1
    return None
