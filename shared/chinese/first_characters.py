r"""Alternations that Python finds fast, by the characters that a match can begin with.

Unless every branch begins with a plain character, Python tries one after the other at each character
of a text. `(?=[…])` in front of them, with all that any can begin with, takes a tenth of the time.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_CLASSES = {
    ops.CATEGORY_DIGIT: r"\d",
    ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_WORD: r"\w",
}
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
# (Operation and argument, as the parser of `re` has them.)
_Parsed = Sequence[tuple[Any, Any]]


class _AnyCharacter(Exception):
    """No set of characters is known."""


def alternation(patterns: Sequence[str]) -> str:
    """A pattern that finds what `"|".join(patterns)` does, at the same places with the same groups."""
    parsed = [parser.parse(pattern) for pattern in patterns]
    if all(map(_begins_plainly, parsed)):
        return "|".join(patterns)
    branches: list[str] = []
    firsts = map(_first_characters, parsed)
    for is_known, some in groupby(zip(patterns, firsts, strict=True), key=lambda one: bool(one[1])):
        together, known = zip(*some, strict=True)
        branch = "|".join(together)
        if is_known:
            branch = f"(?=[{''.join(sorted(set().union(*known)))}])(?:{branch})"
        branches.append(branch)
    return "|".join(branches)


def _first_characters(parsed: _Parsed) -> frozenset[str]:
    r"""What stands in a character class for the characters that a match can begin with:
    `{"本", r"\d"}` of `(?<!第)(?:本|\d+)号`. Empty where it can be any, or where a match can be empty.
    """
    try:
        characters, is_empty = _first(parsed)
    except _AnyCharacter:
        return frozenset()
    return frozenset() if is_empty else frozenset(characters)


def _begins_plainly(parsed: _Parsed) -> bool:
    if not parsed:
        return False
    operation, argument = parsed[0]
    if operation is ops.BRANCH:
        return all(branch and branch[0][0] is ops.LITERAL for branch in argument[1])
    return operation is ops.LITERAL


def _first(parsed: _Parsed) -> tuple[set[str], bool]:
    """The characters, and whether what was parsed may match without any."""
    characters: set[str] = set()
    for operation, argument in parsed:
        if operation in (ops.AT, ops.ASSERT_NOT) or (operation is ops.ASSERT and argument[0] < 0):
            continue
        found, is_empty = _first_of(operation, argument)
        characters |= found
        if not is_empty:
            return characters, False
    return characters, True


def _first_of(operation: Any, argument: Any) -> tuple[set[str], bool]:
    if operation is ops.LITERAL:
        return {re.escape(chr(argument))}, False
    if operation is ops.IN:
        return set(map(_member, argument)), False
    if operation is ops.BRANCH:
        branches = [_first(branch) for branch in argument[1]]
        return set().union(*(one for one, _ in branches)), any(empty for _, empty in branches)
    if operation is ops.SUBPATTERN and not argument[1] & re.IGNORECASE:
        return _first(argument[3])
    if operation is ops.ASSERT:
        return _first(argument[1])
    if operation is ops.ATOMIC_GROUP:
        return _first(argument)
    if operation in _REPEATS:
        least, _, repeated = argument
        found, is_empty = _first(repeated)
        return found, is_empty or least == 0
    raise _AnyCharacter


def _member(member: tuple[Any, Any]) -> str:
    """A member of a character class."""
    operation, argument = member
    if operation is ops.LITERAL:
        return re.escape(chr(argument))
    if operation is ops.RANGE:
        return "-".join(re.escape(chr(code)) for code in argument)
    if operation is ops.CATEGORY and argument in _CLASSES:
        return _CLASSES[argument]
    raise _AnyCharacter
