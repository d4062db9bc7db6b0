"""Currencies and units of measure after a number: yuan or dollars, tons or kilograms."""

import re
from typing import NamedTuple

from services.translator.checks.flag import Flag


class _Unit(NamedTuple):
    """`printed` behind a number must be `english`; `english` must have a `word` in the source."""

    printed: re.Pattern[str]
    word: re.Pattern[str]
    english: re.Pattern[str]
    check: str


def _measure(word: str, english: str) -> _Unit:
    return _Unit(
        re.compile(rf"[\d.]\s?(?:多|余)?[万亿千百]*\s?(?:{word})"),
        re.compile(word),
        re.compile(english, re.IGNORECASE),
        "measure",
    )


def _currency(printed: str, word: str, english: str) -> _Unit:
    return _Unit(
        re.compile(printed), re.compile(word), re.compile(english, re.IGNORECASE), "currency"
    )


_UNITS = (
    _currency(r"美元|美金", r"美元|美金|[港加澳新]元|港币|\$", r"\bdollars?\b|\bUSD|US\$"),
    _currency(r"欧元", r"欧元|€", r"\beuros?\b|\bEUR\b|€"),
    _currency(r"港元|港币", r"港元|港币", r"Hong Kong dollar|HKD|HK\$"),
    _currency(r"日元", r"日元", r"\byen\b|\bJPY\b"),
    _currency(r"英镑", r"英镑", r"\bpounds? sterling|\bGBP\b|£"),
    _currency(
        r"(?<![美欧港日加澳单多韩卢新])元(?=[，、。；）]|人民币|/|$)|人民币|亿元|万元",
        r"(?<![美欧港日加澳新])元|人民币|¥|￥",
        r"\byuan\b|\bRMB\b|\bCNY\b|renminbi|¥",
    ),
    _measure(r"吨", r"\bton(?:s|ne|nes|nage)?\b"),
    _measure(r"公斤|千克", r"\bkilograms?\b|\bkilos?\b|\bkg\b"),
    _measure(r"公里|千米", r"\bkilomet|\bkm\b"),
    _measure(r"平方米|平米|㎡", r"\bsquare met|\bsq\.?\s?m|\bm[²2]"),
    _measure(r"立方米", r"\bcubic met|\bm[³3]"),
    _measure(r"桶", r"\bbarrel"),
    _measure(r"公顷", r"\bhectare|\bha\b"),
    _measure(r"微米", r"\bmicro(?:n|met)|\b[μµ]m\b"),
    _measure(r"纳米", r"\bnano|\bnm\b"),
    _measure(r"毫米", r"\bmillimet|\bmm\b"),
)
_NUMBERED = re.compile(r"\d")


def check_units(source: str, text: str) -> list[Flag]:
    """Flags units that are only in the source or only in the English."""
    flags = []
    for unit in _UNITS:
        printed, found = unit.printed.search(source), unit.english.search(text)
        if printed and not found and _NUMBERED.search(source):
            flags.append(Flag(unit.check, printed.group()))
        # What the source prints in Latin letters itself (300Wh/kg) is copied.
        copied = found and found.group().lower() in source.lower()
        if found and not copied and not unit.word.search(source):
            flags.append(Flag(unit.check, found.group()))
    return flags
