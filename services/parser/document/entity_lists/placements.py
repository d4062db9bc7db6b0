"""What a sentence decides that names a list: 将…列入, 移出, 暂停对…的措施, 更名为."""

from collections.abc import Iterator
from typing import NamedTuple

from services.parser.document.document import Document
from services.parser.document.entity_lists.decision import (
    Action,
    Decision,
    action_of,
    counts_in,
    is_decided,
    last_of,
    object_behind,
    sentence_bounds,
)
from services.parser.document.entity_lists.decision_forms import (
    AFTER_STOPPED,
    APPLICANT,
    BEFORE_LIST,
    FORMER_BEHIND,
    FORMER_ENDS,
    FORMER_IN_LIST,
    LISTED,
    LISTED_TAKEN_OUT,
    MEASURED,
    MEASURES,
    NO_OBJECT,
    OF_NOTICE,
    OF_WHOM,
    PLACED,
    RENAMED,
    STOPPED,
    STOPPED_BEHIND,
    SUBJECT,
    TAKEN,
    TAKEN_BACK,
    TAKEN_OUT,
)
from services.parser.document.entity_lists.enumeration_forms import CLASSES
from services.parser.document.entity_lists.lists import MENTIONS, UNRELIABLE, list_at
from shared.chinese.annexes import annex_numbers
from shared.chinese.form import Found
from shared.chinese.markers import marker_at
from shared.chinese.text import Span, Text

_PRONOUNS = ("其", "该", "该企业", "该实体", "上述实体", "上述企业", "相关实体")
# How far before a list's name its verb begins, and how far behind it a name changes.
_LONGEST_VERB, _LONGEST_RENAMING, _LONGEST_START = 12, 500, 40


def decision_at(document: Document, text: Text, mention: Found) -> Decision | None:
    """What the sentence of a text that names a list at `mention` decides."""
    folded = text.folded
    begin, end = sentence_bounds(folded, mention.start)
    parts = _parts(folded, begin, mention, end)
    if parts is None:
        return None
    names = parts.names
    start = min(names.start, parts.verb.start) if parts.begins is None else parts.begins
    if not is_decided(document, text, start, parts.verb):
        return None
    if folded[names.start : names.end].strip() in _PRONOUNS:
        applicant = APPLICANT.search(folded, begin, names.start)
        if applicant is None:
            return None
        names = Span(*applicant.span("names"))
    return Decision(
        text,
        list_at(mention),
        parts.action,
        Span(mention.start, mention.end),
        parts.verb,
        names,
        tuple(counts_in(folded, *names)),
        end,
        # 将附件1所列实体列入…，将附件2所列实体移出…: its own, if its object names any.
        annex_numbers(folded, *names) or annex_numbers(folded, begin, end),
        former=parts.former,
        doubt=parts.doubt,
    )


def measured(document: Document) -> Iterator[Decision]:
    """Measures on an entity that an earlier notice listed change its entry."""
    folded = document.body.folded
    form = MEASURED.search(folded, 0, document.main_end)
    mention = MENTIONS.search(folded, form.start, form.end) if form else None
    if form and mention:
        names = Span(*form.span("names"))
        yield Decision(
            document.body,
            UNRELIABLE,
            action_of(form),
            Span(mention.start, mention.end),
            Span(*form.span("verb")),
            names,
            tuple(counts_in(folded, *names)),
            form.end,
        )


class _Parts(NamedTuple):
    """Action, the verb's span, the span of whom it concerns, and of the name that an entry had; `begins`
    is where the words of the act begin, if neither with the verb nor with the names.
    """

    action: Action
    verb: Span
    names: Span
    former: Span | None = None
    begins: int | None = None
    doubt: str | None = None


def _parts(folded: str, begin: int, mention: Found, end: int) -> _Parts | None:
    first, last = mention.start, mention.end
    placed = PLACED.search(folded, max(begin, first - _LONGEST_VERB), first)
    if placed and placed.name != "out of":
        start = object_behind(folded, "将", begin, placed.start)
        if start and placed.name == "add" and NO_OBJECT.match(folded[start : placed.start]):
            taken = LISTED_TAKEN_OUT.match(folded, last, end)
            if taken is None:
                return None
            verb, names = Span(*taken.span("verb")), Span(*taken.span("names"))
            return _Parts(action_of(taken), verb, names, begins=start)
        if start and placed.name == "add" and (back := TAKEN_BACK.search(folded, begin, start)):
            return _Parts(action_of(back), Span(*back.span("verb")), Span(start, placed.start))
        if start:
            verb = Span(placed.start, placed.end)
            return _Parts(action_of(placed), verb, Span(start, placed.start))
        return _of_listed(folded, begin, mention, end, placed.start) or _of_subject(
            folded, begin, placed
        )
    if placed and (taken := TAKEN_OUT.match(folded, last, end)):
        start = object_behind(folded, "将", begin, placed.start)
        names = Span(start, placed.start)
        return _Parts(action_of(taken), Span(*taken.span("verb")), names) if start else None
    if parts := _of_measures(folded, begin, mention, end):
        return parts
    renamed = RENAMED.search(folded, last + 1, min(end, last + _LONGEST_RENAMING))
    if renamed and "。" not in folded[last : renamed.start]:
        former = _former(folded, last, renamed.start)
        verb = Span(renamed.start, renamed.end)
        return _Parts(action_of(renamed), verb, Span(renamed.end, end), former)
    return None


def _of_listed(folded: str, begin: int, mention: Found, end: int, placed: int) -> _Parts | None:
    """停止列入|出口管制管控名单|的15家美国实体的相关措施, 对列入|出口管制管控名单|的甲公司暂停相关措施"""
    first, last = mention.start, mention.end
    measures = MEASURES.match(folded, last, end)
    stopped = last_of(STOPPED.finditer(folded, begin, first))
    if stopped and measures and measures.name == "measures on some":
        verb = Span(stopped.start, stopped.end)
        return _Parts(action_of(stopped), verb, Span(*measures.span("names")))
    listed = LISTED.match(folded, last, end)
    if listed is None:
        return None
    verb = Span(*listed.span("verb"))
    stopped = STOPPED.search(folded, *verb)
    if stopped is None:
        return None
    return _Parts(action_of(stopped), verb, Span(*listed.span("names")), begins=placed)


def _of_subject(folded: str, begin: int, placed: Found) -> _Parts | None:
    """甲公司自2026年3月1日起移出|不可靠实体清单"""
    marker = marker_at(folded, begin, placed.start)
    start = marker.end if marker else begin
    subject = SUBJECT.match(folded, start, placed.start)
    if subject is None or CLASSES.match(folded, *subject.span("names")):
        return None
    names = Span(*subject.span("names"))
    return _Parts(action_of(placed), Span(placed.start, placed.end), names, begins=start)


def _of_measures(folded: str, begin: int, mention: Found, end: int) -> _Parts | None:
    """暂停对甲公司采取的|不可靠实体清单|措施, 对甲公司停止|…|措施, 对甲公司采取的|…|措施，自即日起暂停"""
    first, last = mention.start, mention.end
    measures = MEASURES.match(folded, last, end)
    if measures is None or measures.name != "measures":
        return None
    stopped = last_of(STOPPED.finditer(folded, begin, first))
    if stopped is None:
        behind = STOPPED.search(folded, measures.end, min(end, measures.end + _LONGEST_START))
        whom = OF_WHOM.search(folded, begin, first)
        if behind and whom and STOPPED_BEHIND.match(folded, measures.end, behind.start):
            verb = Span(behind.start, behind.end)
            return _Parts(action_of(behind), verb, Span(*whom.span("names")))
        taken = TAKEN.search(folded, begin, first)
        if taken is None:
            return None
        names = Span(*taken.span("names"))
        doubt = "measures of the list are read as a listing"
        return _Parts(action_of(taken), Span(*taken.span("verb")), names, doubt=doubt)
    verb = Span(stopped.start, stopped.end)
    after = AFTER_STOPPED.match(folded, stopped.end, first)
    start = after.end if after else stopped.end
    ends = BEFORE_LIST.search(folded, start, first)
    names = Span(start, ends.start if ends else first)
    # 停止执行商务部公告2025年第13号对|甲公司: one of those whom the notice lists.
    if of_notice := OF_NOTICE.match(folded, *names):
        names = Span(of_notice.end, names.end)
    if not folded[slice(*names)].strip("“的") and (
        whom := OF_WHOM.search(folded, begin, verb.start)
    ):
        names = Span(*whom.span("names"))
    return _Parts(action_of(stopped), verb, names)


def _former(folded: str, start: int, end: int) -> Span:
    """The former name between a list's name and the verb."""
    behind = FORMER_BEHIND.search(folded, start, end)
    if behind:
        return _quoted(folded, Span(behind.span("former")[0], end))
    in_list = FORMER_IN_LIST.match(folded, start, end)
    ends = FORMER_ENDS.search(folded, start, end)
    return _quoted(folded, Span(in_list.end if in_list else start, ends.start if ends else end))


def _quoted(folded: str, span: Span) -> Span:
    """What stands in quotation marks in a part of the text: 序号3的“甲公司”; else all of it."""
    first, last = folded.find("“", *span), folded.rfind("”", *span)
    return Span(first + 1, last) if -1 < first < last else span
