"""From when until when: which part of a sentence states the time of a change.

The part of the sentence that names the document goes first, then what stands between the commas before
and behind it; a time that stands with another document, or with another verb, is that one's.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from services.parser.document.citations.cited import Cited
from services.parser.document.citations.periods import Anchors, Edge, find_since, find_until
from services.parser.document.citations.related import CHANGES, Related
from shared.chinese.acts import RESUME, SUSPEND
from shared.chinese.form import Form, Forms
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Passage, Span, Text
from shared.notice import Relation

# Relations whose time is that of the document itself when their sentence states none.
_WITH_EFFECT: frozenset[Relation] = CHANGES - {"corrects", "extends"}
_LASTS: frozenset[Relation] = frozenset({"suspends", "extends"})
_CUT = re.compile("[，；]")
_WORDING = re.compile(r"“[^“”]*”")
# Of what another part of the sentence does, whose time would be that verb's.
VERBS = Forms(
    Form(
        "changes",
        f"{SUSPEND}|停止|{RESUME}|废止|失效|调整为|修改为|延长",
        yes=("暂停实施", "废止", "调整为"),
        no=("调整了",),
    )
)


class Neighbours:
    """The spans of a text's references, for looking up those near another."""

    def __init__(self, related: Sequence[Related]) -> None:
        self._spans = sorted(
            {Span(mention.reference.start, mention.reference.end) for mention in related}
        )
        self._changes = sorted(
            mention.reference.start for mention in related if mention.relation in CHANGES
        )

    def within(self, part: Span) -> bool:
        """Whether a reference touches a part of the text."""
        index = bisect_left(self._spans, (part.end, 0))
        return any(span.end > part.start for span in self._spans[max(0, index - 8) : index])

    def next_change(self, at: int) -> int | None:
        """Where the next reference that is changed begins."""
        index = bisect_right(self._changes, at)
        return self._changes[index] if index < len(self._changes) else None


def read_time(
    text: Text,
    mention: Related,
    neighbours: Neighbours,
    anchors: Anchors,
    cited: Cited,
    *,
    is_title: bool,
) -> None:
    """Fill in `since` and `until` of a change, with the words that state them or with doubts."""
    folded = text.folded
    if mention.relation in ("amends", "corrects"):
        folded = _without_wording(folded)
    span = mention.span or Span(mention.reference.start, mention.reference.end)
    own, back, ahead = _segments(folded, span)
    lead = [mention.lead] if mention.lead is not None else []
    # 第55号的暂停期限届满，自2025年6月10日起恢复实施
    verb = mention.verb
    verbs = [part for part in ahead if verb is not None and part.start <= verb.start < part.end]
    since = next(
        (
            edge
            for part in (*verbs, own, *_idle(folded, back), *_idle(folded, ahead), *lead)
            if (edge := find_since(folded, part.start, part.end, anchors)) is not None
        ),
        None,
    )
    if since is not None:
        _set(text, cited, "since", since)
    elif mention.relation in _WITH_EFFECT and anchors.effective is not None:
        cited.since = anchors.effective
        if anchors.effective_words is not None:
            cited.words["since"] = [anchors.effective_words]
        else:
            cited.doubts["since"] = "the label's, not the text's"
    elif mention.relation in _WITH_EFFECT and not is_title:
        cited.doubts["since"] = "the text names no start"
    if mention.relation not in _LASTS and not mention.verb_text.startswith("停止"):
        return
    # A term that stands with another reference is that one's.
    free = [
        part
        for part in (*_idle(folded, _same_clause(folded, back)), *ahead[:1], *lead)
        if not neighbours.within(part)
        or (mention.lead is not None and part == mention.lead and not mention.reported)
    ]
    ends = [
        edge
        for part in (own, *free)
        if (edge := find_until(folded, part.start, part.end, cited.since, anchors)) is not None
    ]
    # 延长3个月，即截止日期为2025年4月5日: the day says what the period does not.
    until = next((edge for edge in ends if edge.at is not None), ends[0] if ends else None)
    _set(text, cited, "until", until)


@lru_cache(maxsize=4)  # a text amends many documents
def _without_wording(folded: str) -> str:
    """The text without the new wording in it, whose days and stops are the other document's:
    第五条修改为：“自2020年1月1日起施行。”.
    """
    return _WORDING.sub(lambda quoted: "\ue000" * len(quoted.group()), folded)


def set_times(text: Text, cited: Cited, since: Edge | None, until: Edge | None) -> None:
    """Fill in `since` and `until` of a change as its statement says them. What is ended has no end."""
    if since is None:
        cited.doubts["since"] = "the text names no start"
    _set(text, cited, "since", since)
    if cited.relation == "repeals" and until is not None and until.at is not None:
        # 停止至2026年11月10日
        cited.relation = "suspends"
    if cited.relation in _LASTS:
        _set(text, cited, "until", until)


def _set(text: Text, cited: Cited, name: Literal["since", "until"], edge: Edge | None) -> None:
    if edge is None:
        return
    setattr(cited, name, edge.at)
    if edge.at is not None:
        cited.words[name] = [Passage(text, edge.start, edge.end)]
    if edge.doubt:
        cited.doubts[name] = edge.doubt


def _idle(folded: str, parts: list[Span]) -> list[Span]:
    """The parts without a verb of change of their own, whose time would be that verb's."""
    return [part for part in parts if not VERBS.search(folded, part.start, part.end)]


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
    here = sentence_at(folded, span.start)
    end = max(here.end, span.end)
    around = ((here.start, span.start), (span.end, end))
    cuts = [cut.start() for part in around for cut in _CUT.finditer(folded, *part)]
    bounds = [here.start - 1, *cuts, end]
    parts = [Span(first + 1, last) for first, last in pairwise(bounds)]
    index = next((i for i, part in enumerate(parts) if part.start <= span.start <= part.end), 0)
    ahead: list[Span] = []
    for part in parts[index + 1 :]:
        if folded[part.start - 1] == "；":
            break
        ahead.append(part)
    # A time further off belongs to something else.
    return parts[index], parts[max(0, index - 8) : index][::-1], ahead[:8]
