"""A text without some of its words, as long as it was."""

from collections.abc import Iterable

from shared.chinese.form import Found


def blanked(text: str, words: Iterable[Found], char: str) -> str:
    """The text with a character in the place of each character of some words, which are in order."""
    pieces, at = list[str](), 0
    for word in words:
        pieces += [text[at : word.start], char * (word.end - word.start)]
        at = word.end
    return "".join([*pieces, text[at:]])
