"""A row's Chinese, 加强{x}管理, against a text: every way in which its slots can be filled.

A regular expression alone gives one way, and 对{x}的{y}管理 may have several of which one is words
that the glossary knows.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

SLOT = re.compile(r"\{(?P<name>[a-z]+)(?::(?P<slot>[a-z]+))?(?P<form>-?)\}")


class Pattern:
    """Regular expressions with slots between them: `{rest}`, or `{since:date}`, the slot `date`
    under another name.
    """

    def __init__(self, chinese: str, slots: Mapping[str, str]) -> None:
        """`slots` are what each may hold, as regular expressions. Raises KeyError for an unknown one."""
        self._slots = {m["name"]: m["slot"] or m["name"] for m in SLOT.finditer(chinese)}
        self._names = tuple(self._slots)
        self._between = SLOT.sub("\0", chinese).split("\0")
        self._holds = [slots[self._slots[name]] for name in self._names]

    @property
    def slots(self) -> Mapping[str, str]:
        """The names in the row with the slots that they are of."""
        return self._slots

    def fillings(self, text: str) -> Iterator[Mapping[str, str]]:
        """What the slots hold for `text` to be the row, the first as short as can be first."""
        if self._whole.fullmatch(text):
            start = self._literals[0].match(text)
            yield from self._from(0, start.end(), text, {}) if start else ()

    def _from(
        self, number: int, at: int, text: str, filled: Mapping[str, str]
    ) -> Iterator[Mapping[str, str]]:
        if number == len(self._names):
            if at == len(text):
                yield filled
            return
        behind, last = self._literals[number + 1], number + 1 == len(self._names)
        for end in range(at, len(text) + 1):
            literal = behind.fullmatch(text, end) if last else behind.match(text, end)
            if literal and self._slot_patterns[number].fullmatch(text, at, end):
                more = {**filled, self._names[number]: text[at:end]}
                yield from self._from(number + 1, literal.end(), text, more)

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        slots = [f"(?:{one})" for one in self._holds]
        return re.compile("".join(map("".join, zip(self._between, [*slots, ""], strict=True))))

    @cached_property
    def _literals(self) -> list[re.Pattern[str]]:
        return [re.compile(one) for one in self._between]

    @cached_property
    def _slot_patterns(self) -> list[re.Pattern[str]]:
        return [re.compile(one) for one in self._holds]
