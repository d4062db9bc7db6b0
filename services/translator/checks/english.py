"""The numbers of an English sentence."""

import re
from decimal import Decimal

from services.translator.checks.quantities import Quantity, plain
from shared.english_months import MONTHS, NAMES

_MONTH = "|".join(name if name in NAMES else rf"{name}\.?" for name in MONTHS)
# May is a verb as well.
_MONTH_ALONE = "|".join(name for name in NAMES if name != "May")
_SMALL = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: number * 10
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2
    )
}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
_MULTIPLIERS = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_WORD = "|".join([*_SMALL, *_TENS])
_ROMAN = r"(?=[IVXLC]+\b)(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_TOKEN = re.compile(
    r"(?P<clock>\b(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)\b)|"
    rf"(?P<mdy>\b(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?:of\s+)?(?P<y1>(?:19|20)\d\d)\b)"
    rf"|(?P<dmy>\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_MONTH}),?\s+(?P<y2>(?:19|20)\d\d)\b)"
    r"|(?P<iso>\b(?P<y5>(?:19|20)\d\d)-(?P<m5>\d\d)-(?P<d5>\d\d)\b)"
    rf"|(?P<my>\b(?P<m3>{_MONTH}),?\s+(?:of\s+)?(?P<y3>(?:19|20)\d\d)\b)"
    rf"|(?P<md>\b(?P<m4>{_MONTH})\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\b)"
    rf"|(?P<dm>\b(?P<d6>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m6>{_MONTH})(?![A-Za-z]))"
    rf"|(?P<month>\b(?:{_MONTH_ALONE})\b"
    r"|(?:(?<=in )|(?<=In )|(?<=of )|(?<=by )|(?<=By )|(?<=from )|(?<=From )|(?<=to )|(?<=until )|(?<=since )|(?<=Since )|(?<=late )|(?<=early )|(?<=mid-))May\b|\bMay(?= and (?:June|July)))"
    r"|(?P<art>\b[Aa]rticles?\s+(?P<artn>\d+))"
    r"|(?P<part>\b(?:[Pp]aragraph|[Ii]tem|[Ss]ubparagraph|[Cc]hapter|[Ss]ection|[Cc]lause)s?\s+\(?(?P<partn>\d+)\)?)"
    r"|(?P<no>\b[Nn]os?\.\s*(?P<non>\d+))"
    rf"|(?P<num>(?<![A-Za-z\d.])(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?))(?:st|nd|rd|th)?(?:[\s-]?(?P<mult>hundred|thousand|million|billion|trillion)s?\b)?(?P<mult2>\s(?:million|billion|trillion)\b)?"
    rf"(?P<after>\s?(?:%|‰|per\smille\b|percentage\spoints?\b|percent\b|per\scent\b)|[\s-](?:(?:working|business|calendar|natural)\s)?(?:days?|weeks?|months?|years?|hours?|minutes?)\b)?"
    rf"|(?P<words>\b(?i:{_WORD})(?:-(?:{_WORD}))?(?:\s(?:hundred|thousand|million|billion|trillion))?)\b(?P<wafter>[\s-](?:(?:working|business|calendar|natural)\s)?(?:days?|weeks?|months?|years?|hours?|minutes?)\b|\s(?:percent|per\scent|percentage\spoints?)\b)?"
    rf"|(?P<ordinal>\b(?i:twenty-|thirty-)?(?i:{'|'.join(_ORDINALS)})\b)"
    rf"|(?P<multiple>\b(?:hundreds|thousands|millions|billions|dozens?|half|both|double|twice|triple|quarter|duplicate|triplicate|quadruplicate)\b)"
    rf"|(?P<amonth>\b(?:a|an|one)\s(?P<aunit>month|year|week|day|hour)\b)"
)  # fmt: skip
_VAGUE = {
    "half": 2,
    "both": 2,
    "double": 2,
    "twice": 2,
    "triple": 3,
    "duplicate": 2,
    "triplicate": 3,
    "quadruplicate": 4,
    "quarter": 4,
}
_SECTION = re.compile(rf"^\s*(?:{_ROMAN}\.|\(\d{{1,3}}\)|[A-Z]\.)\s+")


def quantities(text: str) -> list[Quantity]:
    """The numbers of a sentence in order, without a section's marker (II.).

    `must` is True for what the source must hold: digits, and number words from three on. "one",
    "two", "first" and "second" are words of the language as often as numbers.
    """
    text = _SECTION.sub("", text)
    found: list[Quantity] = []
    for match in _TOKEN.finditer(text):
        if match["clock"]:
            # 17:00 is 17时: the full hour says no minutes.
            parts = [match["hour"], *([match["minute"]] if int(match["minute"]) else [])]
            found += [Quantity(plain(part)) for part in parts]
            continue
        one = _read(match)
        if one:
            found.append(one)
    return found


def _read(match: re.Match[str]) -> Quantity | None:
    for year, month, day in (("y1", "m1", "d1"), ("y2", "m2", "d2")):
        if match[year]:
            return _date(match[year], match[month], match[day])
    if match["iso"]:
        return Quantity(plain(match["y5"] + match["m5"] + match["d5"]), "date")
    if match["my"]:
        return Quantity(plain(int(match["y3"]) * 100 + _month(match["m3"])), "date")
    for month, day in (("m4", "d4"), ("m6", "d6")):
        if match[month]:
            return Quantity(plain(_month(match[month]) * 100 + int(match[day])), "date")
    if match["month"]:
        return Quantity(plain(_month(match["month"])), "month")
    for group, inner, kind in (("art", "artn", "article"), ("part", "partn", "part"), ("no", "non", "number")):  # fmt: skip
        if match[group]:
            return Quantity(plain(match[inner]), kind)
    if match["num"]:
        value = Decimal(match["num"].replace(",", ""))
        for name in ("mult", "mult2"):
            value *= _MULTIPLIERS.get((match[name] or "").strip(), 1)
        return Quantity(plain(value), _kind(match["after"]))
    if match["words"]:
        spelled = _words(match["words"])
        return Quantity(plain(spelled), _kind(match["wafter"]), must=spelled > 2)
    if match["ordinal"]:
        return _ordinal(match["ordinal"])
    if match["multiple"]:
        vague = _VAGUE.get(match["multiple"])
        return Quantity(plain(vague), must=False) if vague else None
    return Quantity(plain(1), match["aunit"], must=False)


def _ordinal(word: str) -> Quantity:
    tens, _, unit = word.lower().rpartition("-")
    value = _TENS.get(tens, 0) + _ORDINALS[unit]
    return Quantity(plain(value), must=value > 3)


def _date(year: str, month: str, day: str) -> Quantity:
    return Quantity(plain((int(year) * 100 + _month(month)) * 100 + int(day)), "date")


def _month(name: str) -> int:
    return MONTHS[name.rstrip(".")]


def _words(text: str) -> int:
    total = 0
    for word in re.split(r"[\s-]", text.lower()):
        if word in _MULTIPLIERS:
            total *= _MULTIPLIERS[word]
        else:
            total += _SMALL.get(word, 0) + _TENS.get(word, 0)
    return total


def _kind(after: str | None) -> str:
    text = (after or "").strip(" -").lower()
    if not text:
        return ""
    if "point" in text:
        return "point"
    if text in ("‰", "per mille"):
        return "per mille"
    if "%" in text or "per" in text:
        return "percent"
    unit = text.split()[-1].rstrip("s")
    return f"working {unit}" if text.startswith(("working", "business")) else unit
