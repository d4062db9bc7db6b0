"""What a text calls a document from there on: 以下简称《办法》, and 《办法》 later on."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from shared.chinese.references.forms import TYPES
from shared.chinese.references.reference import Reference
from shared.chinese.spans import Spans
from shared.chinese.text import Span
from shared.chinese.titles import (
    LONGEST_GENERIC,
    MOST_TITLES,
    is_generic,
    is_paper,
    plain_title,
)


class Mentions(NamedTuple):
    """The references of a text in order; `unnamed` are titles such as 《办法》 that name none, `cut` is
    set when there are more than are read.
    """

    references: tuple[Reference, ...]
    unnamed: tuple[str, ...] = ()
    cut: bool = False


def with_full_names(read: list[Reference], folded: str) -> Mentions:
    """Every reference under its full name, and those in plain words that an alias makes."""
    aliases: dict[str, Reference] = {}
    named: list[Reference] = []
    unnamed: list[str] = []
    endings = _Endings()
    for reference in read:
        title = plain_title(reference.title or "")
        if reference.alias and reference.number is None and reference.title is None:
            continue
        meant = aliases.get(title)
        if reference.number is None and meant is None and is_generic(title):
            meant = endings.only(title)
            if meant is None:
                unnamed.append(reference.title or "")
                continue
        if meant is not None and reference.number is None:
            named.append(meant._replace(start=reference.start, end=reference.end, alias=None))
            endings.add(named[-1])
            continue
        if reference.title is not None and is_paper(title):
            continue
        named.append(reference)
        endings.add(reference)
        if reference.alias:
            aliases.setdefault(plain_title(reference.alias), reference)
    in_words = [*islice(_in_words(aliases, named, folded), MOST_TITLES)]
    named = sorted([*named, *in_words], key=lambda reference: reference.start)
    return Mentions(tuple(named), tuple(dict.fromkeys(unnamed)), len(in_words) == MOST_TITLES)


class _Endings:
    """References by what their titles end with: 《办法》 is the one that ends so."""

    def __init__(self) -> None:
        self._by_ending: dict[str, dict[str, Reference]] = {}
        self._known: set[str] = set()

    def add(self, reference: Reference) -> None:
        """Of references to one document only the first counts."""
        title = plain_title(reference.title or "")
        if reference.title and title not in self._known:
            self._known.add(title)
            for length in range(1, LONGEST_GENERIC + 1):
                if length <= len(title):
                    self._by_ending.setdefault(title[-length:], {})[title] = reference

    def only(self, ending: str) -> Reference | None:
        """The one document whose title ends so; None for none or several."""
        found = self._by_ending.get(ending, {})
        return next(iter(found.values())) if len(found) == 1 else None


def _in_words(
    aliases: Mapping[str, Reference], named: Sequence[Reference], folded: str
) -> Iterator[Reference]:
    """The references that aliases make without 《》, none within another reference."""
    others = Spans(Span(reference.start, reference.end) for reference in named)
    for alias, reference in aliases.items():
        if len(alias) < 4 or not TYPES.search(alias):
            continue
        at = folded.find(alias, reference.end)
        while at != -1:
            end = at + len(alias)
            if not others.touch(at, end):
                yield reference._replace(start=at, end=end, alias=None)
            at = folded.find(alias, end)
