"""The document that an interview or an interpretation explains."""

from collections.abc import Sequence

from services.parser.document.citations.cited import Cited
from services.parser.document.citations.related import CHANGES, Related
from services.parser.document.document import Document
from shared.chinese.form import Form, Forms
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Passage, Text

_EXPLAINS = frozenset({"interview", "interpretation"})
EXPLANATIONS = Forms(
    Form("of a law", "解释|释义", yes=("关于某法第四条的解释",)),
    Form(
        "of a page",
        "解读|答记者问|答问|问答|说明|介绍",
        yes=("《某办法》解读", "就某事答记者问", "政策说明"),
    ),
)
_REPORTED_WITHIN = 800


def explained(
    document: Document, text: Text, related: list[Related], before: Sequence[Cited]
) -> list[Related]:
    """What an interview or an interpretation is about: what its title names, else what it reports
    first as published, unless it changes a document itself.
    """
    kind = document.page_kind
    in_title = text is document.title
    if kind == "notice" and in_title and _explains_a_law(document.title):
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
    word = EXPLANATIONS.search(document.title.raw)
    for citation in cited:
        if citation.relation == "explains" and "relation" not in citation.words:
            if word:
                citation.words["relation"] = [Passage(document.title, word.start, word.end)]
            else:
                citation.doubts["relation"] = "read from the kind of the page"


def _explains_a_law(title: Text) -> bool:
    return any(form.name == "of a law" for form in EXPLANATIONS.finditer(title.raw))
