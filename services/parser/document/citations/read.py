"""Other documents that a document rests on or changes: the field `citations`.

The references of title and text (references.py), less those to itself (own.py), each with its relation
(relations.py, anaphora.py, explained.py), its clause (clauses.py) and its time (times.py, periods.py);
those to the same document are one citation (cited.py).
"""

from collections.abc import Sequence
from itertools import chain

from services.parser.document.citations.anaphora import resolve
from services.parser.document.citations.answers import answered, measures_changed
from services.parser.document.citations.authority import judge
from services.parser.document.citations.cited import Cited, merged
from services.parser.document.citations.clauses import (
    Clause,
    changed_clauses,
    clause_after,
    clause_at,
    clause_before,
    clause_described,
    clause_of_rate,
    clauses_on_line,
)
from services.parser.document.citations.explained import explained, say_why_explained
from services.parser.document.citations.levies import goes_on
from services.parser.document.citations.moods import without_undone, words_of_mood
from services.parser.document.citations.objects import read_object
from services.parser.document.citations.own import OwnPapers
from services.parser.document.citations.periods import (
    Anchors,
    find_since,
)
from services.parser.document.citations.related import CHANGES, Related, relation_of
from services.parser.document.citations.relations import relate
from services.parser.document.citations.statement_forms import OF_SOME
from services.parser.document.citations.times import Neighbours, read_time, set_times
from services.parser.document.citations.verbs import IN_TITLE
from services.parser.document.document import Document, Reading
from services.parser.document.force.effect import Effect
from services.parser.document.parts.annexes import PrintedAnnex
from shared.chinese.acts import APPLY, RESUME
from shared.chinese.dates import midnight
from shared.chinese.form import Form, Forms
from shared.chinese.references.find import find_references
from shared.chinese.references.reference import Reference
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Passage, Span, Text
from shared.notice import ACTS, Citation, Evidence

# An annex that lists what is repealed: 废止的规范性文件目录.
REPEALED_LISTS = Forms(
    Form("repealed", "废止|失效|停止执行", yes=("废止的规范性文件目录",), no=("某目录",))
)
REST_RESUMED = Forms(
    Form(
        "rest",
        rf"(?P<clause>(?:其他|其它|其余)(?:条款|规定|内容|措施))[^，。；\n]{{0,40}}?(?P<verb>{RESUME}{APPLY})",
        yes=("其他条款自2025年12月1日起恢复施行", "其余措施恢复实施"),
        no=("其他条款，恢复施行",),
    )
)
# From an amended document to its items, on the same line (对《…》|作出修改：) or on the lines below.
OPENS = Forms(
    Form("items", r"[^。；]{0,40}$", yes=("作出以下修改：", "作如下修改"), no=("作出修改。",)),
    Form("parts", r"[^。；：《]{0,40}：", yes=("作出修改：将第九条修改为“乙”；删去第十条。",)),
    anchored=True,
)
# … but where its sentence leads to all that the document does: 调整|对原产于美国的商品加征关税措施。有关事项如下：
LEADS_ALL = Forms(
    Form(
        "leads",
        r"[^。；：\n]{0,60}。?\s?(?:现将)?(?:有关|具体|相关)(?:事项|安排|内容)(?:公告|通知)?如下[：。]",
        yes=("对原产于美国的进口商品加征关税措施。有关事项如下：",),
        no=("加征关税。商务部公告2020年第17号停止执行。",),
    ),
    anchored=True,
)


def read(document: Document) -> Reading[tuple[Citation, ...]]:
    """The documents that a document cites, in the order of the text; those that only its title
    names come first.

    `since` and `until` are a half-open interval (periods.py): 至2026年11月10日 is `until`
    2026-11-11T00:00+08:00. A change whose sentence states no start begins when the document itself
    enters into force. `clause` is read for changes only.
    """
    own = OwnPapers(document)
    anchors = _anchors(document)
    cited: list[Cited] = []
    warnings: list[str] = []
    for text in (document.title, document.body):
        found, unnamed, cut = find_references(text, document.issuers)
        if cut:
            warnings.append("citations: more references than are read")
        warnings += [f"citations: 《{name}》 names no document" for name in unnamed]
        kept, inner = _without_own(found, own, text)
        related = relate(text, kept, document.page_kind)
        related += [_inner(text.folded, mention, outer) for mention, outer in inner]
        if text is document.body:
            if document.page_kind == "interview":
                related, unresolved = answered(text, related, anchors)
                warnings += unresolved
            elif document.page_kind == "notice":
                related = resolve(text.folded, related, anchors)
                related, unresolved = measures_changed(text, related, anchors)
                warnings += unresolved
            related = _in_history(document, _in_annexes(document, related))
        related = without_undone(document, text, related)
        related = explained(document, text, related, before=cited)
        related = [
            mention
            for mention in related
            if mention.relation != "mentions" or mention.reference.is_document
        ]
        neighbours = Neighbours(related)
        for mention in sorted(related, key=lambda mention: mention.reference.start):
            cited.append(_cite(document, text, mention, neighbours, anchors))
            if text is document.body and document.page_kind == "notice":
                goes_on(document, mention.reference, cited[-1])
            if cited[-1].relation == "suspends" and text is document.body:
                cited += _rest_resumed(text, mention, cited[-1], anchors)
    together = merged(cited)
    judge(document, together)
    say_why_explained(document, together)
    return _reading(together, warnings)


def _anchors(document: Document) -> Anchors:
    # The day of an act (自…起，对…加征关税) is not that of what another sentence repeals, …
    effect = document.effect
    if effect.act is not None and not LEADS_ALL.match(document.body.folded, effect.act.end):
        effect = Effect()
    effective = effect.at
    if effective is None and effect.on is not None:
        effective = midnight(effect.on)
    words = Passage(document.body, *effect.span) if effect.span else None
    if document.issued_on is not None:
        return Anchors(document.issued_on, effective, document.issued_on, effective_words=words)
    # A page without a date of issue speaks on the day on which it is published.
    day = document.published_on
    return Anchors(day, effective, day, effective_words=words, issued_from_page=True)


def _without_own(
    references: Sequence[Reference], own: OwnPapers, text: Text
) -> tuple[list[Reference], list[tuple[Reference, Reference]]]:
    kept: list[Reference] = []
    inner: list[tuple[Reference, Reference]] = []
    for reference in references:
        if not own.holds(reference, text):
            kept.append(reference)
        elif reference.title is not None:
            # What it issues may change another: 《关于修改〈…〉的决定》.
            inner += [(cited, reference) for cited in reference.inner]
    return kept, inner


def _inner(folded: str, inner: Reference, outer: Reference) -> Related:
    before = IN_TITLE.ranked(folded, outer.title_start, inner.start)
    behind = IN_TITLE.ranked(folded, inner.end, outer.title_end)
    form = next(chain(before, behind), None)
    if form is None:
        return Related(inner, "mentions")
    title = Span(outer.title_start, outer.title_end)
    return Related(inner, relation_of(form), Span(form.start, form.end), within=title)


def _in_history(document: Document, related: list[Related]) -> list[Related]:
    """根据2011年1月8日《…的决定》修订, under the title, tells what revised the text, not what it rests on."""
    history = document.history
    if history is None:
        return related
    return [
        mention._replace(relation="mentions", verb=None)
        if history.start <= mention.reference.start < history.end
        else mention
        for mention in related
    ]


def _in_annexes(document: Document, related: list[Related]) -> list[Related]:
    """What an annex headed 废止的…目录 lists is repealed."""
    lists = [
        annex
        for annex in document.printed_annexes
        if REPEALED_LISTS.search(annex.title) and document.page_kind in ACTS
    ]
    return [_in_list(mention, lists) for mention in related]


def _in_list(mention: Related, lists: list[PrintedAnnex]) -> Related:
    for annex in lists:
        if (
            mention.relation == "mentions"
            and annex.text_start <= mention.reference.start < annex.end
        ):
            return mention._replace(
                relation="repeals", verb=Span(annex.title_start, annex.title_end)
            )
    return mention


def _cite(
    document: Document, text: Text, related: Related, neighbours: Neighbours, anchors: Anchors
) -> Cited:
    reference = related.reference
    is_title = text is document.title
    cited = Cited((0 if is_title else 1, reference.start), related.relation, reference.title)
    if reference.title is not None:
        cited.words["title"] = [Passage(text, reference.title_start, reference.title_end)]
    if reference.number is not None:
        cited.number = reference.number
        words = Passage(text, reference.number_start, reference.number_end)
        cited.words["document_number"] = [words]
        if reference.doubt:
            cited.doubts["document_number"] = reference.doubt
    if related.relation == "mentions" and related.stance.mood != "asserted":
        cited.mood = related.stance.mood
        cited.words["mood"] = words_of_mood(document, text, related)
    elif related.verb is not None:
        cited.words["relation"] = [Passage(text, *related.verb)]
    if related.relation not in CHANGES:
        return cited
    # The items of an amendment end where the next document's begin.
    until = neighbours.next_change(reference.end)
    until = len(text) if until is None else max(text.folded.rfind("\n", 0, until), 0)
    clauses = _clauses(text, related, until, is_title=is_title)
    if related.verb and (rate := clause_of_rate(text, related.verb.end)) and not clauses:
        clauses = [rate]
        # What stands before the verb says for how long: 在90天内|暂停实施|24%的….
        related = related._replace(span=Span(reference.start, related.verb.end))
    if not clauses and (some := _on_some(document, text, related)):
        clauses = [some]
        cited.doubts["clause"] = "of some of those whom the document lists"
    if clauses:
        cited.clause = "、".join(dict.fromkeys(clause.text for clause in clauses))
        cited.words["clause"] = [Passage(text, clause.start, clause.end) for clause in clauses]
    read_object(text, related, cited)
    if related.times is not None:
        set_times(text, cited, *related.times)
        return cited
    read_time(text, related, neighbours, anchors, cited, is_title=is_title)
    if related.relation == "repeals" and related.verb_text.startswith("停止"):
        if cited.until is not None:
            cited.relation = "suspends"
        else:
            cited.doubts["relation"] = "停止 without an end is read as repealed"
    if related.relation == "repeals" and cited.relation == "repeals":
        cited.until = None
        cited.words.pop("until", None)
    return cited


def _rest_resumed(text: Text, related: Related, suspended: Cited, anchors: Anchors) -> list[Cited]:
    """第三条继续暂停实施，其他条款自2025年12月1日起恢复施行: the rest of the same document is in force again."""
    folded = text.folded
    end = sentence_at(folded, related.reference.start).end
    rest_of = REST_RESUMED.search(folded, related.reference.end, end)
    # What stands between may be about another document.
    if rest_of is None or any(
        mark in folded[related.reference.end : rest_of.start] for mark in "》号"
    ):
        return []
    rest = Cited(suspended.order, "resumes", suspended.title, suspended.number)
    rest.words = {
        name: suspended.words[name]
        for name in ("title", "document_number")
        if name in suspended.words
    }
    rest.clause = rest_of["clause"]
    rest.words["clause"] = [Passage(text, *rest_of.span("clause"))]
    rest.words["relation"] = [Passage(text, *rest_of.span("verb"))]
    since = find_since(folded, rest_of.start, rest_of.end, anchors)
    if since is not None:
        rest.since = since.at
        rest.words["since"] = [Passage(text, since.start, since.end)]
    return [rest]


def _on_some(document: Document, text: Text, related: Related) -> Clause | None:
    """暂停执行第21号公告|对甲公司的管控措施: of one of those whom it lists; a spokesman's are the list's (answers.py)."""
    if document.page_kind == "interview" or related.relation not in ("suspends", "repeals"):
        return None
    form = OF_SOME.match(text.folded, related.reference.end)
    return clause_at(text, form.start, form.end) if form else None


def _clauses(text: Text, related: Related, until: int, *, is_title: bool) -> list[Clause]:
    """The clauses that a change names: behind the reference, or in its items up to `until`."""
    end = related.reference.end
    beside = clause_after(text, end) or clause_before(text, related.reference.start)
    beside = beside or clause_described(text, end)
    if beside is not None:
        return [beside]
    line = (
        None if is_title or related.relation != "amends" else text.line_at(related.reference.start)
    )
    if line is None:
        return []
    opens = OPENS.match(text.folded, end, line.end)
    if opens is None:
        return []
    if opens.name == "items":
        return changed_clauses(text.lines, line.index + 1, until)
    return clauses_on_line(line, opens.end)


def _reading(cited: list[Cited], warnings: list[str]) -> Reading[tuple[Citation, ...]]:
    values: list[Citation] = []
    evidence: list[Evidence] = []
    for index, citation in enumerate(cited):
        values.append(
            Citation(
                title=citation.title,
                document_number=citation.number.canonical() if citation.number else None,
                document_number_parts=citation.number.parts() if citation.number else None,
                relation=citation.relation,
                clause=citation.clause,
                since=citation.since,
                until=citation.until,
                object=citation.object,
                mood=citation.mood,
                authority=citation.reason is None,
                reason=citation.reason,
            )
        )
        path = f"citations[{index}]"
        for name, passages in citation.words.items():
            evidence += [passage.evidence(f"{path}.{name}") for passage in passages]
        warnings += [f"{path}.{name}: {doubt}" for name, doubt in citation.doubts.items()]
    return Reading(tuple(values), tuple(evidence), tuple(dict.fromkeys(warnings)))
