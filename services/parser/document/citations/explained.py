"""The document that an interview or an interpretation explains."""

import re
from collections.abc import Sequence

from services.parser.document.citations.cited import Cited
from services.parser.document.citations.related import CHANGES, Related
from services.parser.document.document import Document
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Passage, Text

_EXPLAINS = frozenset({"interview", "interpretation"})
_EXPLANATION = re.compile(r"解读|解释|释义|答记者问|答问|问答|说明|介绍")
_REPORTED_WITHIN = 800


def explained(
    document: Document, text: Text, related: list[Related], before: Sequence[Cited]
) -> list[Related]:
    """What an interview or an interpretation is about: what its title names, else what it reports
    first as published, unless it changes a document itself.
    """
    kind = document.page_kind
    in_title = text is document.title
    if kind == "notice" and in_title and re.search(r"解释|释义", document.title.raw):
        kind = "interpretation"
    if kind not in _EXPLAINS:
        return related
    if in_title:
        return [
            mention._replace(relation="explains")
            if mention.relation in ("mentions", "basis")
            else mention
            for mention in related
        ]
    relations = {mention.relation for mention in related} | {mention.relation for mention in before}
    if relations & {*CHANGES, "explains"}:
        return related
    first = next(
        (
            mention
            for mention in related
            if mention.reported
            and mention.relation == "mentions"
            and mention.reference.start < _REPORTED_WITHIN
        ),
        None,
    )
    if first is None:
        return related
    here = sentence_at(document.body.folded, first.reference.start)
    return [
        mention._replace(relation="explains")
        if mention.reported
        and mention.relation == "mentions"
        and here.start <= mention.reference.start < here.end
        else mention
        for mention in related
    ]


def say_why_explained(document: Document, cited: list[Cited]) -> None:
    """That a page explains what it is about is said by its title: 政策解读, 答记者问."""
    word = _EXPLANATION.search(document.title.raw)
    for citation in cited:
        if citation.relation == "explains" and "relation" not in citation.words:
            if word:
                citation.words["relation"] = [Passage(document.title, *word.span())]
            else:
                citation.doubts["relation"] = "read from the kind of the page"
