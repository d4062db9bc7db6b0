"""有效期: until when the document, or the measure that it orders, is in force."""

from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from services.parser.document.document import Document, Reading
from services.parser.document.force.effect import names_another
from services.parser.document.force.effect_forms import ACTS, DECIDED, MEASURE, PART, THIS
from services.parser.document.force.end_forms import (
    ALONE,
    ANOTHERS_TERM,
    BEFORE_TERM,
    ENDS,
    NOT_ITS_OWN,
    QUOTAS,
    YEAR_END,
)
from services.parser.document.reported import is_reported
from shared.chinese.dates import DAYS_OF_YEAR, calendar_day, find_dates, midnight, year_of
from shared.chinese.form import Found
from shared.chinese.moods import is_done
from shared.chinese.periods import period, term
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Passage, Span, trimmed

_FIELD = "last_day"
_SENTENCE, _NEAR = 300, 40
# A page of nothing else must not hold up the worker.
_MOST = 200


class End(NamedTuple):
    """The last day in force, the words that say so, and the day that the term is counted from."""

    last_day: date
    words: Passage
    first_day: date | None = None


def read(document: Document) -> Reading[tuple[End, ...]]:
    """Every end that the main text states of the document itself, or, where it states none, of the
    measure that it orders; and what is doubtful.
    """
    folded = document.body.folded
    found: list[tuple[int, End]] = []
    doubts: list[str] = []
    forms = list(islice(ENDS.finditer(folded, 0, document.main_end), _MOST + 1))
    if len(forms) > _MOST:
        doubts.append(f"{_FIELD}: more terms than are read")
    for form in forms[:_MOST]:
        rank = _rank(document, form)
        if rank is None:
            continue
        end = _end(document, form)
        if end is None:
            doubts.append(f"{_FIELD}: the day that {form.text} counts from is not known")
        elif document.issued_on is None or end.last_day >= document.issued_on:
            found.append((rank, end))
    best = max((rank for rank, _ in found), default=0)
    ends = tuple(end for rank, end in found if rank == best)
    return Reading(ends, (), () if ends else tuple(dict.fromkeys(doubts)))


def read_day(document: Document) -> Reading[date | None]:
    """The last day on which the document is in force, as its own text states it.

    A day that is named (有效期至2027年12月31日) is the last; a period is counted from the day on which the
    document or its measure begins (`shared.chinese.periods`). Terms of certificates, of investigations
    and of documents that the text reports are not its own. A quota that the title names is in
    force for its year.
    """
    ends = document.ends
    if not ends:
        return _quota(document)
    latest = max(ends, key=lambda end: end.last_day)
    others = sorted({end.last_day for end in ends} - {latest.last_day})
    doubts = (f"{_FIELD}: parts end on {', '.join(map(str, others))}",) if others else ()
    return Reading(latest.last_day, (latest.words.evidence(_FIELD),), doubts)


def _rank(document: Document, form: Found) -> int | None:
    """2 for the end of the document, 1 for that of its measure, None for that of something else."""
    folded = document.body.folded
    here = sentence_at(folded, form.start, _SENTENCE)
    before = folded[here.start : form.start]
    if ANOTHERS_TERM.search(before[-_NEAR:]):
        return None
    about_this = THIS.search(before) is not None
    in_effect = document.effect.span
    with_effect = in_effect is not None and here.start <= in_effect.start < here.end
    if any(
        # 本通知自公布之日起施行，有效期3年，期满可延长: the three years are the document's all the same.
        denied.name != "may be prolonged" or not (about_this or with_effect)
        for denied in NOT_ITS_OWN.finditer(folded, here.start, here.end)
    ):
        return None
    if (PART.search(before) and not names_another(document, before)) or not is_done(
        folded, *form.span("what")
    ):
        return None
    if form.name == "range":
        return _rank_of_range(document, form, here, about_this=about_this)
    if about_this or (with_effect and document.effect.act is None):
        return 2
    if is_reported(document, form.start) or form.name == "lapses":
        return None
    of_measure = with_effect or MEASURE.search(before) or BEFORE_TERM.match(before)
    return 1 if of_measure or ALONE.match(folded, here.start, form.end) else None


def _rank_of_range(document: Document, form: Found, here: Span, *, about_this: bool) -> int | None:
    """自…起至…: said of this document, or with the act itself behind it."""
    folded = document.body.folded
    if about_this:
        return 2
    act = ACTS.match(folded, form.start, here.end)
    if act is None or is_reported(document, form.start) or not is_done(folded, *act.span("act")):
        return None
    before = folded[here.start : form.start]
    return 1 if DECIDED.match(before) or names_another(document, before) else None


def _end(document: Document, form: Found) -> End | None:
    folded = document.body.folded
    words = Passage(document.body, form.start, form.end)
    if form.name != "for":
        at = form.span("last")
        day = _day(folded, *at, since=form.start)
        if day is not None and form.name == "lapses" and form["begins"]:
            day -= timedelta(days=1)
        return End(day, words) if day is not None else None
    named = find_dates(folded, *form.span("from"))
    first = named[0].value if named else _first_day(document, form)
    length = period(form["count"], form["unit"])
    counted = term(midnight(first), length) if first and length else None
    return End(counted.last_day, words, first) if counted else None


def _first_day(document: Document, form: Found) -> date | None:
    """The day that a period counts from: 自…起 in its sentence, else the day of effect."""
    folded = document.body.folded
    here = sentence_at(folded, form.start)
    days = find_dates(folded, here.start, form.start)
    if days and folded.startswith("起", trimmed(folded, days[-1].end, form.start).start):
        return days[-1].value
    return document.effect.on


def _day(folded: str, start: int, end: int, *, since: int) -> date | None:
    """A day, in the year of the one before it where it is printed without: 2026年1月1日至12月31日."""
    if days := find_dates(folded, start, end):
        return days[0].value
    if year := YEAR_END.match(folded, start, end):
        return date(year_of(year["year"]), 12, 31)
    before = find_dates(folded, since, start)
    printed = DAYS_OF_YEAR.match(folded, start, end)
    if not before or printed is None:
        return None
    return calendar_day(before[-1].value.year, int(printed["month"]), int(printed["day"]))


def _quota(document: Document) -> Reading[date | None]:
    years = list(QUOTAS.finditer(document.title.folded))
    if not years:
        return Reading(None)
    last = years[-1]
    day = date(year_of(last["year"]), 12, 31)
    start, _ = last.span("year")
    return Reading(day, (document.title.evidence(_FIELD, start, last.end),))
