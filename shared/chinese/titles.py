"""Finds titles in 《》, and tells which of them are those of documents.

A title within a title is in 〈〉 (GB/T 15834-2011, 4.13).
"""

import re
from typing import NamedTuple

from shared.chinese.characters import HAN, fold, squeeze
from shared.chinese.text import Text
from shared.chinese.title_forms import DOCUMENTS, GENERIC, ISSUED_BY, PAPERS

_LONGEST = 200
# The longest list of repealed documents holds some hundreds; a page of nothing else must not hold up
# the worker.
MOST_TITLES = 1000
# No generic title is longer: 《若干措施》, 《实施细则》.
LONGEST_GENERIC = 8
_WORDS = re.compile(rf"[{HAN}A-Za-z]")
_INNER = re.compile(r"[《〈]([^《》〈〉]{2,})[》〉]")
_MARKS = re.compile('[《》〈〉“”"‘’]')
_QUOTES = re.compile(r"[“”\"\s]")


class Title(NamedTuple):
    """A title: with its marks from `start` to `end`, its trimmed words from `words_start` to
    `words_end`, and the titles within it.
    """

    start: int
    end: int
    words: str
    words_start: int
    words_end: int
    inner: tuple["Title", ...] = ()


def find_titles(text: Text) -> list[Title]:
    """The titles of a text in order, at most `MOST_TITLES`; marks without words are left out."""
    folded = text.folded
    found: list[Title] = []
    at = folded.find("《")
    # Marks that never close are each looked at once.
    for _ in range(2 * MOST_TITLES):
        if at == -1 or len(found) == MOST_TITLES:
            break
        end = _closing(folded, at)
        if end is not None:
            title = _title(text.raw, folded, at, end)
            if len(_WORDS.findall(title.words)) > 1:
                found.append(title)
        at = folded.find("《", end or at + 1)
    return found


def plain_title(title: str) -> str:
    """A title for comparison: without white space, marks, 中华人民共和国 or issuers before it."""
    text = _MARKS.sub("", squeeze(title))
    if "关于" in text:
        issued_by = ISSUED_BY.match(text)
        text = text[issued_by.end :] if issued_by else text
    return text.removeprefix("中华人民共和国")


def is_document_title(title: str) -> bool:
    """Whether a title ends like the title of a document."""
    return bool(DOCUMENTS.search(fold(_QUOTES.sub("", title))))


def is_paper(plain: str) -> bool:
    """Whether a plain title is that of a form, a certificate or a periodical: 《进口许可证》, 《国际商报》."""
    return bool(PAPERS.search(plain))


def is_generic(plain: str) -> bool:
    """Whether a plain title refers to a document named before: 《办法》."""
    return bool(GENERIC.match(plain))


def _title(raw: str, folded: str, start: int, end: int) -> Title:
    inner = []
    for match in _INNER.finditer(folded, start + 1, end - 1):
        first, last = match.span(1)
        inner.append(Title(match.start(), match.end(), raw[first:last].strip(), first, last))
    words = raw[start + 1 : end - 1]
    first = start + 1 + len(words) - len(words.lstrip())
    words = words.strip()
    return Title(start, end, words, first, first + len(words), tuple(inner))


def _closing(folded: str, start: int) -> int | None:
    """The offset after the 》 that closes the 《 at `start`, or after the first if none does."""
    depth = 0
    first: int | None = None
    for at in range(start, min(len(folded), start + _LONGEST)):
        char = folded[at]
        if char == "\n":
            break
        if char == "《":
            depth += 1
        elif char == "》":
            first = first or at + 1
            depth -= 1
            if depth == 0:
                return at + 1
    return first
