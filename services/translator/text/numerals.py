"""Chinese numerals: to their value, and as the markers of sections."""

import re
from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_DIGITS |= {"○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
CHARACTERS = "〇零○一二两三四五六七八九十百千万亿"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"))


def value(numeral: str) -> int | None:
    """The value of a Chinese numeral (十四, 二〇二二, 一百二十), None when it is none."""
    if not numeral or any(char not in CHARACTERS for char in numeral):
        return None
    if not any(char in _UNITS or char in _LARGE for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total = section = pending = 0
    for char in numeral:
        if char in _LARGE:
            total = (total + section + pending) * _LARGE[char]
            section = pending = 0
        elif char in _UNITS:
            section += (pending or 1) * _UNITS[char]
            pending = 0
        else:
            pending = _DIGITS[char]
    return total + section + pending


def scale(units: str) -> Decimal:
    """What 万, 亿, 万亿, 千 or 百 multiply by; 1 for none."""
    factor = Decimal(1)
    for char in units:
        factor *= _LARGE.get(char) or _UNITS.get(char) or 1
    return factor


def roman(number: int) -> str:
    """A number from 1 to 399 in Roman numerals."""
    made = ""
    for size, letters in (*_ROMAN, (1, "I")):
        while number >= size:
            made += letters
            number -= size
    return made


NUMERAL = re.compile(rf"[{CHARACTERS}]+")
