"""Documents that are named in one sentence and changed in another, by other words.

An announcement that prolongs an anti-dumping investigation says by which announcement it was opened,
and prolongs 本案的调查期限; one that ends a duty says which announcement imposed it, and ends 上述反倾销措施.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from services.parser.document.citations.anaphora_forms import (
    ABOVE,
    ABOVE_TYPES,
    ABOVE_VERBS,
    ENDED,
    ENDED_VERBS,
    IMPOSED,
    JOINED,
    OPENED,
    PRODUCT,
    PROLONGED,
)
from services.parser.document.citations.periods import Anchors, Edge, find_since, find_until
from services.parser.document.citations.related import Related, relation_of
from shared.chinese.document_numbers import DocumentNumber
from shared.chinese.form import Found
from shared.chinese.moods import is_done
from shared.chinese.references.reference import Reference
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Span

# A text ends no more measures than these.
_MOST_ENDS = 20


def resolve(folded: str, related: Sequence[Related], anchors: Anchors) -> list[Related]:
    """The relations of a notice's references with those that other words carry."""
    read = sorted(related, key=lambda mention: mention.reference.start)
    _prolonged(folded, read)
    _ended(folded, read, anchors)
    return sorted([*read, *_above(folded, read)], key=lambda mention: mention.reference.start)


def _above(folded: str, read: Sequence[Related]) -> list[Related]:
    """暂停执行上述公告第二款: the one announcement that the text has named before is changed."""
    found: list[Related] = []
    if not any(verb in folded for verb in ABOVE_VERBS):
        return found
    before = iter(mention for mention in read if mention.relation != "basis")
    behind = next(before, None)
    # What has been named so far, by its type: 公告.
    named: dict[str, set[DocumentNumber | str | None]] = {}
    last: dict[str, Reference] = {}
    for form in ABOVE.finditer(folded):
        while behind is not None and behind.reference.start < form.start:
            for kind in ABOVE_TYPES:
                if _is_a(behind, kind):
                    last[kind] = behind.reference
                    named.setdefault(kind, set()).add(last[kind].number or last[kind].title)
            behind = next(before, None)
        if len(named.get(form["type"], ())) != 1:
            continue
        start, end = form.span("above")
        found.append(
            Related(
                last[form["type"]]._replace(start=start, end=end, alias=None),
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
    first, last = (
        bisect_left(read, at, key=lambda mention: mention.reference.start)
        for at in (here.start, prolonged.start)
    )
    return any(
        mention.reported
        and mention.reference.number
        and not OPENED.search(folded, mention.reference.end, prolonged.start)
        for mention in read[first:last]
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


def _ended(folded: str, read: list[Related], anchors: Anchors) -> None:
    """The announcement that imposed a duty last is ended with the duty: the one of its product, where the
    text names several.
    """
    if not any(verb in folded for verb in ENDED_VERBS):
        return
    for form in islice(ENDED.finditer(folded), _MOST_ENDS):
        verb = Span(*form.span("verb"))
        if not is_done(folded, *verb):
            continue
        here = sentence_at(folded, form.start)
        product = PRODUCT.search(folded, here.start, here.end)
        imposed = [
            index
            for index, mention in enumerate(read)
            if mention.relation in ("mentions", "basis")
            and mention.reference.number is not None
            and mention.reference.number.type
            and mention.reference.start < verb.start
            and _imposes(folded, mention, verb.start, product["product"] if product else "")
        ]
        if not imposed:
            continue
        since = _since(folded, here, verb, anchors)
        until = None
        if form.name == "suspends":
            first = since.at if since else None
            until = find_until(folded, here.start, here.end, first, anchors)
        together = _joined(folded, [read[index].reference for index in imposed])
        for index in imposed:
            if read[index].reference.number in together:
                read[index] = read[index]._replace(
                    relation=relation_of(form),
                    verb=verb,
                    verb_text=form["verb"],
                    times=(since, until),
                )


def _joined(folded: str, references: Sequence[Reference]) -> list[DocumentNumber | None]:
    """The numbers of the last reference and of those that it is joined to: 2020年第14号和第15号公告."""
    joined = [references[-1]]
    for before in reversed(references[:-1]):
        if JOINED.match(folded, before.end, joined[-1].start) is None:
            break
        joined.append(before)
    return [reference.number for reference in joined]


def _imposes(folded: str, mention: Related, before: int, product: str) -> bool:
    """Whether the sentence of a reference says that it imposed a duty, on a product."""
    here = sentence_at(folded, mention.reference.start)
    end = min(here.end, before)
    return bool(IMPOSED.search(folded, mention.reference.end, end)) and (
        product in folded[here.start : end]
    )


def _since(folded: str, here: Span, verb: Span, anchors: Anchors) -> Edge | None:
    """The start that stands nearest before a verb, else one behind it in its sentence."""
    at = folded.rfind("自", here.start, verb.start)
    while at != -1:
        if since := find_since(folded, at, verb.start, anchors):
            return since
        at = folded.rfind("自", here.start, at)
    return find_since(folded, here.start, here.end, anchors)
