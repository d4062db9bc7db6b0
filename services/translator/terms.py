"""English terms of what a notice speaks of, for a search in English where its text waits in Chinese."""

import re
from collections.abc import Iterator

from services.translator.glossary import Found, Glossary
from services.translator.text.simplify import simplified
from shared.chinese.characters import HAN

# Goods and substances, measures and procedures, documents, bodies, places.
_CLASSES = ("good", "term", "strict", "act", "document", "body", "country", "geo")
MOST_TERMS = 100
# 锑 is a substance where it stands alone, and a character of a word where it does not.
_BEFORE_ONE = re.compile(rf"(?:^|[^{HAN}]|[对和及与或含有为将])$")
_BEHIND_ONE = re.compile(rf"$|[^{HAN}]|[和及与或等相物的]")


def terms(title: str, text: str, glossary: Glossary) -> tuple[str, ...]:
    """English names from the glossary that stand in a title and a text, in their order, each once.

    At most `MOST_TERMS`: more is a list that is found by its Chinese.
    """
    found: dict[str, None] = {}
    for hit in _found(simplified(f"{title}\n{text}"), glossary):
        found.setdefault(hit.entry.en.removeprefix("the "))
        if len(found) == MOST_TERMS:
            break
    return tuple(found)


def _found(text: str, glossary: Glossary) -> Iterator[Found]:
    for hit in glossary.find(text, _CLASSES):
        alone = _BEFORE_ONE.search(text, max(0, hit.start - 1), hit.start) and _BEHIND_ONE.match(
            text, hit.end
        )
        if hit.end - hit.start > 1 or alone:
            yield hit
