"""The numbers of an English sentence."""

import re
from decimal import Decimal

from services.translator.checks.quantities import Quantity, plain
from shared.chinese.form import Form, Forms, Found
from shared.english_dates import MONTHS, NAMES, YEAR

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
_YEAR = rf"(?P<year>{YEAR})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TIME_UNIT = r"[\s-](?:(?:working|business|calendar|natural)\s)?(?:days?|weeks?|months?|years?|hours?|minutes?)\b"
_NUMBERS = Forms(
    Form("clock", r"\b(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)\b", yes=("17:00",), no=("17:60",)),
    Form("date", rf"\b(?P<month>{_MONTH})\s+{_DAY},?\s+(?:of\s+)?{_YEAR}\b", yes=("December 8, 2022", "Dec. 8th, 2022")),
    Form("date", rf"\b{_DAY}\s+(?:of\s+)?(?P<month>{_MONTH}),?\s+{_YEAR}\b", yes=("8 December 2022", "8th of December 2022")),
    Form("date in digits", rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)\b", yes=("2022-12-08",), no=("2022-8",)),
    Form("month of a year", rf"\b(?P<month>{_MONTH}),?\s+(?:of\s+)?{_YEAR}\b", yes=("December 2022",)),
    Form("day", rf"\b(?P<month>{_MONTH})\s+{_DAY}\b", yes=("December 8",)),
    Form("day", rf"\b{_DAY}\s+(?:of\s+)?(?P<month>{_MONTH})(?![A-Za-z])", yes=("8 December", "8th of Dec.")),
    Form(
        "month",
        rf"\b(?P<month>{_MONTH_ALONE})\b"
        r"|(?:(?<=in )|(?<=In )|(?<=of )|(?<=by )|(?<=By )|(?<=from )|(?<=From )|(?<=to )|(?<=until )|(?<=since )|(?<=Since )|(?<=late )|(?<=early )|(?<=mid-))May\b"
        r"|\bMay(?= and (?:June|July))",
        yes=("January", "In May", "May and June"),
        no=("they may apply", "May apply"),
    ),
    Form("article", r"\b[Aa]rticles?\s+(?P<number>\d+)", yes=("Article 12",), no=("particle 12",)),
    Form(
        "part",
        r"\b(?:[Pp]aragraph|[Ii]tem|[Ss]ubparagraph|[Cc]hapter|[Ss]ection|[Cc]lause)s?\s+\(?(?P<number>\d+)\)?",
        yes=("paragraph 2", "Section (3)"),
    ),
    Form("of a document", r"\b[Nn]os?\.\s*(?P<number>\d+)", yes=("No. 61",), no=("no 61",)),
    Form(
        "digits",
        r"(?P<number>(?<![A-Za-z\d.])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?))(?:st|nd|rd|th)?(?:[\s-]?(?P<multiplier>hundred|thousand|million|billion|trillion)s?\b)?(?P<second>\s(?:million|billion|trillion)\b)?"
        rf"(?P<after>\s?(?:%|‰|per\smille\b|percentage\spoints?\b|percent\b|per\scent\b)|{_TIME_UNIT})?",
        yes=("9.01 trillion", "12,345.6 tons", "10%", "20 working days"),
        no=("A4",),
    ),
    Form("ordinal", rf"\b(?P<number>(?i:twenty-|thirty-)?(?i:{'|'.join(_ORDINALS)}))\b", yes=("the twenty-first",)),
    Form(
        "multiple",
        r"\b(?P<word>hundreds|thousands|millions|billions|dozens?|half|both|double|twice|triple|quarter|duplicate|triplicate|quadruplicate)\b",
        yes=("in duplicate", "twice"),
    ),
    Form(
        "words",
        rf"\b(?P<number>(?i:{_WORD})(?:-(?:{_WORD}))?(?:\s(?:hundred|thousand|million|billion|trillion))?)\b(?P<after>{_TIME_UNIT}|\s(?:percent|per\scent|percentage\spoints?)\b)?",
        yes=("Seventy-three brands", "three months", "five percent"),
        no=("someone",),
    ),
    Form("one of time", r"\b(?:a|an|one)\s(?P<unit>month|year|week|day|hour)\b", yes=("a month", "an hour")),
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
_SECTION = Forms(
    Form(
        "section",
        rf"\s*(?:{_ROMAN}\.|\(\d{{1,3}}\)|[A-Z]\.)\s+",
        yes=("II. In May", "(3) Items"),
        no=("In May", "3. Items"),
    ),
    anchored=True,
)


def quantities(text: str) -> list[Quantity]:
    """The numbers of a sentence in order, without a section's marker (II.).

    `must` is True for what the source must hold: digits, and number words from three on. "one",
    "two", "first" and "second" are words of the language as often as numbers.
    """
    section = _SECTION.match(text)
    text = text[section.end :] if section else text
    return [quantity for found in _NUMBERS.finditer(text) for quantity in _read(found)]


def _read(found: Found) -> list[Quantity]:
    match found.name:
        case "clock":
            # 17:00 is 17时: the full hour says no minutes.
            parts = [found["hour"], *([found["minute"]] if int(found["minute"]) else [])]
            return [Quantity(plain(part)) for part in parts]
        case "date":
            return [_date(found["year"], found["month"], found["day"])]
        case "date in digits":
            return [Quantity(plain(found["year"] + found["month"] + found["day"]), "date")]
        case "month of a year":
            return [Quantity(plain(int(found["year"]) * 100 + _month(found["month"])), "date")]
        case "day":
            return [Quantity(plain(_month(found["month"]) * 100 + int(found["day"])), "date")]
        case "month":
            return [Quantity(plain(_month(found.text)), "month")]
        case "article" | "part":
            return [Quantity(plain(found["number"]), found.name)]
        case "of a document":
            return [Quantity(plain(found["number"]), "number")]
        case "digits":
            value = Decimal(found["number"].replace(",", ""))
            for name in ("multiplier", "second"):
                value *= _MULTIPLIERS.get((found[name] or "").strip(), 1)
            return [Quantity(plain(value), _kind(found["after"]))]
        case "words":
            spelled = _words(found["number"])
            return [Quantity(plain(spelled), _kind(found["after"]), must=spelled > 2)]
        case "ordinal":
            return [_ordinal(found["number"])]
        case "multiple":
            vague = _VAGUE.get(found["word"])
            return [Quantity(plain(vague), must=False)] if vague else []
    return [Quantity(plain(1), found["unit"], must=False)]


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
