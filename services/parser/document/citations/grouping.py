"""References that stand together: one verb governs them all."""

import re
from collections.abc import Sequence

from services.parser.document.citations.clauses import clause_after
from services.parser.document.citations.reference import Reference
from shared.chinese.acts import ISSUE
from shared.chinese.dates import DAY
from shared.chinese.numerals import TENS
from shared.chinese.text import Span, Text

_NEXT = re.compile(
    r"[\s）]{0,2}(?:公告|通告|令)?(?:的?(?:有关|相关)?(?:规定|要求|精神)?)?\s?等?\s?(?:、|，|；|和|及|以及|与|或|或者)?\s?(?:同时)?"
    # 4月9日公告（商务部公告2025年第22号）
    rf"(?:{DAY}的?(?:公告)?)?"
    r"(?:[《（“\s]|原|中华人民共和国|[一-龥]{2,10}(?:部|委|局|署|院|会|办|办公厅)){0,4}\s?"
)


# What begins a clause of its own behind a comma: 依据《甲条例》，第1号公告所确定的税率调整为….
_OWN_VERB = re.compile(
    rf"\s?(?:同时|一并|现予?以?|所(?:确定|规定|{ISSUE}|列|附)|自\d|(?:{ISSUE}|确定)的|中的?“)"
)


def groups_of(text: Text, references: Sequence[Reference]) -> list[list[Reference]]:
    """The references of a text, in order, in groups: 第21号、第22号公告和《…》 are one."""
    groups: list[list[Reference]] = []
    for reference in references:
        if groups:
            last = groups[-1][-1]
            sure = max(member.end for member in groups[-1])
            clause = clause_after(text, last.end)
            begins = clause.end if clause and clause.end <= reference.start else last.end
            # A note in the brackets of one of them is not what the next one follows.
            begins = max(begins, sure)
            if reference.start < sure:
                groups[-1].append(reference)
                continue
            if reference.start - begins <= 40 and _NEXT.fullmatch(
                text.folded, begins, reference.start
            ):
                groups[-1].append(reference)
                continue
        groups.append([reference])
    return groups


def another_clause(folded: str, group: list[Reference], behind: int, here: Span) -> int:
    """The index of the first reference of a new clause with its own verb; 0 if there is none."""
    if not _OWN_VERB.match(folded, behind, here.end):
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
    return any(
        other is not reference
        and other.start <= reference.start
        and reference.end <= other.end
        and reference.title is None
        for other in group
    ) and bool(
        re.match(rf"\s?(?:第[{TENS}]次)?(?:修[订正改]|{ISSUE})", folded[reference.end :][:8])
    )
