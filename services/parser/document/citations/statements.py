"""What a spokesman states is done to documents, by the grammar of the sentence, whatever the order of its words.

A part of a sentence is a row of verbs and objects, each object a document with what hangs on it (4月4日公告（商务部公告2025年
第21号）所列16家实体的相关措施). A verb has the objects behind it up to the next verb; one that has none there has those before it:

    自2025年11月10日起，|停止3月4日公布的第5号、第6号措施|，|对4月4日公布的第7号所列11家实体，继续暂停1年|。

The start is carried on from one verb of a sentence to the next, the term is not.
(商务部新闻发言人答记者问 of 14 May, 12 August and 5 November 2025.)
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from services.parser.document.citations.periods import Anchors, Edge, find_since, find_until
from services.parser.document.citations.related import Related, relation_of
from services.parser.document.citations.statement_forms import (
    OBJECT_BEGINS,
    OBJECT_FIRST,
    PUBLISHED_ON,
    STATED,
    UNSTATED,
    VERBS,
)
from shared.chinese.form import Found
from shared.chinese.moods import Stance, stance
from shared.chinese.references.reference import Reference
from shared.chinese.sentences import sentences
from shared.chinese.text import Line, Span, Text
from shared.notice import Relation

_REPORTED = Stance("reported")
# Stand for a document and for what is in brackets or quotation marks, while verbs and commas are looked for.
_DOCUMENT, _ASIDE = "\ue000", "\ue001"
_ASIDES = re.compile(
    r"（[^（）\n]*（[^（）\n]*）[^（）\n]*）|（[^（）\n]*）|《[^《》\n]*》|“[^“”，。；\n]*”"
)
_CUT = re.compile("[，；]")
_IN_LINE = re.compile(r"[^\n]")


class Statement(NamedTuple):
    """One act: what is done, where the verb stands, to which documents (indexes into the references
    that were given), from when until when, and in which mood. `part` is the part of the sentence that
    is the act's.
    """

    relation: Relation
    verb: Span
    part: Span
    objects: tuple[int, ...]
    since: Edge | None
    until: Edge | None
    stance: Stance


class _Act(NamedTuple):
    form: Found
    objects: list[int]
    first: int
    last: int


def statements(text: Text, mentions: Sequence[Related], anchors: Anchors) -> Iterator[Statement]:
    """The acts that a text speaks of, sentence by sentence."""
    if not VERBS.search(text.folded):
        return
    masked = _masked(text.folded, mentions)
    lead: Line | None = None
    for line in text.lines:
        if line.bare.endswith("："):
            lead = line
        for here in sentences(masked, line.start, line.end):
            before = Span(lead.start, lead.end) if lead and lead is not line else None
            yield from _in_sentence(text.folded, masked, here, before, mentions, anchors)


def _masked(folded: str, mentions: Sequence[Related]) -> str:
    """The text with `_DOCUMENT` for what names a document and `_ASIDE` for other brackets."""
    chars = list(_ASIDES.sub(lambda aside: _ASIDE * len(aside.group()), folded))
    for mention in mentions:
        start, end = mention.reference.start, mention.reference.end
        chars[start:end] = _IN_LINE.sub(_DOCUMENT, folded[start:end])
    return "".join(chars)


def _in_sentence(
    folded: str,
    masked: str,
    here: Span,
    lead: Span | None,
    mentions: Sequence[Related],
    anchors: Anchors,
) -> Iterator[Statement]:
    acts, others = _acts(folded, masked, here, mentions)
    reported = bool(acts) and _is_report(folded, acts[0].form.start, others, mentions, anchors)
    since: Edge | None = None
    end = here.start
    for number, act in enumerate(acts):
        following = acts[number + 1] if number + 1 < len(acts) else None
        stop = _boundary(masked, act.last, following) if following else here.end
        part = Span(end, stop)
        phrases = _phrases(masked, part, act.first)
        since = _first(find_since(folded, *phrase, anchors) for phrase in phrases) or since
        if since is None and lead is not None:
            since = find_since(folded, *lead, anchors)
        at = since.at if since else None
        until = _first(find_until(folded, *phrase, at, anchors) for phrase in phrases)
        if until and "延长" in act.form.text and until.at:
            until = replace(until, doubt="counted from the start that the sentence names")
        yield Statement(
            relation_of(act.form),
            Span(act.form.start, act.form.end),
            part,
            tuple(act.objects),
            since,
            until,
            _REPORTED
            if reported or _is_unstated(masked, part, act.form.start)
            else stance(folded, act.form.start, act.form.end),
        )
        end = stop


def _phrases(masked: str, part: Span, first: int) -> list[Span]:
    """The phrase that an act begins in, to the end of its part, then those before it, the nearest first."""
    cuts = [cut.start() for cut in _CUT.finditer(masked, part.start, min(first, part.end - 1))]
    bounds = [part.start - 1, *cuts, part.end]
    return [Span(start + 1, end) for start, end in pairwise(bounds) if end > start + 1][::-1]


def _first(edges: Iterable[Edge | None]) -> Edge | None:
    return next((edge for edge in edges if edge is not None), None)


def _acts(
    folded: str, masked: str, here: Span, mentions: Sequence[Related]
) -> tuple[list[_Act], list[int]]:
    """The acts of a sentence, and the documents before the first one that none is done to."""
    verbs = list(STATED.finditer(masked, *here))
    if not verbs:
        return [], []
    bounds = [verb.start for verb in verbs[1:]] + [here.end]
    behind = [_between(mentions, verb.end, stop) for verb, stop in zip(verbs, bounds, strict=True)]
    # From the last verb to the first, for what one takes from before it is not the one before's.
    for number in range(len(verbs) - 1, 0, -1):
        start = verbs[number - 1].end
        objects = behind[number - 1]
        at = _last_phrase(masked, start, objects, mentions)
        if at is None:
            continue
        first = mentions[objects[at]].reference.start
        if not behind[number] or OBJECT_FIRST.search(masked, start, first):
            behind[number] = objects[at:] + behind[number]
            behind[number - 1] = objects[:at]
    before = _between(mentions, here.start, verbs[0].start)
    if not behind[0] and not any(_is_only_mentioned(folded, mentions[i]) for i in before):
        behind[0], before = before, []
    acts = [
        _Act(
            verb,
            objects,
            min([verb.start, *(mentions[i].reference.start for i in objects)]),
            max([verb.end, *(mentions[i].reference.end for i in objects)]),
        )
        for verb, objects in zip(verbs, behind, strict=True)
    ]
    return acts, before


def _between(mentions: Sequence[Related], start: int, end: int) -> list[int]:
    """The indexes of the mentions that begin between two offsets, of those of a text in order."""
    first, last = (
        bisect_left(mentions, at, key=lambda mention: mention.reference.start)
        for at in (start, end)
    )
    return [*range(first, last)]


def _is_only_mentioned(folded: str, mention: Related) -> bool:
    """Whether a document is what the sentence rests on, or whose publication it reports."""
    start = mention.reference.number_start or mention.reference.start
    published = PUBLISHED_ON.search(folded, max(0, start - 24), start)
    return mention.relation == "basis" or (mention.reported and not published)


def _is_report(
    folded: str, verb: int, before: list[int], mentions: Sequence[Related], anchors: Anchors
) -> bool:
    """根据商务部公告2025年第72号，…暂停…, 发布第30号公告，暂停…: the announcement does it. A day of its own (发布第21号公告，…，自5月14日起，
    暂停…) is the speaker's.
    """
    announced = [mentions[i] for i in before if _is_announcement(mentions[i].reference)]
    if any(mention.relation == "basis" for mention in announced):
        return True
    last = max((mention.reference.end for mention in announced if mention.reported), default=None)
    if last is None:
        return False
    since = find_since(folded, last, verb, anchors)
    return since is None or not any(char.isdigit() for char in folded[since.start : since.end])


def _is_announcement(reference: Reference) -> bool:
    return reference.number is not None and reference.number.type in ("公告", "通告")


def _last_phrase(
    masked: str, start: int, objects: list[int], mentions: Sequence[Related]
) -> int | None:
    """The first of the objects behind the verb that ends at `start` that stands in a phrase of its own
    before the next one; None where all hang on the first.
    """
    for at in range(len(objects) - 1, -1, -1):
        first = mentions[objects[at]].reference.start
        previous = mentions[objects[at - 1]].reference.end if at else start
        if any(mark in masked[previous:first] for mark in "，；"):
            return at
    return None


def _boundary(masked: str, last: int, act: _Act) -> int:
    """Where one act ends, whose last word ends at `last`, and the next begins: at a semicolon, at ，对…
    before a verb without a document, else at the last comma.
    """
    cut = masked.rfind("；", last, act.first)
    if cut < 0 and not act.objects:
        cut = max(
            (form.start for form in OBJECT_BEGINS.finditer(masked, last, act.first)), default=-1
        )
    if cut < 0:
        cut = masked.rfind("，", last, act.first)
    return cut + 1 if cut >= 0 else act.first


def _is_unstated(masked: str, part: Span, verb: int) -> bool:
    phrase = max(masked.rfind(mark, part.start, verb) for mark in "，；") + 1
    return UNSTATED.search(masked, max(part.start, phrase), verb) is not None
