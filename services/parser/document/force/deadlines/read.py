"""Dates and periods by which something is due.

A sentence counts when it bids or allows somebody to do something by a day (于2025年3月1日前报送), within a
period (收到通知后一个月内, 自本公告公布之日起15日内) or whenever one ends (每季度结束后7日内). From when a notice
applies (自…起施行) is no deadline, nor is what must have been by a day (2020年前设立的企业).
"""

import re
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from services.parser.document.document import Document, Reading
from services.parser.document.force.deadlines.due import what_is_due
from services.parser.document.force.deadlines.forms import (
    BIDS,
    CONDITION_BEFORE,
    CONDITION_BEHIND,
    DUTY,
    LIMITS,
    NAMED,
    NAMELY,
    TERM,
)
from services.parser.document.force.deadlines.limits import LONGEST_SENTENCE, Limit, limit_of
from services.parser.document.force.deadlines.tables import Days, table_terms
from shared.chinese.sentences import parts, phrase_end
from shared.chinese.text import Line, Span
from shared.notice import Deadline, Evidence

# A character of every form in `LIMITS`: a sentence without one is not looked at again.
_MAY_LIMIT = re.compile(r"[前止内底末至到—每迟晚-]")
_NAMES_TIME = re.compile(r"[日天周月季年时底末]")


class Term(NamedTuple):
    """A limit and the words for what is due by then, in a sentence; `earlier` are limits of the paragraph on the
    same day that name nothing that is due: 公示期为9月1日至7日，请于9月7日前提交.
    """

    limit: Limit
    due: tuple[int, int]
    sentence: tuple[int, int]
    earlier: tuple[Limit, ...] = ()


def read(document: Document) -> Reading[tuple[Deadline, ...]]:
    """The deadlines in the order of the text, then those of tables: the sentence or row, what is due, and the day where the text
    lets it be counted. Days and months are counted as 民法典 第二百零一条 and 第二百零二条 count them: the
    first day does not count, a month ends on the same day of the next. Working days and recurring
    terms have no `on`, nor has a period that counts from another thing's effect (自合同生效之日起30日内).
    One day that a paragraph names twice is one term: 公示期为9月1日至7日。如有异议，请于9月7日前提交.
    """
    body = document.body
    values: list[Deadline] = []
    evidence: list[Evidence] = []
    warnings: list[str] = []
    found: list[tuple[Span, tuple[int, int], Limit | Days, tuple[Limit, ...]]] = []
    seen: set[tuple[str, str]] = set()
    for line in body.lines:
        if "\t" in line.raw or not _may_limit(line.folded, 0, len(line.folded)):
            continue
        for limit, due, (start, end), earlier in _once(document, line):
            text = body.raw[start:end].strip()
            what = body.raw[slice(*due)]
            if (text, what) in seen:
                continue
            seen.add((text, what))
            begins = body.raw.index(text, start)
            found.append((Span(begins, begins + len(text)), due, limit, earlier))
    found += [
        (row, due, limit, ())
        for table in document.tables
        for limit, due, row in table_terms(document, table)
    ]
    for index, (words, due, last, earlier) in enumerate(found):
        path = f"deadlines[{index}]"
        text, what = body.raw[slice(*words)], body.raw[slice(*due)]
        values.append(Deadline(text=text, due=what, on=last.on))
        evidence += [body.evidence(f"{path}.text", *words), body.evidence(f"{path}.due", *due)]
        limits = (*earlier, *([last] if last.on is not None else []))
        evidence += [body.evidence(f"{path}.on", one.start, one.end) for one in limits]
        if last.doubt:
            warnings.append(f"{path}.on: {last.doubt}")
    return Reading(tuple(values), tuple(evidence), tuple(warnings))


def _sentences(line: Line) -> list[tuple[int, int]]:
    return [
        (line.start + part.start, line.start + part.end)
        for part in parts(line.folded)
        if part.end - part.start <= LONGEST_SENTENCE
    ]


def _may_limit(folded: str, start: int, end: int) -> bool:
    return bool(
        _MAY_LIMIT.search(folded, start, end)
        and _NAMES_TIME.search(folded, start, end)
        and BIDS.search(folded, start, end)
    )


def _once(document: Document, line: Line) -> list[Term]:
    """The terms of a paragraph. A day is one term, under the words that say what is due by it."""
    read = [term for span in _sentences(line) for term in _terms(document, *span)]
    terms: list[Term] = []
    last = {term.limit.on: index for index, term in enumerate(read)}
    # The limits on each day of which nothing is due.
    once: defaultdict[date | None, list[Limit]] = defaultdict(list)
    for index, term in enumerate(read):
        for limit in term.earlier:
            once[limit.on].append(limit)
        day = term.limit.on
        repeated = day is not None and last[day] > index
        words = (document.body.folded, *term.due)
        if not repeated or (DUTY.search(*words) and not NAMED.search(*words)):
            terms.append(term._replace(earlier=tuple(once[day])))
        else:
            once[day].append(term.limit)
    return terms


def _terms(document: Document, start: int, end: int) -> list[Term]:
    folded = document.body.folded
    if not _may_limit(folded, start, end):
        return []
    found: list[Limit] = []
    for form in LIMITS.finditer(folded, start, end):
        limit = limit_of(document, form)
        if limit is not None and not _is_condition(folded, limit, start, end):
            found.append(limit)
    terms: list[Term] = []
    once: list[Limit] = []
    for index, limit in enumerate(found):
        following = found[index + 1 : index + 2]
        if following and NAMELY.match(folded, limit.end, following[0].start):
            once.append(limit._replace(on=following[0].on))
            continue
        until = _clause_of(folded, following[0], limit.end) if following else end
        due = what_is_due(folded, limit, start, end, until)
        if due is not None:
            terms.append(Term(limit, due, (start, end), tuple(once)))
            once = []
    return terms


def _clause_of(folded: str, limit: Limit, first: int) -> int:
    """Where the clause of a limit begins, but not before `first`: 材料提交截止时间为…, not 截止时间为…."""
    if limit.form.name != "until a day":
        return limit.start
    return max(folded.rfind(mark, first, limit.start) for mark in "，；") + 1 or limit.start


def _is_condition(folded: str, limit: Limit, start: int, end: int) -> bool:
    if limit.form.name == "ahead of an expiry":
        return False
    printed_at = limit.form.span("count")[0] if limit.is_period else limit.start
    if limit.form.name != "until a day" and (
        CONDITION_BEFORE.search(folded, max(start, limit.start - 6), limit.start)
        or CONDITION_BEFORE.search(folded, max(start, printed_at - 4), printed_at)
    ):
        return True
    if limit.is_period and TERM.search(folded, max(start, limit.start - 8), limit.end):
        return True
    behind = CONDITION_BEHIND.match(folded[limit.end : phrase_end(folded, limit.end, end)])
    return behind is not None and (behind.name != "forbidden" or limit.is_period)
