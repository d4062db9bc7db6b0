"""What a notice decides that takes countermeasures 反制措施."""

from collections.abc import Iterator

from services.parser.document.document import Document
from services.parser.document.entity_lists.decision import (
    Decision,
    action_of,
    counts_in,
    is_decided,
    object_behind,
    sentence_bounds,
)
from services.parser.document.entity_lists.decision_forms import (
    ABOUT_PERSONS,
    COUNTERMEASURE_CLAUSE,
    COUNTERMEASURES,
    COUNTERMEASURES_STOPPED,
)
from services.parser.document.entity_lists.lists import COUNTER, list_named
from shared.chinese.annexes import annex_numbers
from shared.chinese.form import Found
from shared.chinese.markers import marker_at
from shared.chinese.text import Span


def countermeasures(document: Document) -> Iterator[Decision]:
    """采取以下反制措施 and the numbered clauses behind it that name whom they meet; the title's when only a
    list is printed.
    """
    folded = document.body.folded
    yield from _stopped(document)
    first: Decision | None = None
    for form in COUNTERMEASURES.finditer(folded, 0, document.main_end):
        begin, _ = sentence_bounds(folded, form.start)
        start = object_behind(folded, "对", begin, form.start)
        if not start and _has_counter_list(document):
            # 决定采取以下反制措施: whom they meet stands in the list behind.
            start = form.start
        names = Span(start, form.start)
        # 暂停实施《关于对…采取反制措施的决定》 is about another document's list.
        quoting = folded.rfind("《", begin, start) > folded.rfind("》", begin, start)
        verb = Span(form.start, form.end)
        if not start or quoting or not is_decided(document, document.body, start - 1, verb):
            continue
        first = _decision(document, form, verb, names)._replace(
            about_persons=_about_persons(document, names)
        )
        yield first
        break
    if first is None:
        if _has_counter_list(document):
            yield from _counter_title(document)
        return
    for line in document.main_lines:
        if line.start < first.until or (marker := marker_at(line.folded)) is None:
            continue
        clause = COUNTERMEASURE_CLAUSE.match(folded, line.start + marker.end, line.end)
        # 对其本人及直系亲属不予签发签证 names nobody.
        if clause is None or clause["who"].startswith(("其", "上述")):
            continue
        names = Span(*clause.span("who"))
        yield first._replace(
            names=names,
            counts=tuple(counts_in(folded, *names)),
            until=line.end,
            annexes=annex_numbers(folded, *names),
        )


def _stopped(document: Document) -> Iterator[Decision]:
    """解除对甲公司采取的反制措施"""
    for form in COUNTERMEASURES_STOPPED.finditer(document.body.folded, 0, document.main_end):
        verb = Span(*form.span("verb"))
        if is_decided(document, document.body, verb.start, verb):
            yield _decision(document, form, verb, Span(*form.span("names")))


def _decision(document: Document, form: Found, verb: Span, names: Span) -> Decision:
    folded = document.body.folded
    begin, end = sentence_bounds(folded, form.start)
    return Decision(
        document.body,
        COUNTER,
        action_of(form),
        Span(*form.span("list")),
        verb,
        names,
        tuple(counts_in(folded, *names)),
        end,
        annex_numbers(folded, begin, end),
    )


def _about_persons(document: Document, names: Span) -> bool:
    folded = document.body.folded
    named = ABOUT_PERSONS.search(folded, *names)
    return bool(named or ABOUT_PERSONS.search(folded, 0, document.main_end))


def _has_counter_list(document: Document) -> bool:
    return any(
        list_named(annex.title, 0, len(annex.title)) == COUNTER
        for annex in document.printed_annexes
    )


def _counter_title(document: Document) -> Iterator[Decision]:
    """关于对某国公司采取反制措施的决定: the title decides where the text only prints the list."""
    title = document.title.folded
    form = COUNTERMEASURES.search(title)
    start = object_behind(title, "对", 0, form.start) if form else 0
    if form and start:
        yield Decision(
            document.title,
            COUNTER,
            action_of(form),
            Span(*form.span("list")),
            Span(form.start, form.end),
            Span(start, form.start),
            tuple(counts_in(title, start, form.start)),
            len(title),
        )
