r"""Words that both languages must have, or neither: rows with examples.

    _ACTS = Rows(
        Missing("act missing", "罚款", r"\b(?:fine|penalt|punish)",
                right={"处以罚款": "shall be fined"}, wrong={"处以罚款": "shall be dealt with"}),
    )

`right` and `wrong` are Chinese texts with an English that raises no flag of the row, and one that does; one
test runs the examples of every table (`test_checks.py`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from services.translator.checks.flag import Flag


@dataclass(frozen=True)
class Words:
    """`chinese` and `english` are regular expressions, the English one of any case; `check` is the
    flag that is raised.
    """

    check: str
    chinese: str
    english: str
    right: Mapping[str, str]
    wrong: Mapping[str, str]

    @cached_property
    def _chinese(self) -> re.Pattern[str]:
        return re.compile(self.chinese)

    @cached_property
    def _english(self) -> re.Pattern[str]:
        return re.compile(self.english, re.IGNORECASE)


@dataclass(frozen=True)
class Missing(Words):
    """What the Chinese says and the English does not."""

    def flags(self, source: str, text: str) -> list[Flag]:
        """The flag of the row, if it applies."""
        said = self._chinese.search(source)
        return [Flag(self.check, said.group())] if said and not self._english.search(text) else []


@dataclass(frozen=True)
class Invented(Words):
    """What the English says and the Chinese has no word, or no character, for.

    What the Chinese prints in Latin letters itself (300Wh/kg) is copied and not invented.
    """

    def flags(self, source: str, text: str) -> list[Flag]:
        """The flag of the row, if it applies."""
        said = self._english.search(text)
        if said is None or self._chinese.search(source):
            return []
        copied = said.group().lower() in source.lower()
        return [] if copied else [Flag(self.check, said.group())]


@dataclass(frozen=True)
class Opposites:
    """Two things of which the English must not say the one where the Chinese says only the other."""

    one: tuple[str, str]
    """Chinese and English words of the one thing, as regular expressions."""
    other: tuple[str, str]
    right: Mapping[str, str]
    wrong: Mapping[str, str]

    def flags(self, source: str, text: str) -> list[Flag]:
        """A flag for each of the two that the English turned into the other."""
        (one_zh, one_en), (other_zh, other_en) = self._patterns
        one, other = one_zh.search(source), other_zh.search(source)
        in_one, in_other = one_en.search(text), other_en.search(text)
        flags = []
        if one and not other and in_other and not in_one:
            flags.append(Flag("opposite", f"{one.group()}: {in_other.group()}"))
        if other and not one and in_one and not in_other:
            flags.append(Flag("opposite", f"{other.group()}: {in_one.group()}"))
        return flags

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
        return tuple(
            (re.compile(chinese), re.compile(english, re.IGNORECASE))
            for chinese, english in (self.one, self.other)
        )


Row = Missing | Invented | Opposites


class Rows:
    """Rows that are looked at together."""

    def __init__(self, *rows: Row) -> None:
        self.rows = rows
        TABLES.append(self)

    def flags(self, source: str, text: str) -> list[Flag]:
        """The flags of all rows, in their order."""
        return [flag for row in self.rows for flag in row.flags(source, text)]


TABLES: list[Rows] = []
