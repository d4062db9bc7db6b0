"""Other documents that a document rests on or changes (issue 5, the row `citations`).

The references of title and text (references.py), less those to itself (own.py), each
with its relation (relations.py, anaphora.py), its clause (clauses.py)
and its time (periods.py); those to the same document are one citation.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from services.parser.document.citations.anaphora import resolve
from services.parser.document.citations.clauses import Clause, changed_clauses, clause_after
from services.parser.document.citations.own import OwnPapers, number_key
from services.parser.document.citations.periods import (
    Anchors,
    find_since,
    find_until,
    midnight,
)
from services.parser.document.citations.references import (
    Reference,
    find_references,
    is_document,
    plain_title,
)
from services.parser.document.citations.relations import (
    CHANGES,
    STRENGTH,
    Related,
    line_at,
    relate,
    sentence,
)
from services.parser.document.document import (
    AnnexText,
    Document,
    Line,
    Reading,
    title_evidence,
)
from services.parser.document.publication import published_at
from services.parser.document.text.characters import fold
from services.parser.document.text.spans import Span
from shared.notice import Citation, Evidence, Relation

_EXPLAINS = frozenset({"interview", "interpretation"})
_EXPLANATION = re.compile(r"解读|解释|释义|答记者问|答问|问答|说明|介绍")
_TOLD_WITHIN = 800
_REPEALED_LIST = re.compile(r"废止|失效|停止执行")
_INNER: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("repeals", re.compile(r"废止|停止执行")),
    ("suspends", re.compile(r"暂停|中止")),
    ("extends", re.compile(r"延长|延续")),
    ("corrects", re.compile(r"更正")),
    ("amends", re.compile(r"修改|修订|修正|调整|补充")),
)
# Relations whose time is that of the document itself when their sentence states none.
_WITH_EFFECT: frozenset[Relation] = CHANGES - {"corrects", "extends"}
_LASTS: frozenset[Relation] = frozenset({"suspends", "extends"})
_VERBS = re.compile(r"暂停|中止|停止|恢复|废止|失效|调整为|修改为|延长")
_REST_RESUMED = re.compile(
    r"(?P<clause>(?:其他|其它|其余)(?:条款|规定|内容|措施))[^，。；\n]{0,40}?(?P<verb>恢复(?:实施|执行|施行|适用))"
)
_OPENS_ITEMS = re.compile(r"[^。；]{0,40}")


@dataclass(eq=False)
class _Cited:
    """One citation in the making: the values, where each was read, and doubts by field."""

    order: tuple[int, int]
    relation: Relation
    title: str | None = None
    number: str | None = None
    clause: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    places: dict[str, list[tuple[bool, int, int]]] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)


def read(document: Document) -> Reading[Citation]:
    """The documents that a document cites, in the order of the text; those that only its title
    names come first.

    `since` and `until` are a half-open interval (periods.py): 至2026年11月10日 is `until`
    2026-11-11T00:00+08:00. A change whose sentence states no start begins when the document itself
    enters into force. `clause` is read for changes only.
    """
    own = OwnPapers(document)
    anchors = _anchors(document)
    cited: list[_Cited] = []
    warnings: list[str] = []
    title = document.title or ""
    for in_title, text, folded in (
        (True, title, fold(title)),
        (False, document.body_text, document.folded),
    ):
        lines = (Line(0, 0, len(text), text, folded),) if in_title else document.lines
        found, unnamed, cut = find_references(text, folded, document.issuers)
        if cut:
            warnings.append("citations: more references than are read")
        warnings += [f"citations: 《{name}》 names no document" for name in unnamed]
        kept, inner = _without_own(found, own, in_title=in_title)
        related = relate(folded, lines, kept, document.page_kind)
        related += [_inner(folded, one, outer) for one, outer in inner]
        if not in_title:
            related, unresolved = resolve(folded, related, document.page_kind, anchors.near)
            warnings += unresolved
            related = _in_annexes(document, related)
        related = _explained(document, related, in_title=in_title, before=cited)
        related = [
            one for one in related if one.relation != "mentions" or is_document(one.reference)
        ]
        places = _Places(related)
        for one in sorted(related, key=lambda one: one.reference.start):
            cited.append(
                _cite(document, text, folded, lines, one, places, anchors, in_title=in_title)
            )
            if cited[-1].relation == "suspends" and not in_title:
                cited += _rest_resumed(folded, one, cited[-1], anchors)
    merged = _merged(cited)
    _tell_explained(document, merged)
    return _reading(document, merged, warnings)


class _Places:
    """Where the references of a text stand, for looking up those near another."""

    def __init__(self, related: Sequence[Related]) -> None:
        spans = [one.span or Span(one.reference.start, one.reference.end) for one in related]
        self._spans = sorted(set(spans))
        self._changes = sorted(one.reference.start for one in related if one.relation in CHANGES)

    def within(self, part: Span) -> bool:
        """Whether a reference, or the list that it stands in, touches a part of the text."""
        place = bisect_left(self._spans, (part.end, 0))
        return any(span.end > part.start for span in self._spans[max(0, place - 8) : place])

    def next_change(self, at: int) -> int | None:
        """Where the next reference that is changed begins."""
        place = bisect_right(self._changes, at)
        return self._changes[place] if place < len(self._changes) else None


def _anchors(document: Document) -> Anchors:
    effective = document.effective_at
    if effective is None and document.effective_on is not None:
        effective = midnight(document.effective_on)
    if document.issued_on is not None:
        return Anchors(
            document.issued_on,
            effective,
            document.issued_on,
            effective_span=document.effective_span,
        )
    # A page without a date of issue speaks on the day on which it is published.
    published = published_at(document)
    day = published.value.date() if published else None
    return Anchors(day, effective, day, issued_from_page=True)


def _without_own(
    references: Sequence[Reference], own: OwnPapers, *, in_title: bool
) -> tuple[list[Reference], list[tuple[Reference, Reference]]]:
    kept: list[Reference] = []
    inner: list[tuple[Reference, Reference]] = []
    for reference in references:
        if not own.holds(reference, in_title=in_title):
            kept.append(reference)
        elif reference.title is not None:
            # What it issues may change another: 《关于修改〈…〉的决定》.
            inner += [(one, reference) for one in reference.inner]
    return kept, inner


def _inner(folded: str, one: Reference, outer: Reference) -> Related:
    words = folded[outer.title_start : one.start]
    behind = folded[one.end : outer.title_end]
    for relation, pattern in _INNER:
        match = pattern.search(words)
        if match:
            start = outer.title_start + match.start()
            return Related(one, relation, Span(start, start + len(match.group())))
        match = pattern.search(behind)
        if match:
            start = one.end + match.start()
            return Related(one, relation, Span(start, start + len(match.group())))
    return Related(one, "mentions")


def _in_annexes(document: Document, related: list[Related]) -> list[Related]:
    """What an annex headed 废止的…目录 lists is repealed."""
    lists = [
        annex
        for annex in document.annexes
        if _REPEALED_LIST.search(annex.title) and document.page_kind in ("notice", "law")
    ]
    return [_in_list(one, lists) for one in related]


def _in_list(one: Related, lists: list[AnnexText]) -> Related:
    for annex in lists:
        if one.relation == "mentions" and annex.text_start <= one.reference.start < annex.end:
            return one._replace(relation="repeals", verb=Span(annex.title_start, annex.title_end))
    return one


def _explained(
    document: Document, related: list[Related], *, in_title: bool, before: list[_Cited]
) -> list[Related]:
    """What an interview or an interpretation is about: what its title names, else what it reports
    first as published, unless it changes a document itself.
    """
    kind = document.page_kind
    if kind == "notice" and in_title and re.search(r"解释|释义", document.title or ""):
        kind = "interpretation"
    if kind not in _EXPLAINS:
        return related
    if in_title:
        return [
            one._replace(relation="explains") if one.relation in ("mentions", "basis") else one
            for one in related
        ]
    relations = {one.relation for one in related} | {one.relation for one in before}
    if relations & {*CHANGES, "explains"}:
        return related
    first = next(
        (
            one
            for one in related
            if one.told and one.relation == "mentions" and one.reference.start < _TOLD_WITHIN
        ),
        None,
    )
    if first is None:
        return related
    here = sentence(document.folded, first.reference.start)
    return [
        one._replace(relation="explains")
        if one.told and one.relation == "mentions" and here.start <= one.reference.start < here.end
        else one
        for one in related
    ]


def _cite(
    document: Document,
    text: str,
    folded: str,
    lines: tuple[Line, ...],
    one: Related,
    places: "_Places",
    anchors: Anchors,
    *,
    in_title: bool,
) -> _Cited:
    reference = one.reference
    cited = _Cited((0 if in_title else 1, reference.start), one.relation, reference.title)
    if reference.title is not None:
        cited.places["title"] = [(in_title, reference.title_start, reference.title_end)]
    if reference.number is not None:
        cited.number = reference.number.canonical()
        cited.places["document_number"] = [(in_title, reference.number_start, reference.number_end)]
        if reference.doubt:
            cited.doubts["document_number"] = reference.doubt
    if one.verb is not None:
        cited.places["relation"] = [(in_title, *one.verb)]
    if one.relation not in CHANGES:
        return cited
    # The items of an amendment end where the next document's begin.
    until = places.next_change(reference.end)
    until = len(text) if until is None else max(folded.rfind("\n", 0, until), 0)
    _read_clause(text, folded, lines, one, cited, until, in_title=in_title)
    _read_time(folded, one, places, anchors, cited, in_title=in_title)
    if one.relation == "repeals" and one.verb_text.startswith("停止"):
        if cited.until is not None:
            cited.relation = "suspends"
        else:
            cited.doubts["relation"] = "停止 without an end is read as repealed"
    if one.relation == "repeals" and cited.relation == "repeals":
        cited.until = None
        cited.places.pop("until", None)
    return cited


def _rest_resumed(folded: str, one: Related, suspended: _Cited, anchors: Anchors) -> list[_Cited]:
    """第三条继续暂停实施，其他条款自2025年12月1日起恢复施行: the rest of the same document is in force again."""
    end = sentence(folded, one.reference.start).end
    match = _REST_RESUMED.search(folded, one.reference.end, end)
    # What stands between may be about another document.
    if match is None or re.search(r"[》号]", folded[one.reference.end : match.start()]):
        return []
    rest = _Cited(suspended.order, "resumes", suspended.title, suspended.number)
    rest.places = {
        name: suspended.places[name]
        for name in ("title", "document_number")
        if name in suspended.places
    }
    rest.clause = match["clause"]
    rest.places["clause"] = [(False, *match.span("clause"))]
    rest.places["relation"] = [(False, *match.span("verb"))]
    since = find_since(folded, match.start(), match.end(), anchors)
    if since is not None:
        rest.since = since.at
        rest.places["since"] = [(False, since.start, since.end)]
    return [rest]


def _read_clause(
    text: str,
    folded: str,
    lines: tuple[Line, ...],
    one: Related,
    cited: _Cited,
    until: int,
    *,
    in_title: bool,
) -> None:
    clauses: list[Clause] = []
    behind = clause_after(text, folded, one.reference.end)
    if behind is not None:
        clauses = [behind]
    elif one.relation == "amends" and not in_title:
        line = line_at(lines, one.reference.start)
        if line is not None and _OPENS_ITEMS.fullmatch(folded, one.reference.end, line.end):
            clauses = changed_clauses(lines, line.index + 1, until)
    texts = list(dict.fromkeys(clause.text for clause in clauses))
    if texts:
        cited.clause = "、".join(texts)
        cited.places["clause"] = [(in_title, clause.start, clause.end) for clause in clauses]


def _read_time(
    folded: str,
    one: Related,
    places: "_Places",
    anchors: Anchors,
    cited: _Cited,
    *,
    in_title: bool,
) -> None:
    span = one.span or Span(one.reference.start, one.reference.end)
    own, back, ahead = _segments(folded, span)
    lead = [one.lead] if one.lead is not None else []
    since = next(
        (
            edge
            for part in (own, *_idle(folded, back), *_idle(folded, ahead), *lead)
            if (edge := find_since(folded, part.start, part.end, anchors)) is not None
        ),
        None,
    )
    if since is not None:
        cited.since = since.at
        if since.at is not None:
            cited.places["since"] = [(in_title, since.start, since.end)]
        if since.doubt:
            cited.doubts["since"] = since.doubt
    elif one.relation in _WITH_EFFECT and anchors.effective is not None:
        cited.since = anchors.effective
        if anchors.effective_span is not None:
            cited.places["since"] = [(False, *anchors.effective_span)]
        else:
            cited.doubts["since"] = "the label's, not the text's"
    elif one.relation in _WITH_EFFECT and not in_title:
        cited.doubts["since"] = "the text names no start"
    if one.relation not in _LASTS and not one.verb_text.startswith("停止"):
        return
    # A term that stands with another reference is that one's.
    free = [
        part
        for part in (*_idle(folded, _same_clause(folded, back)), *ahead[:1], *lead)
        if not places.within(part) or (one.lead is not None and part == one.lead and not one.told)
    ]
    ends = [
        edge
        for part in (own, *free)
        if (edge := find_until(folded, part.start, part.end, cited.since, anchors)) is not None
    ]
    # 延长3个月，即截止日期为2025年4月5日: the day says what the period does not.
    until = next((edge for edge in ends if edge.at is not None), ends[0] if ends else None)
    if until is not None:
        cited.until = until.at
        if until.at is not None:
            cited.places["until"] = [(in_title, until.start, until.end)]
        if until.doubt:
            cited.doubts["until"] = until.doubt


def _idle(folded: str, parts: list[Span]) -> list[Span]:
    """The parts without a verb of change of their own, whose time would be that verb's."""
    return [part for part in parts if not _VERBS.search(folded, part.start, part.end)]


def _same_clause(folded: str, back: list[Span]) -> list[Span]:
    """The parts before a reference up to the semicolon before it, the nearest first."""
    kept: list[Span] = []
    for part in back:
        if folded[part.end : part.end + 1] == "；":
            break
        kept.append(part)
    return kept


def _segments(folded: str, span: Span) -> tuple[Span, list[Span], list[Span]]:
    """The part of the sentence that holds `span`, between commas, those before it, the nearest
    first, and those behind it up to a semicolon.
    """
    here = sentence(folded, span.start)
    end = max(here.end, span.end)
    cuts = [match.start() for match in re.finditer(r"[，；]", folded[here.start : end])]
    cuts = [here.start + cut for cut in cuts if not span.start <= here.start + cut < span.end]
    bounds = [here.start - 1, *cuts, end]
    parts = [Span(first + 1, last) for first, last in pairwise(bounds)]
    place = next((i for i, part in enumerate(parts) if part.start <= span.start <= part.end), 0)
    ahead: list[Span] = []
    for part in parts[place + 1 :]:
        if folded[part.start - 1] == "；":
            break
        ahead.append(part)
    # A time further off belongs to something else.
    return parts[place], parts[max(0, place - 8) : place][::-1], ahead[:8]


def _merged(cited: list[_Cited]) -> list[_Cited]:
    """One citation a document, under its strongest relation; two where different clauses are changed
    in different ways.
    """
    numbers: dict[str, set[str]] = {}
    for one in cited:
        if one.title and one.number:
            numbers.setdefault(plain_title(fold(one.title)), set()).add(number_key(one.number))
    groups: dict[str, list[_Cited]] = {}
    _name_issuers(cited)
    for one in sorted(cited, key=lambda one: one.order):
        title = plain_title(fold(one.title or ""))
        if one.number:
            key = "number " + number_key(one.number)
        elif len(numbers.get(title, ())) == 1:
            key = "number " + next(iter(numbers[title]))
        else:
            key = "title " + title
        groups.setdefault(key, []).append(one)
    merged = [one for group in groups.values() for one in _merge(group)]
    return sorted(merged, key=lambda one: one.order)


def _name_issuers(cited: list[_Cited]) -> None:
    """A number that is printed without its issuer is the one of that type, year and serial which the
    text prints with one.
    """
    full = {one.number: one for one in cited if one.number}
    for one in cited:
        if one.number and re.match(r"(?:公告|通告|令)\d{4}年", one.number):
            same = [
                number for number in full if number != one.number and number.endswith(one.number)
            ]
            if len(same) == 1:
                one.number = same[0]
                # The issuer was read where the number is printed in full.
                one.places["document_number"] = full[same[0]].places["document_number"]
                one.doubts.pop("document_number", None)


def _merge(group: list[_Cited]) -> list[_Cited]:
    group = [*group]
    changes = [one for one in group if one.relation in CHANGES]
    strongest = max(group, key=lambda one: STRENGTH.index(one.relation))
    parts: list[_Cited] = []
    for one in changes:
        same = next(
            (
                part
                for part in parts
                if (part.relation == one.relation and _agree(part.clause, one.clause))
                or part.clause is None
                or one.clause is None
            ),
            None,
        )
        if same is None:
            parts.append(one)
        elif STRENGTH.index(one.relation) > STRENGTH.index(same.relation):
            _fill(one, same)
            parts[parts.index(same)] = one
        else:
            _fill(same, one)
    parts = parts or [strongest]
    for part in parts:
        for one in group:
            if one is not part:
                _fill(part, one, only_names=one in changes or part.relation not in CHANGES)
        in_text = [one.order for one in group if one.order[0]] or [part.order]
        part.order = min(in_text)
    return parts


def _agree(first: str | None, second: str | None) -> bool:
    return first is None or second is None or first == second


def _fill(into: _Cited, other: _Cited, *, only_names: bool = False) -> None:
    names = ("title", "number")
    values = (
        names
        if only_names or other.relation != into.relation
        else (
            *names,
            "clause",
            "since",
            "until",
        )
    )
    for name in values:
        field_name = "document_number" if name == "number" else name
        if getattr(into, name) is None and getattr(other, name) is not None:
            setattr(into, name, getattr(other, name))
            into.doubts.pop(field_name, None)
            if field_name in other.places:
                into.places[field_name] = other.places[field_name]
            if field_name in other.doubts:
                into.doubts[field_name] = other.doubts[field_name]


def _tell_explained(document: Document, cited: list[_Cited]) -> None:
    """That a page explains what it is about is told by its title: 政策解读, 答记者问."""
    word = _EXPLANATION.search(document.title or "")
    for one in cited:
        if one.relation == "explains" and "relation" not in one.places:
            if word:
                one.places["relation"] = [(True, *word.span())]
            else:
                one.doubts["relation"] = "read from the kind of the page"


def _reading(document: Document, cited: list[_Cited], warnings: list[str]) -> Reading[Citation]:
    values: list[Citation] = []
    evidence: list[Evidence] = []
    for place, one in enumerate(cited):
        values.append(
            Citation(
                title=one.title,
                document_number=one.number,
                relation=one.relation,
                clause=one.clause,
                since=one.since,
                until=one.until,
            )
        )
        for name, places in one.places.items():
            path = f"citations[{place}].{name}"
            for in_title, start, end in places:
                evidence.append(
                    title_evidence(path, start, end)
                    if in_title
                    else document.evidence(path, start, end)
                )
        warnings += [f"citations[{place}].{name}: {doubt}" for name, doubt in one.doubts.items()]
    return Reading(tuple(values), tuple(evidence), tuple(dict.fromkeys(warnings)))
