"""Texts that a reader might take too long for, made from the forms themselves.

What a form looks for, again and again: whole, with its end missing, with one part of it without an end. A
reader that looks at each beginning as far as the end of the text takes four times as long for twice as
much.
"""

from collections.abc import Iterator, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from shared.chinese.form import Form

# A part of a form that may be as long has no end of its own.
_LONG = 20
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_CATEGORIES = {
    ops.CATEGORY_DIGIT: "1",
    ops.CATEGORY_SPACE: " ",
    ops.CATEGORY_WORD: "a",
    ops.CATEGORY_NOT_SPACE: "甲",
    ops.CATEGORY_NOT_DIGIT: "甲",
    ops.CATEGORY_NOT_WORD: "，",
}
# For what may be anything but some characters.
_OTHERS = "甲a1、，（《。 "


class Trap(NamedTuple):
    """`unit` again and again behind `head`."""

    head: str
    unit: str

    def text(self, size: int) -> str:
        """The trap with about as many characters."""
        return self.head + self.unit * max(1, size // len(self.unit))


def traps_of(form: Form) -> Iterator[Trap]:
    """Traps of one form, from its examples and from its pattern; some come twice."""
    for example in (*form.yes, *form.no):
        for unit in (example, example[:-1], example[: len(example) // 2], example[1:]):
            yield from (Trap("", unit + between) for between in ("", "、", "，", "\n") if unit)
    for head, unit in _parts_without_end(form.pattern):
        if unit:
            yield Trap(head, unit)
            yield Trap("", unit)
            yield Trap("", head + unit)
            yield Trap("", head + 3 * unit)
        for pair in ("“甲”", "《甲》", "（甲）"):
            yield Trap(head, pair)


def _parts_without_end(pattern: str) -> list[tuple[str, str]]:
    """Each part that may be repeated, behind a text that the pattern begins with."""
    found: list[tuple[str, str]] = []
    whole = _sample(parser.parse(pattern), "", {}, found)
    return list(dict.fromkeys([("", whole), *found]))


def _sample(
    parsed: Sequence[tuple[Any, Any]],
    before: str,
    groups: dict[int, str],
    found: list[tuple[str, str]],
) -> str:
    """A text that the pattern finds, or nearly."""
    text = ""
    for operation, argument in parsed:
        text += _of(operation, argument, before + text, groups, found)
    return text


def _of(
    operation: Any, argument: Any, before: str, groups: dict[int, str], found: list[tuple[str, str]]
) -> str:
    if operation is ops.LITERAL:
        return chr(argument)
    if operation is ops.NOT_LITERAL:
        return next(char for char in _OTHERS if ord(char) != argument)
    if operation is ops.ANY:
        return "甲"
    if operation is ops.IN:
        return _member(argument)
    if operation is ops.BRANCH:
        first, *_ = [_sample(branch, before, groups, found) for branch in argument[1]]
        return first
    if operation is ops.SUBPATTERN:
        groups[argument[0]] = text = _sample(argument[3], before, groups, found)
        return text
    if operation is ops.ATOMIC_GROUP:
        return _sample(argument, before, groups, found)
    if operation is ops.GROUPREF:
        return groups.get(argument, "")
    if operation is ops.GROUPREF_EXISTS:
        return _sample(argument[1], before, groups, found)
    if operation in (ops.ASSERT, ops.ASSERT_NOT):
        # What stands behind or before is no part of the text, but may be long as well.
        _sample(argument[1], before, groups, found)
        return ""
    if operation in _REPEATS:
        least, most, repeated = argument
        unit = _sample(repeated, before, groups, found)
        if int(most) >= _LONG:
            found.append((before, unit))
        return unit * max(1, min(int(least), 40))
    return ""


def _member(members: Sequence[tuple[Any, Any]]) -> str:
    if members[0][0] is ops.NEGATE:
        return next((char for char in _OTHERS if not _holds(members[1:], char)), "乙")
    return _first(members)


def _first(members: Sequence[tuple[Any, Any]]) -> str:
    operation, argument = members[0]
    if operation is ops.LITERAL:
        return chr(argument)
    return chr(argument[0]) if operation is ops.RANGE else str(_CATEGORIES[argument])


def _holds(members: Sequence[tuple[Any, Any]], char: str) -> bool:
    for operation, argument in members:
        if operation is ops.LITERAL and ord(char) == argument:
            return True
        if operation is ops.RANGE and argument[0] <= ord(char) <= argument[1]:
            return True
        if operation is ops.CATEGORY and _in_category(argument, char):
            return True
    return False


def _in_category(category: Any, char: str) -> bool:
    kinds = {
        ops.CATEGORY_DIGIT: char.isdigit(),
        ops.CATEGORY_SPACE: char.isspace(),
        ops.CATEGORY_WORD: char.isalnum(),
    }
    return kinds.get(category, True)
