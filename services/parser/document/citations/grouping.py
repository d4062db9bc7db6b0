"""References that stand together: one verb governs them all."""

from collections.abc import Sequence

from services.parser.document.citations.clauses import clause_after
from services.parser.document.citations.grouping_forms import JOINS, NOTES, OWN_VERBS
from shared.chinese.references.reference import Reference
from shared.chinese.text import Span, Text

# How far the next one of an enumeration may stand from the one before it.
_FURTHEST = 120


def groups_of(text: Text, references: Sequence[Reference]) -> list[list[Reference]]:
    """The references of a text, in order, in groups: 第21号、第22号公告和《…》 are one."""
    groups: list[list[Reference]] = []
    # Where the last group ends: a note in the brackets of one reference ends before it.
    sure = 0
    for reference in references:
        before, sure = sure, max(sure, reference.end)
        if groups:
            last = groups[-1][-1]
            clause = clause_after(text, last.end)
            begins = clause.end if clause and clause.end <= reference.start else last.end
            # A note in the brackets of one of them is not what the next one follows.
            begins = max(begins, before)
            if reference.start < before:
                groups[-1].append(reference)
                continue
            near = reference.start - begins <= _FURTHEST and (
                "\n" not in text.folded[begins : reference.start]
            )
            if near and JOINS.match(text.folded, begins, reference.start):
                groups[-1].append(reference)
                continue
        groups.append([reference])
    return groups


def another_clause(folded: str, group: list[Reference], behind: int, here: Span) -> int:
    """The index of the first reference of a new clause with its own verb; 0 if there is none."""
    if not OWN_VERBS.match(folded, behind, here.end):
        return 0
    return next(
        (
            index
            for index in range(len(group) - 1, 0, -1)
            if "，" in folded[group[index - 1].end : group[index].start]
        ),
        0,
    )


def is_note(folded: str, reference: Reference, group: list[Reference]) -> bool:
    """国务院令第687号修订 within the bracket that gives another number."""
    return (
        reference.title is None
        and NOTES.match(folded, reference.end) is not None
        and any(
            other is not reference and other.start <= reference.start and reference.end <= other.end
            for other in group
        )
    )
