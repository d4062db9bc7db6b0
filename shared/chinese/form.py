r"""Forms: how documents word a thing, as rows that carry their own examples.

    NUMBERS = Forms(
        Form("in a year", rf"(?P<type>公告|令)(?P<year>{YEAR})年第(?P<serial>\d+)号",
             yes=("商务部公告2025年第1号",), no=("公告的第1号附件",)),
        Form("letter", …),
    )
    for found in NUMBERS.finditer(text):
        if found.name == "letter": …

Whoever adds a row says in it what it finds and what it must leave alone; one test
(`tests/shared/chinese/test_forms.py`) runs the examples of every table in the project. (eyecite and
reporters-db keep what they know of American citations in this way.)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from sys import maxsize
from typing import Any

from shared.chinese.first_characters import alternation

_GROUP = re.compile(
    r"(?<!\\)\((?:\?P[<=](?P<name>\w+)|(?P<numbered>(?!\?)))|(?<!\\)\(\?\((?P<if>\w+)\)"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One wording: `pattern` is a regular expression for folded text whose groups all have names.

    In each text of `yes`, the table that holds the form finds this form first; in none of `no` does
    the form stand. Forms of one table may share a name.
    """

    name: str
    pattern: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Found:
    """A form in a text, from `start` to `end`; `found["year"]` is what the group `year` holds."""

    form: Form
    start: int
    end: int
    _match: re.Match[str]
    _prefix: str

    @property
    def name(self) -> str:
        """The name of the form."""
        return self.form.name

    @property
    def text(self) -> str:
        """The words that were found."""
        return self._match.group()

    def __getitem__(self, group: str) -> str | Any:
        """The text of a group of the form, None when it took no part; KeyError for no group."""
        return self._match[self._name(group)]

    def span(self, group: str) -> tuple[int, int]:
        """Start and end of a group, (-1, -1) when it took no part."""
        return self._match.span(self._name(group))

    def holds(self, group: str) -> bool:
        """Whether the form has a group of that name and the group took part."""
        name = self._prefix + group
        return name in self._match.re.groupindex and bool(self._match[name])

    def _name(self, group: str) -> str:
        if (name := self._prefix + group) not in self._match.re.groupindex:
            raise KeyError(f"the form {self.name!r} has no group {group!r}")
        return name


class Forms:
    """Forms that are looked for together, as one alternation: of two that begin at the same
    character, the one that is written first is found. `anchored` is for those that are looked for
    at one place only (`match`): their examples begin there.
    """

    def __init__(self, *forms: Form, anchored: bool = False) -> None:
        """Raises ValueError for a group without a name, re.error for a pattern that is none."""
        self.forms = forms
        self.anchored = anchored
        self._of_group = {f"f{number}": form for number, form in enumerate(forms)}
        # (No group before a form, whose first character would be hidden behind it.)
        self._patterns = [
            f"(?:{_with_prefix(form, group + '_')})(?P<{group}>)"
            for group, form in self._of_group.items()
        ]
        self._pattern = re.compile(alternation(self._patterns))
        _TABLES.append(self)

    def match(self, text: str, start: int = 0, end: int = maxsize) -> Found | None:
        """The form that `text` holds at `start`."""
        match = self._pattern.match(text, start, end)
        return self._found(match) if match else None

    def search(self, text: str, start: int = 0, end: int = maxsize) -> Found | None:
        """The first form in `text` between `start` and `end`."""
        match = self._pattern.search(text, start, end)
        return self._found(match) if match else None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[Found]:
        """All forms in `text` between `start` and `end`, none overlapping another."""
        return map(self._found, self._pattern.finditer(text, start, end))

    def ranked(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[Found]:
        """The first place of each form between `start` and `end`, in the order of the table: for
        forms of which the one that is written first counts, wherever it stands.
        """
        for pattern in self._one_by_one:
            if match := pattern.search(text, start, end):
                yield self._found(match)

    @cached_property
    def _one_by_one(self) -> list[re.Pattern[str]]:
        return [re.compile(alternation([pattern])) for pattern in self._patterns]

    def _found(self, match: re.Match[str]) -> Found:
        # The empty group behind a form is the last one to close.
        group = match.lastgroup or ""
        return Found(self._of_group[group], match.start(), match.end(), match, group + "_")


_TABLES: list[Forms] = []


def tables() -> tuple[Forms, ...]:
    """Every table of the modules that have been imported, for the test of their examples."""
    return tuple(_TABLES)


def _with_prefix(form: Form, prefix: str) -> str:
    """The form's pattern with its groups under names that no other form of the table has."""

    def renamed(match: re.Match[str]) -> str:
        if match["numbered"] is not None:
            raise ValueError(f"the form {form.name!r} has a group without a name")
        name = str(match["name"] or match["if"])
        return match.group().replace(name, prefix + name)

    return _GROUP.sub(renamed, form.pattern)
