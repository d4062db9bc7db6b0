"""From when until when what is decided of the entities of a list holds."""

from datetime import date
from typing import Literal

from services.parser.document.citations.periods import Anchors, Edge, find_since, find_until
from services.parser.document.document import Document
from services.parser.document.entity_lists.decision import Decision
from shared.chinese.dates import midnight
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Span

Times = dict[Literal["effective_on", "until"], Edge]


def read_times(document: Document, decision: Decision) -> Times:
    """自2025年8月12日起 in the sentence itself or in the line that opens it, else the day on which the document is
    in force; and the end of a suspension, 90天 or 至2026年11月10日.
    """
    times: Times = {}
    since = _since(document, decision)
    if since is not None:
        times["effective_on"] = since
    if decision.text is not document.body or decision.action != "suspend":
        return times
    at = since.at if since else None
    for part in _parts(document, decision):
        until = find_until(document.body.folded, *part, at, _anchors(document))
        if until is not None:
            times["until"] = until
            break
    return times


def day_of(edge: Edge | None) -> date | None:
    """The day of an instant."""
    return edge.at.date() if edge is not None and edge.at is not None else None


def _since(document: Document, decision: Decision) -> Edge | None:
    if decision.text is document.body:
        for part in (*_parts(document, decision), *_lead(document, decision)):
            since = find_since(document.body.folded, *part, _anchors(document))
            if since is not None:
                return since
    effect = document.effect
    if effect.on is not None and effect.span:
        return Edge(midnight(effect.on), *effect.span)
    return None


def _anchors(document: Document) -> Anchors:
    effect = document.effect
    effective = effect.at or (midnight(effect.on) if effect.on else None)
    day = document.issued_on or document.published_on
    return Anchors(day, effective, day, issued_from_page=document.issued_on is None)


def _parts(document: Document, decision: Decision) -> list[Span]:
    """The act's own words, to the end of its part of the sentence, and the sentence up to them."""
    folded = document.body.folded
    here = sentence_at(folded, decision.action_span.start, len(folded))
    first = min(decision.action_span.start, decision.names.start)
    stop = folded.find("；", first, here.end)
    return [Span(first, stop if stop >= 0 else here.end), Span(here.start, first)]


def _lead(document: Document, decision: Decision) -> list[Span]:
    """The nearest line above that opens a list: 自2026年3月10日起，作如下调整："""
    lines = [
        line
        for line in document.main_lines
        if line.end <= decision.names.start and line.folded.rstrip().endswith("：")
    ]
    return [Span(lines[-1].start, lines[-1].end)] if lines else []
