"""Chinese-English names with the days on which they were valid: those of the lexicon, and terms of
the translator's own.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

from shared.chinese.characters import HAN
from shared.chinese.lexicon import (
    BODIES,
    DOCUMENT_TYPES,
    LISTS,
    OFFICES,
    PLACES,
    alternation,
    of_day,
    read_table,
)
from shared.chinese.lexicon import Entry as Row

# The translator's own tables, in this folder.
TABLES = ("terms.tsv", "goods.tsv", "words.tsv", "documents.tsv")
_REPUBLIC = "中华人民共和国"
# Classes of the lexicon's rows as they are called here.
_OF_PLACES = {
    "country": "country",
    "territory": "country",
    "bloc": "country",
    "organisation": "body",
}
# Names that must be in the English of every sentence that has them.
NAMES = ("body", "geo", "country", "strict")
# A company's name has none of its characters beside it, but for 将甲公司, 美国甲公司, 甲公司和乙公司总裁.
_BEFORE_OWN = re.compile(rf"(?:^|[^{HAN}·A-Za-z]|[将对把向由给被从国]|[司团][和与及])$")
_BEHIND_OWN = re.compile(rf"(?<=[司团])|(?![{HAN}·A-Za-z])")
_SPACES = re.compile(r"\s*")
_PARTS = ("省", "市", "县", "区", "州", "盟", "级", "方", "各")
# 商务部门 is any commerce department, 建设部署 no ministry, 教育部分 a part.
_NOT_A_MINISTRY = ("门", "分", "署", "位", "落", "件")


class Entry(NamedTuple):
    """One printed form of a name: `en` as it is written, `also` what else counts as right.

    `not_in` are words that hold the form and do not mean it.
    """

    zh: str
    en: str
    kind: str
    since: date
    until: date
    also: tuple[str, ...]
    not_in: tuple[str, ...] = ()

    @property
    def renderings(self) -> tuple[str, ...]:
        """All correct renderings, the preferred one first."""
        return (self.en, *self.also)


class Found(NamedTuple):
    """An entry at characters `start` to `end` of a text."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Entries:
    """All entries, of every year. `version` changes with their content."""

    version: str
    by_name: Mapping[str, tuple[Entry, ...]]

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The capitalised words that names of bodies, places and countries begin with in English."""
        kinds = ("body", "geo", "country")
        entries = (entry for some in self.by_name.values() for entry in some if entry.kind in kinds)
        names = (name for entry in entries for name in entry.renderings)
        return frozenset({"China", "Chinese", *(name.split()[0] for name in names)})

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The two characters that bodies, their units and places begin with in Chinese."""
        names = self._names(("body", "unit", "geo"))
        return frozenset({_REPUBLIC[:2], *(zh[:2] for zh in names)})

    @cached_property
    def _patterns(self) -> dict[tuple[str, ...], re.Pattern[str]]:
        return {}

    def pattern(self, kinds: tuple[str, ...]) -> re.Pattern[str]:
        """All names of these classes, the longest first; one of another class hides none of them."""
        if kinds not in self._patterns:
            names = {zh: self.by_name[zh][0].not_in for zh in self._names(kinds)}
            self._patterns[kinds] = re.compile(alternation(names))
        return self._patterns[kinds]

    def _names(self, kinds: Iterable[str]) -> Iterator[str]:
        for zh, entries in self.by_name.items():
            if any(entry.kind in kinds for entry in entries):
                yield zh


@dataclass(frozen=True, eq=False)
class Glossary:
    """The entries by the names that they had on a day; without one by their latest.

    `own` are names that a notice prints in Chinese and in their own language: 莱多斯公司, Leidos.
    """

    entries: Entries
    day: date | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    # Phrases that were read with it, by their Chinese: parts of a title are looked at again and again.
    read: dict[str, Any] = field(default_factory=dict)

    def on(self, day: date | None) -> "Glossary":
        """The same entries, by their names on another day."""
        return Glossary(self.entries, day, self.own)

    def with_own(self, own: Mapping[str, str]) -> "Glossary":
        """With the names that a notice has for what it lists, by their simplified Chinese."""
        return Glossary(self.entries, self.day, own)

    @property
    def version(self) -> str:
        """The version: it changes with the content of the entries."""
        return self.entries.version

    def get(self, zh: str, kinds: Iterable[str] = ()) -> Entry | None:
        """The entry of a name as it was on the day; with none valid then, the last before it.

        `kinds` limits the classes looked at, in their order of preference. A name behind
        中华人民共和国 is looked up without it.
        """
        by_name = self.entries.by_name
        entries = by_name.get(zh) or by_name.get(zh.removeprefix(_REPUBLIC)) or ()
        for kind in kinds or ("",):
            some = [entry for entry in entries if not kind or entry.kind == kind]
            if some:
                return of_day(some, self.day)
        return None

    def find(self, text: str, kinds: Iterable[str] = NAMES) -> Iterator[Found]:
        """Names in a text, longest first, from left to right, of the classes `kinds`.

        A local bureau (北京市统计局) is not the national one of its name, and 商务部门 is not the
        ministry.
        """
        wanted = tuple(kinds)
        for match in self.entries.pattern(wanted).finditer(text):
            if _is_other(text, match):
                continue
            some = [e for e in self.entries.by_name[match.group()] if e.kind in wanted]
            yield Found(of_day(some, self.day), match.start(), match.end())

    def last(self, text: str, kinds: Iterable[str]) -> Found | None:
        """The longest name of the classes `kinds` that a text ends with."""
        found = re.search(rf"(?:{self.entries.pattern(tuple(kinds)).pattern})$", text)
        entry = self.get(found.group(), kinds) if found else None
        return Found(entry, *found.span()) if found and entry else None

    def find_own(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The notice's own names in a text: start, end, the name in its own language.

        That may stand behind the Chinese one in brackets, 莱多斯公司（Leidos）, and is of it. Without that,
        what may be a part of a longer name is none.
        """
        for match in self._own_names.finditer(text) if self.own else ():
            english = self.own[match.group()]
            start, behind = match.start(), _SPACES.match(text, match.end())
            at = behind.end() if behind else match.end()
            if text.startswith((f"（{english}）", f"({english})"), at):
                yield start, at + len(english) + 2, english
            elif _BEFORE_OWN.search(text, max(0, start - 2), start) and _BEHIND_OWN.match(
                text, match.end()
            ):
                yield start, match.end(), english

    @cached_property
    def _own_names(self) -> re.Pattern[str]:
        return re.compile(alternation(dict.fromkeys(self.own, ())))


def _is_other(text: str, match: re.Match[str]) -> bool:
    zh, start, end = match.group(), match.start(), match.end()
    if zh.endswith("部") and text.startswith(_NOT_A_MINISTRY, end):
        return True
    if zh.endswith(("局", "办", "委")) and not zh.startswith(("国家", "中国")):
        return text.endswith(_PARTS, 0, start)
    # 北京大学, 上海合作组织, 重庆大学: names of their own.
    return text.startswith(("大学", "合作组织"), end)


@cache
def glossary() -> Glossary:
    """The lexicon and the terms in this folder, read once."""
    entries = tuple(_entries())
    by_name: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        by_name[entry.zh] = (*by_name.get(entry.zh, ()), entry)
    content = "\n".join("\t".join(map(str, entry)) for entry in entries)
    return Glossary(Entries(hashlib.sha256(content.encode()).hexdigest()[:12], by_name))


def _entries() -> Iterator[Entry]:
    for row in BODIES.entries:
        yield from _forms(row, "body")
    for row in OFFICES.entries:
        yield from _forms(row, "local" if row.kind == "local" else "unit")
    for row in PLACES.entries:
        yield from _forms(row, _OF_PLACES.get(row.kind, "geo"))
    for row in DOCUMENT_TYPES.entries:
        yield from _forms(row, "doctype")
    for row in LISTS.entries:
        yield from _forms(row, "strict")
    for table in TABLES:
        for row in read_table(files(__package__) / table):
            for kind in row.kind.split(" | "):
                yield from _forms(row, kind)


def _forms(row: Row, kind: str) -> Iterator[Entry]:
    for zh in row.printed:
        yield Entry(zh, row.english, kind, row.since, row.until, row.also, row.not_in)
