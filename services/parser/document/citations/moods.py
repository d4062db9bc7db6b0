"""What is not asserted changes nothing: 不废止, 拟废止, 网传…废止, and every change that a draft makes."""

from collections.abc import Sequence

from services.parser.document.citations.related import CHANGES, Related
from services.parser.document.document import Document
from shared.chinese.moods import Stance, stance
from shared.chinese.text import Passage, Span, Text


def without_undone(document: Document, text: Text, related: Sequence[Related]) -> list[Related]:
    """The relations of a text, with a mention for each change that the text does not do."""
    return [
        mention.undone(found)
        if mention.relation in CHANGES
        and (found := _stance(document, text, mention)).mood != "asserted"
        else mention
        for mention in related
    ]


def _stance(document: Document, text: Text, mention: Related) -> Stance:
    if mention.verb is None:
        return mention.stance
    if document.draft is not None:
        return Stance("hypothetical")
    within = mention.within or Span(0, len(text))
    words = text.folded[within.start : within.end]
    found = stance(words, mention.verb.start - within.start, mention.verb.end - within.start)
    return found._replace(start=found.start + within.start, end=found.end + within.start)


def words_of_mood(document: Document, text: Text, mention: Related) -> list[Passage]:
    """The words that say how a change is spoken of, the verb among them: 不, 废止."""
    spans = [Span(mention.stance.start, mention.stance.end), mention.verb or Span(0, 0)]
    words = [Passage(text, *span) for span in spans if span]
    return [document.draft, *words] if document.draft is not None else words
