"""Accounts for every salient mark of a text: it was read for a field, or it is of a class that says
nothing of what the notice does, or it is unread.
"""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from services.parser.document.document import Document, Reading
from services.parser.document.field_names import without_indexes
from services.parser.document.unread.classes import (
    CLAIMS,
    LINES,
    OF,
    OF_ARTICLES,
    OF_ARTICLES_ALONE,
    WORDS,
)
from services.parser.document.unread.fields import ACCOUNTS, EFFECTS, NAMES_ANOTHER, SENTENCES
from services.parser.document.unread.marks import ACTS, CHANGES, LONGEST, Mark, find_marks
from services.parser.document.unread.repeats import Repeats
from shared.chinese.moods import is_done
from shared.chinese.provisions import article_at
from shared.chinese.sentences import parts
from shared.chinese.spans import NONE, Spans, SpansOf, count_within
from shared.chinese.text import Span, Text
from shared.notice import Citation, Unread

_CITATION = re.compile(r"citations\[(\d+)\]")
# What a notice does may be more or other than was read when one of these is unread.
_DOUBTFUL = frozenset({"verb", "customs code", "control code"})

_MOST_ASKED = 300


class Accounted(NamedTuple):
    """The marks of a text that are unread; as `contradicted` the words of those acts that were read
    although their class is that of no act; and as `titled` those verbs of the title that nothing in the
    text says.
    """

    unread: Sequence[Mark] = ()
    contradicted: Spans = NONE
    titled: Sequence[Mark] = ()


def read(document: Document) -> Reading[Accounted]:
    """The unread marks of the document's text. Takes time linear in the text."""
    text = document.body
    marks = find_marks(text)
    if not marks:
        return Reading(Accounted(titled=_titled(document, ())))
    evidence = _evidence(document, text, marks)
    said = {mark for mark in marks if evidence.says(mark)}
    mentioned = {mark for mark in marks if mark not in said and evidence.mentions(mark)}
    # Classes are looked for where they can matter: most lines of a list are read whole.
    open_ = [
        mark for mark in marks if mark.sort in CLAIMS or not (mark in said or mark in mentioned)
    ]
    classes = _classes(document, text, open_)
    acts = [mark for mark in open_ if mark.sort in ACTS and not classes.hold(*mark)]
    idle = _idle(text, marks, acts)
    changed = _changed(text, [mark for mark in acts if mark.sort in CHANGES and mark not in idle])
    read: list[Mark] = []
    rest: list[Mark] = []
    for mark in marks:
        if mark in said or (mark in mentioned and not changed.hold(mark.start, mark.end)):
            read.append(mark)
        elif not classes.hold(*mark):
            rest.append(mark)
    if rest:
        effects = filter(evidence.says_from_when, read)
        repeats = Repeats(document, read, effects, _read_in_title(document))
        # 决定不征收反补贴税 is a decision of its own.
        rest = [
            mark
            for mark in rest
            if not (repeats.has(mark) or (mark in idle and mark.sort != "levy"))
        ]
    contradicted = [mark for mark in read if mark in idle and mark.sort in CLAIMS]
    spans = Spans(Span(mark.start, mark.end) for mark in contradicted)
    return Reading(Accounted(rest, spans, _titled(document, [*read, *rest])))


def read_unread(document: Document) -> Reading[tuple[Unread, ...]]:
    """What is unread in the title and in the text, in order."""
    text = document.body
    doubts = (f"unread: {LONGEST} of {len(text)} characters were looked at",)
    unread = [_unread(document.title, mark) for mark in document.accounts.titled]
    return Reading(
        (*unread, *(_unread(text, mark) for mark in document.accounts.unread)),
        warnings=doubts if len(text) > LONGEST and document.accounts != Accounted() else (),
    )


def read_doubt(document: Document) -> Reading[bool]:
    """Whether a verb or a code is unread."""
    return Reading(any(one.kind in _DOUBTFUL for one in document.unread))


def _unread(text: Text, mark: Mark) -> Unread:
    printed = text.evidence("", mark.start, mark.end)
    return Unread(kind=mark.kind, source=text.source, start=printed.start, end=printed.end)


class _Evidence(NamedTuple):
    """The words that were read, each for a field that can be what some sorts of marks say: `values` of
    fields, `named` of documents that are only mentioned, `effects`, those of `values` that say from
    when.
    """

    values: SpansOf
    named: SpansOf
    effects: Spans

    def says(self, mark: Mark) -> bool:
        """Whether a mark was read. 暂停实施 is one mark, and may be read from 暂停."""
        return self.values.hold(*mark) or (mark.sort in ACTS and self.values.lie_within(*mark))

    def mentions(self, mark: Mark) -> bool:
        """Whether a mark names a document that is only mentioned."""
        return self.named.hold(*mark)

    def says_from_when(self, mark: Mark) -> bool:
        """Whether a mark is from when something is in force."""
        return self.effects.hold(mark.start, mark.end)


def _titled(document: Document, seen: Sequence[Mark]) -> list[Mark]:
    """The verbs of the title by which something else is changed or listed, of which the text says nothing
    (关于废止某公告的公告 over 见附件): neither what was read nor what is unread there is of their family.
    """
    title = document.title
    marks = [mark for mark in find_marks(title) if mark.sort in CLAIMS]
    if not marks:
        return []
    evidence = _evidence(document, title, marks)
    known = {mark.sort for mark in seen}
    if document.listed_entities:
        known |= {"list", "delist"}
    return [
        mark
        for mark in marks
        if not (mark.sort in known or evidence.says(mark))
        and is_done(title.folded, mark.start, mark.end)
    ]


def _read_in_title(document: Document) -> list[Mark]:
    """The marks of the title that were read."""
    if all(one.source != "title" for one in document.evidence):
        return []
    marks = find_marks(document.title)
    evidence = _evidence(document, document.title, marks)
    return [mark for mark in marks if evidence.says(mark)]


def _evidence(document: Document, text: Text, marks: Sequence[Mark]) -> _Evidence:
    verbs = [mark.start for mark in marks if mark.sort in ACTS]
    periods = [mark.start for mark in marks if mark.sort == "period"]
    values: list[tuple[frozenset[str], Span]] = []
    named: list[tuple[frozenset[str], Span]] = []
    effects: list[Span] = []
    for one in document.evidence:
        if one.source != text.source:
            continue
        field = without_indexes(one.field)
        sorts = ACCOUNTS.get(field)
        if not sorts:
            continue
        span = text.span(one)
        citation = _citation(document, one.field) if field.startswith("citations") else None
        if citation is not None and not citation.authority:
            continue
        # Words that hold two verbs were read from one of them, and do not say from which.
        if sorts & ACTS and count_within(verbs, *span) > 1:
            sorts = sorts - ACTS
        if field in SENTENCES and count_within(periods, *span) > 1:
            continue
        is_named = field in NAMES_ANOTHER and _is_mention(citation)
        (named if is_named else values).append((sorts, span))
        if field in EFFECTS:
            effects.append(span)
    return _Evidence(SpansOf(values), SpansOf(named), Spans(effects))


def _citation(document: Document, field: str) -> Citation | None:
    position = _CITATION.match(field)
    at = int(position[1]) if position else -1
    return document.citations[at] if 0 <= at < len(document.citations) else None


def _is_mention(citation: Citation | None) -> bool:
    return citation is not None and citation.relation == "mentions" and citation.mood == "asserted"


def _changed(text: Text, verbs: Sequence[Mark]) -> Spans:
    """The parts of sentences in which one of the `verbs` changes something: 《甲办法》 that stands there is
    not only mentioned.
    """
    if not verbs:
        return NONE
    starts = [mark.start for mark in verbs]
    return Spans(part for part in parts(text.folded, 0, LONGEST) if count_within(starts, *part))


def _classes(document: Document, text: Text, marks: Iterable[Mark]) -> SpansOf:
    """The words of the classes that some marks may be of."""
    spans = [
        (OF[found.name], Span(found.start, found.end))
        for found in LINES.finditer(text.folded, 0, LONGEST)
    ]
    # Who passed the text, and what revised it.
    events = document.history.events if document.history else ()
    spans += [
        (OF["history"], Span(event.start, event.end)) for event in events if event.kind != "issues"
    ]
    before = -1
    for mark in marks:
        line = text.line_at(mark.start)
        if line is None or line.index == before:
            continue
        before = line.index
        spans += [
            (OF[found.name], Span(found.start, found.end))
            for found in WORDS.finditer(text.folded, line.start, min(line.end + 1, LONGEST))
        ]
    return SpansOf(spans)


def _idle(text: Text, marks: Sequence[Mark], acts: Sequence[Mark]) -> AbstractSet[Mark]:
    """Those verbs of which the text does not do what they say."""
    rules = _rules(text, marks)
    ruled = {mark for mark in acts if rules.hold(*mark)}
    # A page of nothing but verbs must not hold up the worker: the rest counts as done.
    asked = [mark for mark in acts if mark not in ruled][:_MOST_ASKED]
    return ruled | {mark for mark in asked if not is_done(text.folded, mark.start, mark.end)}


def _rules(text: Text, marks: Sequence[Mark]) -> SpansOf:
    """The parts of articles. Those of a law or of rules say what shall be done, and by whom; only what
    they do to another document is an act: 第三十七条 …商务部2016年第3号令同时废止。
    """
    first = next((line.start for line in text.lines if article_at(line.folded)), LONGEST)
    if first >= LONGEST:
        return SpansOf(())
    cited = [mark.start for mark in marks if mark.sort in ("title", "document number")]
    return SpansOf(
        (OF_ARTICLES if count_within(cited, *part) else OF_ARTICLES_ALONE, part)
        for part in parts(text.folded, first, LONGEST)
    )
