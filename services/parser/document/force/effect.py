"""施行日期: from when the document is in force, and the hour when the text states one."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from services.parser.document.document import Document, Reading
from services.parser.document.force.effect_forms import (
    ACTS,
    ANOTHERS,
    DAYS_LATER,
    DECIDED,
    FROM,
    ISSUES,
    MEASURE,
    PART,
    PUBLISHED,
    THIS,
    TITLED,
)
from shared.chinese.dates import find_dates, find_instants, nearest_day
from shared.chinese.document_numbers import find_numbers
from shared.chinese.form import Found
from shared.chinese.moods import is_done
from shared.chinese.periods import last_day_within, period
from shared.chinese.sentences import part_start
from shared.chinese.text import Span, Text

# How far before 自 the sentence says what it is that enters into force.
_BEFORE = 40
# What is longer is no part of a sentence.
_LONGEST = 2000
# A page of nothing else must not hold up the worker.
_MOST_ACTS = 200
_NO_YEAR = "effective_on: the year is not printed"


class Effect(NamedTuple):
    """The day, the hour if one is stated, and the source: the body or a label next to it. `act` is
    where the text says what begins on that day, if that is not that the document is in force.
    """

    on: date | None = None
    at: datetime | None = None
    text: Text | None = None
    start: int = 0
    end: int = 0
    warnings: tuple[str, ...] = ()
    act: Span | None = None

    @property
    def span(self) -> Span | None:
        """Where the body text states the day; None if a label next to it does."""
        if self.text is None or self.text.source != "body_text":
            return None
        return Span(self.start, self.end)


def read(document: Document) -> Reading[Effect]:
    """The day on which the document enters into force as its own text states it.

    A sentence on this document (本公告自…起施行, 现予公布，自…起施行) goes before any other;
    自公布之日起 is the date of issue. The label 【实施日期】 is used when the text states none, then the
    day from which the document has something done: 自2025年3月20日起，对原产于美国的商品加征关税.
    """
    return Reading(_effect(document))


def read_day(document: Document) -> Reading[date | None]:
    """The day on which the document enters into force."""
    effect = document.effect
    if effect.on is None or effect.text is None:
        return Reading(None, warnings=effect.warnings)
    words = [Span(effect.start, effect.end), *([effect.act] if effect.act else [])]
    evidence = tuple(effect.text.evidence("effective_on", *span) for span in words)
    return Reading(effect.on, evidence, effect.warnings)


def read_instant(document: Document) -> Reading[datetime | None]:
    """The instant of that day, where the text states the hour."""
    effect = document.effect
    if effect.at is None or effect.text is None:
        return Reading(None)
    return Reading(effect.at, (effect.text.evidence("effective_at", effect.start, effect.end),))


def names_another(document: Document, before: str) -> bool:
    """商务部公告2024年第46号自…起实施, 《某条例》自…起实施: the day is that document's, unless this one
    issues it.
    """
    own = document.full_number
    if any(
        own is None
        or found.number.serial != own.serial
        or found.number.year not in (None, own.year)
        for found in find_numbers(before)
    ):
        return True
    titled = TITLED.search(before)
    if titled is None or titled["title"] in document.title.folded:
        return False
    return titled["title"] not in _issued(document.body.folded)


@lru_cache(maxsize=1)
def _issued(folded: str) -> frozenset[str]:
    """The titles of which a text says that they are issued: 现公布《某条例》."""
    return frozenset(form["title"] for form in ISSUES.finditer(folded))


def _effect(document: Document) -> Effect:
    best: tuple[int, Effect] | None = None
    parts: list[tuple[date, Effect]] = []
    folded = document.body.folded
    for form in FROM.finditer(folded, 0, document.main_end):
        effect = _read(document, form)
        if effect is None:
            continue
        first = part_start(folded, form.start, max(0, form.start - _BEFORE))
        before = folded[first : form.start]
        about_this = form.name == "term" or THIS.search(before) is not None
        if not about_this and (names_another(document, before) or _has_been(document, effect)):
            continue
        rank = 2 if about_this else (0 if MEASURE.search(folded, first, form.end) else 1)
        if best is None or rank > best[0]:
            best = (rank, effect)
        if effect.on and PART.search(before):
            parts.append((effect.on, effect))
    if best is not None and best[0] > 0:
        whole = best[1]
        if any(part is whole for _, part in parts):
            _, whole = min(parts, key=lambda part: part[0])
        return _with_parts(whole, {day for day, _ in parts})
    label = document.label_block.get("effective")
    days = find_dates(label.folded) if label is not None else []
    if label is not None and days:
        return Effect(days[0].value, None, label.text, label.start, label.end)
    acts = [*([best[1]] if best is not None else []), *_acts(document)]
    acts.sort(key=lambda effect: effect.start)
    return _with_parts(acts[0], {act.on for act in acts if act.on}) if acts else Effect()


def _acts(document: Document) -> list[Effect]:
    """The days from which the document itself has something done."""
    folded = document.body.folded
    found = []
    for form in islice(ACTS.finditer(folded, 0, document.main_end), _MOST_ACTS):
        first = part_start(folded, form.start, max(0, form.start - _LONGEST))
        before = folded[first : form.start]
        # 商务部公告2024年第46号第二款自即日起暂停实施: this document does so on its day.
        today = form["when"].strip() == "即日" and names_another(document, before)
        if form.name == "act" and not (DECIDED.match(before) or today):
            continue
        if not is_done(folded, *form.span("act")):
            continue
        effect = _on(document, form)
        if effect is None or effect.on is None:
            continue
        if _has_been(document, effect) and not _goes_on(document, form):
            continue
        act = Span(*form.span("act"))
        start = form.start if form.name == "act" else folded.find("自", act.end)
        found.append(effect._replace(start=start, end=form.span("on")[1], act=act))
    return found


def _goes_on(document: Document, form: Found) -> bool:
    """自2024年1月1日至2027年12月31日，对…免征关税, of February 2024: what began before ends later."""
    if form.name != "act" or form["until"] is None or document.issued_on is None:
        return False
    days = find_dates(document.body.folded, *form.span("until"))
    return bool(days) and days[0].value > document.issued_on


def _with_parts(effect: Effect, days: set[date]) -> Effect:
    """第一条自公布之日起实施，第二条自2025年12月1日起实施: the first day, and a doubt that names the others."""
    if effect.on is None or not days - {effect.on}:
        return effect
    later = ", ".join(str(day) for day in sorted(days - {effect.on}))
    return effect._replace(warnings=(*effect.warnings, f"effective_on: other parts from {later}"))


def _has_been(document: Document, effect: Effect) -> bool:
    """甲公司自2010年1月1日起执行新标准: what began before the document is not the document."""
    return bool(effect.on and document.issued_on and effect.on < document.issued_on)


def _read(document: Document, form: Found) -> Effect | None:
    """What a sentence that says 施行 says of the day; None where another document is meant."""
    words = (form["later"] if form.name == "from" else "").strip()
    if ANOTHERS.search(words):
        return None
    effect = _on(document, form)
    if effect is None or effect.on is None or PUBLISHED.match(form["when"].strip()) is None:
        return effect
    later = DAYS_LATER.match(words)
    if later is None:
        return effect if words in ("", "正式", "开始") or effect.warnings else None
    length = period(later["count"], later["unit"])
    counted = last_day_within(effect.on, length) if length else None
    if counted is None:
        return Effect(warnings=(f"effective_on: {words} is not counted",))
    return effect._replace(on=counted)


def _on(document: Document, form: Found) -> Effect | None:
    """The day, and the hour, that a form names; None where it names none that is known."""
    body = document.body
    start, end = form.span("when")
    printed = (body, form.start, form.end)
    instants = find_instants(body.folded, start, end)
    if instants:
        at = instants[0].value
        return Effect(at.date(), at, *printed)
    days = find_dates(body.folded, start, end)
    if days:
        return Effect(days[0].value, None, *printed)
    published = PUBLISHED.match(form["when"].strip())
    if document.issued_on is None or published is None:
        return None
    if published.name == "day of the year":
        month, number = int(published["month"]), int(published["day"])
        day = nearest_day(month, number, document.issued_on)
        return Effect(day, None, *printed, (_NO_YEAR,)) if day else None
    day = document.issued_on + timedelta(days=published.name == "next day")
    return Effect(day, None, *printed)
