"""Document numbers as English texts print them: MOFCOM Announcement No. 61 of 2025.

Announcements and orders are named by type and body, which the lexicon has in Chinese. A letter's code is
spelled in pinyin there (Shang Ban Jian Han [2022] No. 318), which does not tell its characters.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from shared.chinese.document_numbers import DocumentNumber
from shared.chinese.form import Form, Forms, Found
from shared.chinese.lexicon import BODIES
from shared.english_dates import YEAR

_TYPE = r"(?P<type>[Aa]nnouncement|[Oo]rder|[Dd]ecree)"
_NUMBER = (
    rf"(?:No\.?\s*+(?P<serial>\d{{1,4}})(?:\s*+(?:,|of|\[|\(|（)?\s*+(?P<year>{YEAR})\b(?:\s*+[\])）])?)?"
    rf"|[\[\(（]?(?P<first_year>{YEAR})[\])）]?,?\s*+No\.?\s*+(?P<its_serial>\d{{1,4}}))"
)
# What begins with a number, as a title does.
NUMBERS = Forms(
    Form(
        "issuers behind",
        rf"{_TYPE}\s++[\(（]?{_NUMBER}(?:(?:\s*+,)?\s++(?:of|by|issued by)\s++|\s*+,\s*+)(?P<issuers>(?:the\s++)?[A-Z][^.;:]*)",
        yes=(
            "Announcement No. 18 of 2025 of the Ministry of Commerce",
            "Decree No. 792 of the State Council",
        ),
    ),
    Form(
        "issuers between",
        rf"{_TYPE}\s++(?:of|by)\s++(?P<issuers>(?:the\s++)?[A-Z][^.;:\[\(（]*?)(?<!\s)\s*+[,\(（\[]?\s*+{_NUMBER}",
        yes=("Order of the Ministry of Commerce (No. 4 of 2020)",),
    ),
    Form(
        "issuers before",
        rf"(?P<issuers>[A-Z][^.;:]*?)(?<!\s)\s++{_TYPE}(?:\s*+,)?\s++[\(（]?{_NUMBER}",
        yes=("MOFCOM Announcement No. 61 of 2025", "MOFCOM Announcement [2025] No. 61"),
        no=("MOFCOM Announcement on Exports",),
    ),
    anchored=True,
)
_TYPES = {"announcement": "公告", "order": "令", "decree": "令"}
# One number or several: No. 55, 56 and 58; Nos. 55 to 58. A year behind a comma is none of them.
_TO = r"to|through|-|–"
_SERIALS = rf"(?P<serials>\d{{1,4}}(?:\s*+(?:,\s*+and|,|and|&|{_TO})\s*+(?:Nos?\.?\s*+)?(?!{YEAR}\b)\d{{1,4}})*)(?!\d)"
_YEAR_BEHIND = rf"(?:\s*+(?:,|of|\[|\(|（)?\s*+(?P<year>{YEAR})\b(?:\s*+[\])）])?)?"
# What cites a number anywhere in a text. Whose it is stands before it or behind it.
CITED = Forms(
    Form(
        "issuers between",
        rf"{_TYPE}\s++(?:of|by)\s++(?P<issuers>(?:the\s++)?[A-Z][^.;:\[\(（]{{1,120}}?)(?<!\s)\s*+[,\(（\[]\s*+Nos?\.?\s*+{_SERIALS}{_YEAR_BEHIND}",
        yes=("Order of the Ministry of Commerce (No. 4 of 2020)",),
        no=("Order No. 4 of 2020",),
    ),
    Form(
        "year before the type",
        rf"(?P<year>{YEAR})\s++{_TYPE}s?\s*+,?\s*+Nos?\.?\s*+{_SERIALS}(?!\s*+(?:of|,)?\s*+{YEAR}\b)",
        yes=("2025 Announcement No. 61",),
        no=("2025 Announcement No. 61 of 2024",),
    ),
    Form(
        "year before",
        rf"{_TYPE}s?\s*+,?\s*+[\[\(（]?(?P<year>{YEAR})[\])）]?\s*+,?\s*+Nos?\.?\s*+{_SERIALS}",
        yes=("Announcement [2025] No. 61", "Announcements 2025 Nos. 55-58"),
    ),
    Form(
        "year behind",
        rf"{_TYPE}s?\s*+,?\s*+[\(（]?Nos?\.?\s*+{_SERIALS}{_YEAR_BEHIND}",
        yes=(
            "Announcement No. 61 of 2025",
            "announcement No.61, 2025",
            "Announcements Nos. 55, 56, 57 and 58 of 2025",
            "Order (No. 4 of 2020)",
            "Decree No. 792",
        ),
        no=("announcement of 2025", "in order to No. 5"),
    ),
)
# The number of a letter, whose code stands in pinyin.
SPELLED = Forms(
    Form(
        "letter",
        rf"(?:[A-Z][a-z]{{0,5}}\s){{2,7}}?\s*[\[〔]{YEAR}[\]〕]\s*(?:No\.?\s*)?\d{{1,5}}",
        yes=("Shang Ban Jian Han [2022] No. 318", "Guo Fa 〔2007〕 37"),
        no=("Announcement [2025] No. 61", "商办建函〔2022〕318号"),
    )
)
_SERIAL = Forms(
    Form(
        "serial",
        rf"(?:(?P<to>{_TO})\s*+)?(?:Nos?\.?\s*+)?(?P<serial>\d{{1,4}})",
        yes=("55", "to 58"),
    )
)
# A range of more is none.
_MOST_IN_RANGE = 100
# What may stand between and behind the names of issuers.
_BESIDES = (
    r"\s|,|&|/|\band\b|\bthe\b|\bpublic\b|\bjoint(?:ly)?\b|'s\b|\bof China\b"
    r"|\bof (?:the )?(?:People's Republic of China|PRC)\b"
)
_BESIDES_ALONE = re.compile(_BESIDES, re.IGNORECASE)
_LEADS = re.compile(r"\s*,?\s+(?:jointly\s+)?(?:of|by|issued by|from)\s+|\s*,\s*", re.IGNORECASE)
# Behind the issuers a title goes on.
_GOES_ON = re.compile(
    r"\s+(?:on|concerning|regarding|about|announcing|releasing|promulgating|relating)\b|,?\s+20\d\d\b",
    re.IGNORECASE,
)
# How far the names of issuers reach.
_NAMES_WITHIN = 300


class EnglishNumber(NamedTuple):
    """A number that an English text cites, and its span with its issuers; None for a letter's, whose code
    pinyin does not tell. A number without `issuers` prints none that is known.
    """

    number: DocumentNumber | None
    start: int
    end: int


def number_at_start(words: str) -> tuple[DocumentNumber, int] | None:
    """The number that a title begins with, where it prints all parts and each issuer is known, and where
    its words end.
    """
    found = NUMBERS.match(words.replace("’", "'"))
    if found is None:
        return None
    year = found["year"] or found["first_year"]
    issuers = _issuers(found["issuers"])
    if not issuers:
        return None
    number = _number(issuers, found, int(found["serial"] or found["its_serial"]), year)
    if number.year is None and number.counting != "continuous":
        return None
    return number, len(found.text.rstrip())


def find_english_numbers(text: str) -> list[EnglishNumber]:
    """The numbers that a text cites in English, in order; each of a list counts (Nos. 55 to 58 of 2025)."""
    text = text.replace("’", "'")
    found = [one for form in CITED.finditer(text) for one in _cited(text, form)]
    found += [EnglishNumber(None, form.start, form.end) for form in SPELLED.finditer(text)]
    return sorted(found, key=lambda one: one.start)


def _cited(text: str, form: Found) -> Iterator[EnglishNumber]:
    start, end = form.start, form.end
    names: tuple[str, ...] = ()
    if form.holds("issuers"):
        names = _issuers(form["issuers"])
    else:
        behind = _run_behind(text, end)
        before = _run_before(text, start)
        if behind is not None:
            names, end = behind
        elif before is not None:
            names, start = before
    for serial in _serials(form["serials"]):
        yield EnglishNumber(_number(names, form, serial, form["year"]), start, end)


def _serials(printed: str) -> list[int]:
    """The serials of a list, those that a range leaves out too."""
    serials: list[int] = []
    for one in _SERIAL.finditer(printed):
        last = int(one["serial"])
        if one["to"] and serials and 0 < last - serials[-1] <= _MOST_IN_RANGE:
            serials += range(serials[-1] + 1, last)
        serials.append(last)
    return serials


def _number(
    issuers: tuple[str, ...], found: Found, serial: int, year: str | None
) -> DocumentNumber:
    return DocumentNumber(
        issuers=issuers,
        type=_TYPES[found["type"].lower()],
        code=None,
        year=int(year) if year else None,
        serial=serial,
        # A mechanism prints its year in brackets: 不可靠实体清单工作机制公告〔2025〕7号.
        bracketed=bool(issuers) and issuers[0].endswith("机制"),
    )


def _run_behind(text: str, end: int) -> tuple[tuple[str, ...], int] | None:
    """The bodies named right behind a number (of the Ministry of Commerce), and where they end."""
    lead = _LEADS.match(text, end)
    if lead is None:
        return None
    _, pattern, run = _english()
    named = run.match(text, lead.end(), end + _NAMES_WITHIN)
    if named is None or not (bodies := [*pattern.finditer(named.group())]):
        return None
    return _issuers(named.group()), named.start() + bodies[-1].end()


def _run_before(text: str, start: int) -> tuple[tuple[str, ...], int] | None:
    """The bodies named right before a number (MOFCOM and GACC Announcement), and where they begin."""
    _, pattern, run = _english()
    first = max(0, start - _NAMES_WITHIN)
    for named in run.finditer(text, first, start):
        one = pattern.search(named.group())
        if named.end() == start and one is not None:
            return _issuers(named.group()), named.start() + one.start()
    return None


def _issuers(words: str) -> tuple[str, ...]:
    """The Chinese names of the bodies; empty if any of the words is no name of one."""
    words = _GOES_ON.split(words, maxsplit=1)[0]
    names, pattern, _ = _english()
    issuers = tuple(dict.fromkeys(names[name.group().lower()] for name in pattern.finditer(words)))
    return issuers if not _BESIDES_ALONE.sub("", pattern.sub("", words)) else ()


@cache
def _english() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """The Chinese name of each body by its English ones, a pattern of these, the longest first, and one of
    several with what stands between them.
    """
    names: dict[str, str] = {}
    for entry in BODIES.entries:
        for rendering in entry.renderings:
            names.setdefault(rendering.lower(), entry.name)
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    one = rf"\b(?:{alternatives})\b"
    return (
        names,
        re.compile(one, re.IGNORECASE),
        re.compile(rf"(?:{one}|{_BESIDES})+", re.IGNORECASE),
    )
