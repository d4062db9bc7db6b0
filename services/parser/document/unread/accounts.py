"""Accounts for every salient mark of a text: it was read for a field, or it is of a class that says
nothing of what the notice does, or it is unread.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from services.parser.document.document import Document, Reading
from services.parser.document.unread.classes import (
    ARTICLES,
    CLAIMS,
    LINES,
    OF,
    OF_ARTICLES,
    WORDS,
)
from services.parser.document.unread.fields import ACCOUNTS, EFFECTS, NAMES_ANOTHER
from services.parser.document.unread.marks import ACTS, CHANGES, LONGEST, Mark, find_marks
from services.parser.document.unread.repeats import Said
from services.parser.document.unread.spans import NONE, Spans, count_within
from shared.chinese.moods import is_done
from shared.chinese.sentences import parts
from shared.chinese.text import Span, Text
from shared.notice import Citation, Unread

_INDEX = re.compile(r"\[\d+\]")
_CITATION = re.compile(r"citations\[(\d+)\]")
# What a notice does may be more or other than was read when one of these is unread.
_DOUBTFUL = frozenset({"verb", "customs code", "control code"})

_MOST_ASKED = 300


class Accounted(NamedTuple):
    """The marks of a text, each in one of three lists; and as `contradicted` the words of those acts
    that were read although their class is that of no act.
    """

    read: Sequence[Mark] = ()
    of_class: Sequence[Mark] = ()
    unread: Sequence[Mark] = ()
    contradicted: Spans = NONE


def read(document: Document) -> Reading[Accounted]:
    """The marks of the document's text by what became of them. Takes time linear in the text."""
    text = document.body
    marks = find_marks(text)
    if not marks:
        return Reading(Accounted())
    classes, rules = _classes(text), _rules(text, marks)
    ruled = {mark for mark in marks if _held(rules, mark)}
    acts = [mark for mark in marks if mark.sort in ACTS and not _held(classes, mark)]
    # A page of nothing but verbs must not hold up the worker: the rest counts as done.
    asked = [mark for mark in acts if mark not in ruled][:_MOST_ASKED]
    idle = ruled.intersection(acts)
    idle |= {mark for mark in asked if not is_done(text.folded, mark.start, mark.end)}
    spans = _evidence(document, marks, [mark for mark in acts if mark not in idle])
    read: list[Mark] = []
    rest: list[Mark] = []
    for mark in marks:
        (read if _is_read(spans, mark) else rest).append(mark)
    effects = spans["effect"]
    said = Said(document, read, [mark for mark in read if effects.hold(mark.start, mark.end)])
    of_class: list[Mark] = []
    unread: list[Mark] = []
    for mark in rest:
        # 决定不征收反补贴税 is a decision of its own.
        known = _held(classes, mark) or said.has(mark) or (mark in idle and mark.sort != "levy")
        (of_class if known else unread).append(mark)
    contradicted = [mark for mark in read if mark in idle and mark.sort in CLAIMS]
    return Reading(Accounted(read, of_class, unread, Spans(map(_span, contradicted))))


def read_unread(document: Document) -> Reading[tuple[Unread, ...]]:
    """What is unread in the text, in order."""
    text = document.body
    doubts = (f"unread: {LONGEST} of {len(text)} characters were looked at",)
    return Reading(
        tuple(_unread(text, mark) for mark in document.accounts.unread),
        warnings=doubts if len(text) > LONGEST and document.accounts != Accounted() else (),
    )


def read_doubt(document: Document) -> Reading[bool]:
    """Whether a verb or a code is unread."""
    return Reading(any(one.kind in _DOUBTFUL for one in document.unread))


def _unread(text: Text, mark: Mark) -> Unread:
    place = text.evidence("", mark.start, mark.end)
    return Unread(kind=mark.kind, source=text.source, start=place.start, end=place.end)


def _held(spans: Mapping[str, Spans], mark: Mark) -> bool:
    return spans.get(mark.sort, NONE).hold(mark.start, mark.end)


def _span(mark: Mark) -> Span:
    return Span(mark.start, mark.end)


def _is_read(spans: Mapping[str, Spans], mark: Mark) -> bool:
    if _held(spans, mark):
        return True
    # 暂停实施 is one mark, and may be read from 暂停.
    return mark.sort in ACTS and spans[mark.sort].lie_within(mark.start, mark.end)


def _evidence(
    document: Document, marks: Sequence[Mark], unexplained: Iterable[Mark]
) -> defaultdict[str, Spans]:
    """By sort of mark, the words that were read for a field that can be what such a mark says; and,
    as ``effect``, those that say from when.
    """
    text = document.body
    verbs = [mark.start for mark in marks if mark.sort in ACTS]
    changed = _changed(text, unexplained)
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for one in document.evidence:
        field = _INDEX.sub("", one.field)
        sorts = ACCOUNTS.get(field) if one.source == text.source else None
        if not sorts:
            continue
        span = Span(text.offset(one.start), text.offset(one.end))
        citation = _citation(document, one.field)
        if citation is not None and not citation.authority:
            continue
        if field in NAMES_ANOTHER and _is_mention(citation) and changed.hold(*span):
            continue
        # Words that hold two verbs were read from one of them, and do not say from which.
        if sorts & ACTS and count_within(verbs, *span) > 1:
            sorts = sorts - ACTS
        for sort in sorts:
            spans[sort].append(span)
        if field in EFFECTS:
            spans["effect"].append(span)
    return defaultdict(lambda: NONE, {sort: Spans(found) for sort, found in spans.items()})


def _citation(document: Document, field: str) -> Citation | None:
    position = _CITATION.match(field)
    at = int(position[1]) if position else -1
    return document.citations[at] if 0 <= at < len(document.citations) else None


def _is_mention(citation: Citation | None) -> bool:
    return citation is not None and citation.relation == "mentions" and citation.mood == "asserted"


def _changed(text: Text, marks: Iterable[Mark]) -> Spans:
    """The parts of sentences in which something is changed: 《甲办法》 that stands there is not only
    mentioned.
    """
    verbs = [mark.start for mark in marks if mark.sort in CHANGES]
    return Spans(part for part in parts(text.folded, 0, LONGEST) if count_within(verbs, *part))


def _classes(text: Text) -> dict[str, Spans]:
    """By sort of mark, the words of the classes that it may be of."""
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for forms in (LINES, WORDS):
        for found in forms.finditer(text.folded, 0, LONGEST):
            for sort in OF[found.name]:
                spans[sort].append(Span(found.start, found.end))
    return {sort: Spans(found) for sort, found in spans.items()}


def _rules(text: Text, marks: Sequence[Mark]) -> dict[str, Spans]:
    """By sort of mark, the parts of articles. Those of a law or of rules say what shall be done, and by
    whom; only what they do to another document is an act: 第三十七条 …商务部2016年第3号令同时废止。
    """
    first = ARTICLES.search(text.folded, 0, LONGEST)
    if first is None:
        return {}
    cited = [mark.start for mark in marks if mark.sort in ("title", "document number")]
    articles = list(parts(text.folded, first.start, LONGEST))
    rules = Spans(articles)
    of_nothing = Spans(part for part in articles if not count_within(cited, *part))
    return dict.fromkeys(OF_ARTICLES, rules) | dict.fromkeys(CHANGES - {"repeal"}, of_nothing)
