"""Documents that are named in one sentence and changed in another, by other words.

An answer of the spokesman (2025-08-12) reports that the ministry 于2025年4月4日和9日分别发布了第21号和22号公告, and
then suspends 上述相关措施 for those listed on the one day and ends 相关措施 for those of the other. An
announcement that prolongs an anti-dumping investigation says by which announcement it was opened,
and prolongs 本案的调查期限.
"""

import re
from collections.abc import Sequence
from datetime import date

from services.parser.document.citations.anaphora_forms import (
    ABOVE,
    ABOVE_VERBS,
    MEASURES,
    OPENED,
    PROLONGED,
)
from services.parser.document.citations.related import Related, relation_of
from shared.chinese.dates import DAY, MONTH_DAY, calendar_day, find_dates, nearest_day
from shared.chinese.form import Found
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Span

_DAY = re.compile(rf"(?<![\d年]){MONTH_DAY}")
_SHARED_DAY = re.compile(rf"(?P<first>{DAY})(?:、|和|及)(?P<second>\d{{1,2}})日")


def resolve(
    folded: str, related: Sequence[Related], kind: str, near: date | None
) -> tuple[list[Related], list[str]]:
    """The relations with those that other words carry, and what could not be resolved."""
    read, warnings = list(related), []
    if kind == "interview":
        warnings = _measures(folded, read, near)
    elif kind == "notice":
        _prolonged(folded, read)
        read = sorted([*read, *_above(folded, read)], key=lambda mention: mention.reference.start)
    return read, warnings


def _measures(folded: str, read: list[Related], near: date | None) -> list[str]:
    warnings: list[str] = []
    reported = [
        (index, mention)
        for index, mention in enumerate(read)
        if mention.relation == "mentions"
        and mention.reported
        and mention.reference.number is not None
    ]
    days = _days(folded, reported, near)
    for form in MEASURES.finditer(folded):
        here = sentence_at(folded, form.start)
        first = max(here.start, folded.rfind("；", here.start, form.start) + 1)
        stop = folded.find("；", form.end, here.end)
        part = Span(first, stop if stop != -1 else here.end)
        if any(part.start <= mention.reference.start < part.end for mention in read):
            continue
        meant = [
            (index, mention) for index, mention in reported if mention.reference.start < part.start
        ]
        named = [
            day
            for day, start in _dates(folded, part.start, form.start, near)
            if not folded[max(0, start - 2) : start].rstrip().endswith(("自", "从"))
        ]
        if named:
            meant = [(index, mention) for index, mention in meant if days.get(index) in named]
        if not meant:
            warnings.append(f"citations: {folded[form.start : form.end]} names no document")
            continue
        for index, mention in meant:
            read[index] = mention._replace(
                relation=relation_of(form),
                verb=Span(*form.span("verb")),
                span=Span(form.start, form.end),
                lead=here,
                verb_text=form["verb"],
            )
    return warnings


def _dates(folded: str, start: int, end: int, near: date | None) -> list[tuple[date, int]]:
    found = [(day.value, day.start) for day in find_dates(folded, start, end)]
    for match in _DAY.finditer(folded, start, end):
        day = nearest_day(int(match["month"]), int(match["day"]), near)
        if day is not None:
            found.append((day, match.start()))
    return sorted(found, key=lambda dated: dated[1])


def _days(folded: str, reported: list[tuple[int, Related]], near: date | None) -> dict[int, date]:
    """On which day each document was published that the text reports: 于4月4日和9日分别发布了第21号和22号公告 gives the first
    the first day and the second the second, one day before them gives it to all.
    """
    days: dict[int, date] = {}
    by_sentence: dict[Span, list[tuple[int, Related]]] = {}
    for index, mention in reported:
        by_sentence.setdefault(sentence_at(folded, mention.reference.start), []).append(
            (index, mention)
        )
    for here, group in by_sentence.items():
        start = min(mention.reference.start for _, mention in group)
        found = [day for day, _ in _dates(folded, here.start, start, near)]
        shared = _SHARED_DAY.search(folded, here.start, start)
        if shared and len(found) == 1:
            found.append(_same_month(found[0], int(shared["second"])))
        if len(found) == len(group):
            days.update({index: day for (index, _), day in zip(group, found, strict=True)})
        elif len(found) == 1:
            days.update({index: found[0] for index, _ in group})
    return days


def _same_month(day: date, number: int) -> date:
    return calendar_day(day.year, day.month, number) or day


def _above(folded: str, read: Sequence[Related]) -> list[Related]:
    """暂停执行上述公告第二款: the one announcement that the text has named before is changed."""
    found: list[Related] = []
    if not any(verb in folded for verb in ABOVE_VERBS):
        return found
    for form in ABOVE.finditer(folded):
        named = [
            mention
            for mention in read
            if mention.reference.start < form.start
            and _is_a(mention, form["type"])
            and mention.relation != "basis"
        ]
        if len({mention.reference.number or mention.reference.title for mention in named}) != 1:
            continue
        start, end = form.span("above")
        found.append(
            Related(
                named[-1].reference._replace(start=start, end=end, alias=None),
                relation_of(form),
                Span(*form.span("verb")),
                verb_text=form["verb"],
            )
        )
    return found


def _is_a(mention: Related, kind: str) -> bool:
    number = mention.reference.number
    if number is not None and number.code is None:
        return number.type == kind
    return bool(mention.reference.title and mention.reference.title.endswith(kind))


def _is_reported(folded: str, prolonged: Found, read: Sequence[Related]) -> bool:
    """发布2025年第44号公告，决定将本案的调查期限延长至…: that announcement prolonged it."""
    here = sentence_at(folded, prolonged.start)
    return any(
        mention.reported
        and mention.reference.number
        and here.start <= mention.reference.start < prolonged.start
        and not OPENED.search(folded, mention.reference.end, prolonged.start)
        for mention in read
    )


def _prolonged(folded: str, read: list[Related]) -> None:
    """The one announcement that opened the investigation is what a prolongation extends."""
    if "延长" not in folded:
        return
    forms = PROLONGED.finditer(folded)
    form = next((form for form in forms if not _is_reported(folded, form, read)), None)
    if form is None:
        return
    opened = [
        index
        for index, mention in enumerate(read)
        if mention.reported
        and mention.reference.number is not None
        and OPENED.search(
            folded, mention.reference.end, sentence_at(folded, mention.reference.start).end
        )
    ]
    if len({read[index].reference.number for index in opened}) != 1:
        return
    here = sentence_at(folded, form.start)
    for index in opened:
        read[index] = read[index]._replace(
            relation=relation_of(form),
            verb=Span(*form.span("verb")),
            span=Span(form.start, form.end),
            lead=here,
            verb_text=form["verb"],
        )
