"""What a document does to another: the relation of a reference, from the words around it.

A verb (verbs.py) counts only where it governs the reference: right before it, right behind it, or in
the line that opens the list in which it stands (leads.py). What another document did
(…发布第40号公告，决定…) is told, not done.
"""

import re
from collections.abc import Sequence

from services.parser.document.citations.clauses import clause_after
from services.parser.document.citations.grouping import another_clause, groups_of, is_note
from services.parser.document.citations.leads import Lead, by_lead, find_leads
from services.parser.document.citations.quotations import in_quotation
from services.parser.document.citations.reference import Reference
from services.parser.document.citations.related import CHANGES, Related
from services.parser.document.citations.verbs import BASIS, BEFORE, BEHIND, PLANNED, TOLD
from shared.chinese.acts import ISSUE
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Span, Text

_LOOK_BACK = 160
_QUESTION = re.compile(r"\s*(?:有?(?:媒体|记者)(?:提?问)?[：，]|有记者问|问[：，])")
_PUBLISHED = re.compile(rf"^{ISSUE}的")
_ACTS: frozenset[str] = frozenset({"notice", "law"})


def relate(text: Text, references: Sequence[Reference], kind: str) -> list[Related]:
    """Every reference of a text with its relation, in order. Only notices and laws repeal and
    amend; an answer of the spokesman suspends, resumes and ends, and news only tell.
    """
    if not references:
        return []
    leads = find_leads(text.lines)
    groups = groups_of(text, references)
    related: list[Related] = []
    for group in groups:
        related += [
            one if _may(one, kind) else Related(one.reference, "mentions")
            for one in _relate_group(text, group, leads)
        ]
    return _without_reports(text.folded, related) if kind == "interview" else related


def _without_reports(folded: str, related: list[Related]) -> list[Related]:
    """An answer that says which announcement does something (根据商务部公告2025年第72号，…暂停…) does not do it
    itself, nor does a question.
    """
    reporting = {
        sentence_at(folded, one.reference.start)
        for one in related
        if one.relation == "basis" and one.reference.number and one.reference.number.type
    }
    read: list[Related] = []
    for one in related:
        here = sentence_at(folded, one.reference.start)
        asked = folded[here.end : here.end + 1] in ("？", "?") or bool(
            _QUESTION.match(_line_head(folded, here.start))
        )
        if one.relation in CHANGES and (asked or here in reporting):
            one = Related(one.reference, "mentions")
        read.append(one)
    return read


def _line_head(folded: str, at: int) -> str:
    start = folded.rfind("\n", 0, at) + 1
    return folded[start : start + 16]


def _may(one: Related, kind: str) -> bool:
    if one.relation not in CHANGES or kind in _ACTS:
        return True
    if kind != "interview":
        return False
    # An answer that reports a new regulation (原办法同时废止) repeals nothing itself.
    return one.relation in ("suspends", "resumes", "extends") or "停止" in one.verb_text


def _relate_group(text: Text, group: list[Reference], leads: dict[int, Lead]) -> list[Related]:
    folded = text.folded
    start, end = group[0].start, max(one.end for one in group)
    here = sentence_at(folded, start)
    clause = clause_after(text, end)
    behind = clause.end if clause else end
    before = _back(folded, here, start)
    if in_quotation(folded, here, start, end):
        return [Related(one, "mentions") for one in group]
    found: Related | None = None
    if (parted := _parted(folded, group, start, behind, here)) > 0:
        return [
            *_relate_group(text, group[:parted], leads),
            *_relate_group(text, group[parted:], leads),
        ]
    if (cut := another_clause(folded, group, behind, here)) and _basis(before):
        # 根据《…法》，第23号公告同时调整如下: what stands behind the comma is changed, not rested on.
        return [
            *_relate_group(text, group[:cut], leads),
            *_relate_group(text, group[cut:], leads),
        ]
    if not _basis(before):
        found = _by_verb_behind(folded, group[0], behind, here)
        found = found or _by_verb_before(folded, group[0], start, here)
        found = found or by_lead(group[0], text, leads)
    elif (again := _by_verb_behind(folded, group[0], behind, here)) is not None and re.match(
        r"同时|一并|予以", again.verb_text
    ):
        found = again
    if found is None and (basis := _basis(before)):
        offset = start - len(before)
        verb = Span(offset + basis.start("verb"), offset + basis.end("verb"))
        found = Related(group[0], "basis", verb)
    told = _is_told(folded, group[0], here)
    if found is None:
        return [Related(one, "mentions", told=told) for one in group]
    return [
        Related(one, "mentions")
        if is_note(folded, one, group)
        else found._replace(reference=one, span=Span(start, behind))
        for one in group
    ]


def _parted(folded: str, group: list[Reference], start: int, behind: int, here: Span) -> int:
    """暂停施行第55号；第57号恢复施行: the place of the first reference behind the semicolon, where the verb
    before the first and the one behind the last say different things; 0 where they do not.
    """
    place = next(
        (
            place
            for place in range(len(group) - 1, 0, -1)
            if "；" in folded[group[place - 1].end : group[place].start]
        ),
        0,
    )
    if not place:
        return 0
    before = _by_verb_before(folded, group[0], start, here)
    after = _by_verb_behind(folded, group[-1], behind, here)
    return place if before and after and before.relation != after.relation else 0


def _is_told(folded: str, one: Reference, here: Span) -> bool:
    """Whether the text reports the publication: 商务部发布2016年第4号公告, 印发了《…》."""
    within = folded[one.start : one.number_end] if one.title is None else ""
    return bool(re.search(ISSUE, within) or TOLD.search(_back(folded, here, one.start)))


def _back(folded: str, here: Span, start: int) -> str:
    return folded[max(here.start, start - _LOOK_BACK) : start]


def _basis(before: str) -> re.Match[str] | None:
    return BASIS.search(before)


def _by_verb_behind(folded: str, one: Reference, behind: int, here: Span) -> Related | None:
    for relation, pattern in BEHIND:
        match = pattern.match(folded, behind, here.end)
        if match is None or _tells_another(folded, one, behind, match, here):
            continue
        verb = Span(*match.span("verb"))
        return Related(one, relation, verb, verb_text=match["verb"])
    return None


def _tells_another(
    folded: str, one: Reference, behind: int, match: re.Match[str], here: Span
) -> bool:
    """发布2016年第4号公告，决定…: the verb is what the cited one did, or what is planned."""
    # What an announcement published (2002年第59号公告公布的目录同时废止) stands for it.
    between = _PUBLISHED.sub("", folded[behind : match.start("verb")])
    # 中关于反倾销的规定同时废止: what is repealed are the provisions.
    if re.search(rf"决定|(?<!的)规定|明确|要求|{ISSUE}|宣布(?!$)|提出|曾|已于", between):
        return True
    return bool(
        _is_told(folded, one, here)
        and not re.match(r"废止|失效|停止|同时|予以|暂停|现", match["verb"])
    )


def _by_verb_before(folded: str, one: Reference, start: int, here: Span) -> Related | None:
    for relation, pattern in BEFORE:
        before = _back(folded, here, start)
        match = pattern.search(before)
        if match is None:
            continue
        offset = start - len(before)
        verb = Span(offset + match.start("verb"), offset + match.end("verb"))
        if PLANNED.search(before[: match.start("verb")]):
            continue
        if match["verb"] == "宣布" and not re.match(
            r"[^，。；]{0,20}(?:废止|失效)", folded[one.end :][:30]
        ):
            continue
        return Related(one, relation, verb, verb_text=match["verb"])
    return None
