"""What a list notice decides: on which list, what is done, to whom, to how many."""

from itertools import islice

from services.parser.document.document import Document
from services.parser.document.entity_lists.countermeasures import countermeasures
from services.parser.document.entity_lists.decision import Count, Decision, counts_in
from services.parser.document.entity_lists.lists import MENTIONS, list_at
from services.parser.document.entity_lists.placements import decision_at, measured
from shared.chinese.form import Form, Forms
from shared.chinese.text import Span

# From one list to the next: 列入管控名单|和|不可靠实体清单.
JOINS = Forms(
    Form(
        "and",
        "[”》]?(?:和|及|以及|、|并列入|，并列入)[“《]?$",
        yes=("和", "”和“", "，并列入"),
        no=("，移出",),
    ),
    anchored=True,
)
# In a title whose counts are not only of those that are listed.
COUNTS_OTHERS = Forms(
    Form(
        "measures",
        r"采取(?!反制)[^，。]{0,60}措施",
        yes=("对甲公司等三家企业采取不可靠实体清单措施",),
        no=("对甲公司等三家企业采取反制措施",),
    )
)
# What decides more often, or speaks of lists more often, is no notice.
_MOST, _MOST_MENTIONS = 60, 300


def find_decisions(document: Document) -> list[Decision]:
    """What the main text decides in its own sentences, in order; the title's when none does.

    A sentence that reports what an earlier notice decided (2023年2月16日，…将…列入), or what may be
    applied for (可申请移出关注名单), decides nothing.
    """
    folded = document.body.folded
    found: list[Decision] = []
    for mention in islice(MENTIONS.finditer(folded, 0, document.main_end), _MOST_MENTIONS):
        decision = decision_at(document, document.body, mention)
        if decision:
            found.append(decision)
        # 列入管控名单和不可靠实体清单
        elif found and JOINS.match(folded, found[-1].list_span.end, mention.start):
            span = Span(mention.start, mention.end)
            found.append(found[-1]._replace(list=list_at(mention), list_span=span))
        if len(found) == _MOST:
            break
    found += countermeasures(document)
    found.sort(key=lambda decision: decision.list_span)
    if not found:
        found = list(measured(document))
    if found:
        return found
    title = document.title.folded
    for mention in MENTIONS.finditer(title):
        decision = decision_at(document, document.title, mention)
        if decision is not None:
            return [decision]
    return []


def speaks_of_more(document: Document) -> bool:
    """Whether the main text speaks of lists more often than is looked at."""
    mentions = MENTIONS.finditer(document.body.folded, 0, document.main_end)
    return next(islice(mentions, _MOST_MENTIONS, None), None) is not None


def title_counts(document: Document) -> tuple[Count, ...]:
    """How many the title says are listed. 对甲公司等三家企业采取不可靠实体清单措施 counts others too: of three,
    two were listed and one was warned (不可靠实体清单工作机制公告2024年第1号).
    """
    title = document.title.folded
    if COUNTS_OTHERS.search(title):
        return ()
    return tuple(counts_in(title, 0, len(title)))
