"""The case of letters in English titles: one rule for all of them.

Every word begins with a capital but for articles, conjunctions and short prepositions inside the
title, as the English names of laws and of the ministry's announcements do: Measures for the
Administration of Import Licenses for Goods.
"""

import re

_SMALL = frozenset(
    "a an the and or nor but of for to in on from with into by at as per via under than".split()
)
_WORD = re.compile(r"[^\s()\"“”\[\]/]+")
_PART = re.compile(r"[^-]+")
# Letters that say where an atom stands (n-propanol), not words.
_LOCANTS = frozenset({"n", "o", "m", "p", "i", "tert", "sec"})
# A mark before a word, and the blanks between.
_NEAR = 20
_BEGINS = re.compile(r"(?:^|[:;]\s|[(\"“]\s*)$")


def headline(text: str, *, inside: bool = False) -> str:
    """A title with capitals; `inside` when it is the middle of one and may begin with a small word.

    Words that hold a capital or a digit already stay as they are: TechInsights, PVH, γ-Butyrolactone.
    """

    def capitalised(match: re.Match[str]) -> str:
        word = match.group()
        start = match.start()
        begins = bool(_BEGINS.search(text, max(0, start - _NEAR), start)) and (
            start > 0 or not inside
        )
        if word in _SMALL and not begins:
            return word
        if any(char.isupper() for char in word):
            return word
        parts = _PART.findall(word)
        return _PART.sub(lambda part: _part(part, parts), word)

    return _WORD.sub(capitalised, text)


def _part(match: re.Match[str], parts: list[str]) -> str:
    part = match.group()
    if match.start() > 0 and (part in _SMALL or parts[0] in _LOCANTS):
        # o-Chloro-p-nitroaniline has one capital.
        return part[:1].upper() + part[1:] if match.start() == 2 else part
    if len(parts) > 1 and (part in _LOCANTS or (len(part) == 1 and not part.isascii())):
        return part
    return part[:1].upper() + part[1:]
