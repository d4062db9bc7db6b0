"""Whether a passage reports an earlier document: 2018年4月19日，商务部发布2018年第40号公告，决定…征收反倾销税."""

from services.parser.document.document import Document
from shared.chinese.dates import find_dates

# The last day stands near in most sentences.
_NEAR, _PARAGRAPH = 200, 3000


def is_reported(document: Document, start: int) -> bool:
    """Whether what stands at `start` reports an earlier document: the last day that the paragraph
    names before it lies before the notice's own date.
    """
    if document.issued_on is None:
        return False
    folded = document.body.folded
    for reach in (_NEAR, _PARAGRAPH):
        first = max(0, start - reach)
        begin = max(first, folded.rfind("\n", first, start) + 1)
        if days := find_dates(folded, begin, start):
            return days[-1].value < document.issued_on
        if begin > first:
            break
    return False
