"""Looks names up by their printed form, and finds them in a text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from shared.chinese.lexicon.entry import Entry


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The rows of a table, in order, and all ways to find one."""

    entries: tuple[Entry, ...]

    def of(self, *kinds: str) -> "Lexicon":
        """The lexicon with only the rows of some classes."""
        return Lexicon(tuple(entry for entry in self.entries if entry.kind in kinds))

    @cached_property
    def by_form(self) -> Mapping[str, tuple[Entry, ...]]:
        """Each printed form with its rows: several if its English has changed."""
        found: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            for form in entry.printed:
                found[form] = (*found.get(form, ()), entry)
        return found

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Each printed form with its full name."""
        return {form: entries[0].name for form, entries in self.by_form.items()}

    @cached_property
    def pattern(self) -> str:
        """A pattern of the longest printed form that is not part of another word."""
        return alternation({form: entries[0].not_in for form, entries in self.by_form.items()})


class Forms:
    """Printed forms, for finding the longest that begins or ends at an offset of a text."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self._from = _lengths(names, slice(2))
        self._to = _lengths(names, slice(-2, None))

    def at(self, text: str, start: int) -> str:
        """The longest form that begins at `start`; "" if none does."""
        for length in self._from.get(text[start : start + 2], ()):
            form = text[start : start + length]
            if form in self.names:
                return form
        return ""

    def before(self, text: str, end: int) -> str:
        """The longest form that ends at `end`; "" if none does."""
        for length in self._to.get(text[max(0, end - 2) : end], ()):
            form = text[max(0, end - length) : end]
            if form in self.names:
                return form
        return ""


def _lengths(forms: Iterable[str], part: slice) -> dict[str, list[int]]:
    """The lengths of the forms by the two characters at one end, the longest first."""
    lengths: dict[str, set[int]] = {}
    for form in forms:
        lengths.setdefault(form[part], set()).add(len(form))
    return {key: sorted(each, reverse=True) for key, each in lengths.items()}


def alternation(words: Mapping[str, Iterable[str]]) -> str:
    """A pattern of any of the words that matches the longest one: 美(?:利坚合众国|国).

    `words` maps each word to longer words that it must not be part of. Words share their common
    prefixes, so that a text is compared with each prefix once.
    """
    return _tree({word: _guard(word, longer) for word, longer in words.items()})


def _tree(words: Mapping[str, str]) -> str:
    """`words` as a pattern, each with the condition that must follow it."""
    by_first: dict[str, dict[str, str]] = {}
    for word, guard in words.items():
        if word:
            by_first.setdefault(word[0], {})[word[1:]] = guard
    longer = [re.escape(first) + _tree(rest) for first, rest in by_first.items()]
    if "" in words:
        return f"(?:{'|'.join((*longer, words['']))})" if longer else words[""]
    return longer[0] if len(longer) == 1 else f"(?:{'|'.join(longer)})"


def _guard(word: str, others: Iterable[str]) -> str:
    """A condition after a word that it is not part of the others."""
    guards = []
    for other in others:
        before, found, behind = other.partition(word)
        if found and before:
            guards.append(f"(?<!{re.escape(other)})")
        elif found:
            guards.append(f"(?!{re.escape(behind)})")
    return "".join(guards)
