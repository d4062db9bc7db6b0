"""What an interview does to documents: what is stated of those that it names (statements.py), and of those
that it has named before, by other words.

An answer of the spokesman (2025-08-12) reports that the ministry 于2025年4月4日和9日分别发布了第21号和22号公告, and
then suspends 上述相关措施 for those listed on the one day and ends 相关措施 for those of the other.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from services.parser.document.citations.periods import Anchors
from services.parser.document.citations.related import CHANGES, Related
from services.parser.document.citations.statement_forms import (
    ABOVE,
    ABOVE_MEASURES,
    BARE_NUMBER,
    NAMED,
    OF_SOME,
)
from services.parser.document.citations.statements import Statement, statements
from shared.chinese.dates import DAY, DAYS_OF_YEAR, calendar_day, find_dates, nearest_day
from shared.chinese.form import Form, Forms
from shared.chinese.lexicon import LISTS
from shared.chinese.moods import Stance
from shared.chinese.numerals import number as value_of
from shared.chinese.references.reference import Reference
from shared.chinese.sentences import sentence_at
from shared.chinese.spans import Spans
from shared.chinese.text import Span, Text

_UNSTATED = Stance("reported")
# Two days of one month.
SHARED_MONTHS = Forms(
    Form(
        "days",
        rf"(?P<first>{DAY})(?:、|和|及)(?P<second>\d{{1,2}})日",
        yes=("4月4日和9日", "2025年4月4日、9日"),
        no=("4月4日和5月9日",),
    )
)
_LIST = re.compile(LISTS.pattern)
_UNRELIABLE = LISTS.of("unreliable").entries[0].name


def answered(
    text: Text, related: Sequence[Related], anchors: Anchors
) -> tuple[list[Related], list[str]]:
    """The relations of an interview's references: those of its statements, all others changed to
    mentions; and what could not be resolved.
    """
    related = _with_bare_numbers(text, related)
    read = [
        mention.undone(_UNSTATED) if mention.relation in CHANGES else mention for mention in related
    ]
    return _apply(text, read, anchors, always=True)


def measures_changed(
    text: Text, related: Sequence[Related], anchors: Anchors
) -> tuple[list[Related], list[str]]:
    """The relations of a notice's references with those of its statements on measures against listed
    entities: 停止第13号公告所列15家实体的相关措施.
    """
    if not _LIST.search(text.folded):
        return list(related), []
    return _apply(text, _with_bare_numbers(text, related), anchors, always=False)


def _apply(
    text: Text, related: list[Related], anchors: Anchors, *, always: bool
) -> tuple[list[Related], list[str]]:
    read = list(related)
    reported = [
        (index, mention)
        for index, mention in enumerate(read)
        if mention.reported and mention.reference.number is not None
    ]
    days = _days(text.folded, reported, anchors.near)
    warnings: list[str] = []
    for statement in statements(text, related, anchors):
        meant, part = statement.objects, statement.part
        above = ABOVE.search(text.folded, *part)
        if not above and not (always and meant):
            continue
        if not meant:
            # 停止对甲公司的不可靠实体清单措施 is about an entity of a list.
            if not always and not (
                _LIST.search(text.folded, *part) or ABOVE_MEASURES.search(text.folded, *part)
            ):
                continue
            meant = _meant(text.folded, statement, reported, days, anchors.near)
            unnamed = not meant and statement.stance.mood == "asserted"
            if unnamed and not NAMED.search(text.folded, *part):
                words = text.quote(Span(statement.verb.start, part.end)) or ""
                warnings.append(f"citations: {words.strip('，。；')} names no document")
        if meant and OF_SOME.match(text.folded, related[meant[-1]].reference.end, part.end):
            # Of the entities that it lists only some: their acts are read with the lists.
            words = text.quote(Span(*statement.part)) or ""
            warnings.append(f"citations: {words.strip('，。；')} changes a document for some alone")
            for index in meant:
                read[index] = related[index]._replace(relation="mentions")
            continue
        for index in meant:
            done = related[index]._replace(
                relation=statement.relation,
                verb=statement.verb,
                times=(statement.since, statement.until),
            )
            asserted = statement.stance.mood == "asserted"
            read[index] = done if asserted else done.undone(statement.stance)
    return read, warnings


def _with_bare_numbers(text: Text, related: Sequence[Related]) -> list[Related]:
    """第5号公告、…，4月4日公布的第7号公告: a number without year and issuers is of the series of the one before it."""
    found = list(related)
    ahead = sorted(
        (one.reference for one in related), key=lambda reference: reference.end, reverse=True
    )
    numbers = Spans(
        Span(one.reference.number_start, one.reference.number_end)
        for one in related
        if one.reference.number is not None
    )
    last: Reference | None = None
    for form in BARE_NUMBER.finditer(text.folded):
        while ahead and ahead[-1].end <= form.start:
            behind = ahead.pop()
            last = behind if last is None or behind.start >= last.start else last
        if last is None or numbers.touch(form.start, form.end):
            continue
        number = last.number
        line = text.line_at(form.start)
        serial = value_of(form["serial"])
        if number is None or number.type == "令" or not serial:
            continue
        if line is None or last.start < line.start:
            continue
        bare = Reference(
            form.start,
            form.end,
            number=number._replace(serial=serial),
            number_start=form.start,
            number_end=form.end,
            doubt="printed without its year",
        )
        found.append(Related(bare, "mentions"))
    return sorted(found, key=lambda mention: mention.reference.start)


def _meant(
    folded: str,
    statement: Statement,
    reported: list[tuple[int, Related]],
    days: dict[int, date],
    near: date | None,
) -> tuple[int, ...]:
    """The documents reported before that an act means which names none: those of the days that it
    names, about the list that it names.
    """
    part = statement.part
    meant = [
        (index, mention) for index, mention in reported if mention.reference.start < part.start
    ]
    named = {
        (day.month, day.day)
        for day, start in _dates(folded, part.start, part.end, near)
        if not folded[max(0, start - 2) : start].rstrip().endswith(("自", "从", "至", "到"))
    }
    if named:
        meant = [
            (index, mention)
            for index, mention in meant
            if (day := days.get(index)) and (day.month, day.day) in named
        ]
    listed = {LISTS.names[match.group()] for match in _LIST.finditer(folded, *part)}
    if len(listed) == 1:
        unreliable = listed == {_UNRELIABLE}
        meant = [
            (index, mention)
            for index, mention in meant
            if (_UNRELIABLE in str(mention.reference.number)) == unreliable
        ]
    return tuple(index for index, _ in meant)


def _dates(folded: str, start: int, end: int, near: date | None) -> list[tuple[date, int]]:
    found = [(day.value, day.start) for day in find_dates(folded, start, end)]
    for printed in DAYS_OF_YEAR.finditer(folded, start, end):
        day = nearest_day(int(printed["month"]), int(printed["day"]), near)
        if day is not None:
            found.append((day, printed.start))
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
        bounds = [here.start, *(mention.reference.number_end for _, mention in group)]
        dated = [_dates(folded, *span, near) for span in pairwise(bounds)]
        found = [day for day, _ in dated[0]]
        shared = SHARED_MONTHS.search(folded, *bounds[:2])
        if shared and len(found) == 1:
            found.append(_same_month(found[0], int(shared["second"])))
        if all(dated):
            found = [own[-1][0] for own in dated]
        if len(found) == 1:
            found *= len(group)
        if len(found) == len(group):
            days.update({index: day for (index, _), day in zip(group, found, strict=True)})
    return days


def _same_month(day: date, number: int) -> date:
    return calendar_day(day.year, day.month, number) or day
