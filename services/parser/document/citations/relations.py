"""What a document does to another: the relation of a reference, from the words around it.

A verb (verbs.py) counts only where it governs the reference: right before it, right behind it, or in
the line that opens the list in which it stands (leads.py). What another document did
(…发布第40号公告，决定…) is reported, not done.
"""

from collections.abc import Sequence

from services.parser.document.citations.clauses import clause_after
from services.parser.document.citations.grouping import another_clause, groups_of, is_note
from services.parser.document.citations.leads import Lead, by_lead, find_leads
from services.parser.document.citations.quotations import in_quotation
from services.parser.document.citations.related import CHANGES, Related, relation_of
from services.parser.document.citations.relation_forms import (
    BY,
    BY_ANOTHER,
    DISAGREES,
    DONE,
    IN_ANY_CASE,
    INVESTIGATED,
    ISSUES,
    NOW,
    PUBLISHED,
    SAYS,
    WITH,
)
from services.parser.document.citations.verbs import BASIS, BEFORE, BEHIND, EXCEPTED, REPORTED
from shared.chinese.form import Found
from shared.chinese.moods import Stance
from shared.chinese.references.reference import Reference
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Span, Text
from shared.notice import ACTS

_LOOK_BACK = 160
_REPORTED = Stance("reported")
# What is done to an investigation is none of these to its announcement.
_OF_MEASURES = frozenset({"repeals", "suspends", "resumes"})


def relate(text: Text, references: Sequence[Reference], kind: str) -> list[Related]:
    """Every reference of a text with its relation, in order. Only notices and laws repeal and
    amend; an answer of the spokesman suspends, resumes and ends, and news only mention.
    """
    if not references:
        return []
    leads = find_leads(text.lines)
    groups = groups_of(text, references)
    found: list[Related] = []
    for group in groups:
        found += [
            related if _may(related, kind) else related.undone(_REPORTED)
            for related in _relate_group(text, group, leads)
        ]
    return _without_reports(text.folded, found) if kind == "interview" else found


def _without_reports(folded: str, found: list[Related]) -> list[Related]:
    """An answer that says which announcement does something (根据商务部公告2025年第72号，…暂停…) does not do it
    itself.
    """
    reporting = {
        sentence_at(folded, related.reference.start)
        for related in found
        if related.relation == "basis"
        and related.reference.number
        and related.reference.number.type
    }
    read: list[Related] = []
    for related in found:
        here = sentence_at(folded, related.reference.start)
        if related.relation in CHANGES and here in reporting:
            related = related.undone(_REPORTED)
        read.append(related)
    return read


def _may(related: Related, kind: str) -> bool:
    if related.relation not in CHANGES or kind in ACTS:
        return True
    if kind != "interview":
        return False
    # An answer that reports a new regulation (原办法同时废止) repeals nothing itself.
    return related.relation in ("suspends", "resumes", "extends") or "停止" in related.verb_text


def _relate_group(text: Text, group: list[Reference], leads: dict[int, Lead]) -> list[Related]:
    folded = text.folded
    start, end = _begins(folded, group[0]), max(reference.end for reference in group)
    here = sentence_at(folded, start)
    clause = clause_after(text, end)
    behind = clause.end if clause else end
    if in_quotation(folded, here, start, end):
        return [Related(reference, "mentions") for reference in group]
    if excepted := EXCEPTED.match(folded, behind, here.end):
        left = Stance("negated", excepted.start, excepted.end)
        return [Related(reference, "mentions", stance=left) for reference in group]
    if BY.search(folded, here.start, start) or BY_ANOTHER.match(folded, end, here.end):
        return [Related(reference, "mentions") for reference in group]
    if WITH.search(folded, here.start, start) and DISAGREES.match(folded, behind, here.end):
        return [Related(reference, "mentions") for reference in group]
    basis = BASIS.search(folded, _back(here, start), start)
    cut = _parted(folded, group, start, behind, here)
    if not cut and basis:
        # 根据《…法》，第23号公告同时调整如下: what stands behind the comma is changed, not rested on.
        cut = another_clause(folded, group, end, here) or another_clause(
            folded, group, behind, here
        )
    if cut:
        return [
            *_relate_group(text, group[:cut], leads),
            *_relate_group(text, group[cut:], leads),
        ]
    found = _by_verb_behind(folded, group[0], behind, here)
    if basis is None:
        found = found or _by_verb_before(folded, group[0], start, here)
        found = found or by_lead(group[0], text, leads)
    elif found is None or not IN_ANY_CASE.match(found.verb_text):
        found = Related(group[0], "basis", Span(*basis.span("verb")))
    if found is None:
        reported = _is_reported(folded, group[0], here)
        return [Related(reference, "mentions", reported=reported) for reference in group]
    return [
        Related(reference, "mentions")
        if is_note(folded, reference, group)
        else found._replace(reference=reference, span=Span(start, behind))
        for reference in group
    ]


def _begins(folded: str, reference: Reference) -> int:
    """Where a reference begins with what the numbers of a list share, for the first of them:
    暂停实施|商务部、海关总署公告2025年|第55号、第56号.
    """
    if reference.number is None or reference.number_start >= reference.start:
        return reference.start
    shared = folded[reference.number_start : reference.start]
    return reference.start if "号" in shared or "；" in shared else reference.number_start


def _parted(folded: str, group: list[Reference], start: int, behind: int, here: Span) -> int:
    """暂停施行第55号；第57号恢复施行: which reference is the first behind the comma or semicolon, where a verb
    stands before the first and another behind the last; 0 where it does not.
    """
    first = next(
        (
            index
            for index in range(len(group) - 1, 0, -1)
            if set("；，") & set(folded[group[index - 1].end : group[index].start])
        ),
        0,
    )
    if not first:
        return 0
    before = _by_verb_before(folded, group[0], start, here)
    after = _by_verb_behind(folded, group[-1], behind, here)
    return first if before and after else 0


def _is_reported(folded: str, reference: Reference, here: Span) -> bool:
    """Whether the text reports the publication: 商务部发布2016年第4号公告, 印发了《…》."""
    within = folded[reference.start : reference.number_end] if reference.title is None else ""
    return bool(
        ISSUES.search(within)
        or REPORTED.search(folded, _back(here, reference.start), reference.start)
    )


def _back(here: Span, start: int) -> int:
    """From where words before a reference can govern it."""
    return max(here.start, start - _LOOK_BACK)


def _by_verb_behind(folded: str, reference: Reference, behind: int, here: Span) -> Related | None:
    form = BEHIND.match(folded, behind, here.end)
    if form is None or _is_anothers(folded, reference, behind, form, here):
        return None
    verb = Span(*form.span("verb"))
    if relation_of(form) in _OF_MEASURES and INVESTIGATED.match(folded, behind, verb.start):
        return None
    return Related(reference, relation_of(form), verb, verb_text=form["verb"])


def _is_anothers(folded: str, reference: Reference, behind: int, form: Found, here: Span) -> bool:
    """发布2016年第4号公告，决定…: the verb is what the cited one did, or what is planned."""
    # What an announcement published (2002年第59号公告公布的目录同时废止) stands for it.
    published = PUBLISHED.match(folded, behind, form.span("verb")[0])
    between = folded[published.end if published else behind : form.span("verb")[0]]
    # 中关于反倾销的规定同时废止: what is repealed are the provisions.
    if SAYS.search(between):
        return True
    return bool(_is_reported(folded, reference, here) and not NOW.search(form["verb"]))


def _by_verb_before(folded: str, reference: Reference, start: int, here: Span) -> Related | None:
    back = _back(here, start)
    form = next(BEFORE.ranked(folded, back, start), None)
    if form is None:
        return None
    # 终止第4号公告所立反倾销调查: that announcement is not ended.
    if relation_of(form) in _OF_MEASURES and INVESTIGATED.match(folded, reference.end, here.end):
        return None
    verb = Span(*form.span("verb"))
    related = Related(reference, relation_of(form), verb, verb_text=form["verb"])
    # 第9号公告已废止第1号公告: what another has done.
    done = DONE.search(folded, here.start, verb.start)
    return related.undone(Stance("reported", done.start, done.end)) if done else related
