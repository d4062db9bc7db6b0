"""The Chinese document that an English page translates, by the number that its title prints."""

import re
from functools import cache

from services.parser.document.document import CHINESE, Document, Reading
from shared.chinese.document_numbers import DocumentNumber
from shared.chinese.form import Form, Forms, Found
from shared.chinese.lexicon import BODIES
from shared.chinese.text import Text
from shared.english_dates import YEAR

_TYPE = r"(?P<type>Announcement|Order|Decree)"
_NUMBER = (
    rf"(?:No\.?\s*(?P<serial>\d{{1,4}})(?:\s*(?:,|of|\[|\(|（)?\s*(?P<year>{YEAR})\b\s*[\])）]?)?"
    rf"|[\[\(（]?(?P<first_year>{YEAR})[\])）]?,?\s*No\.?\s*(?P<its_serial>\d{{1,4}}))"
)
NUMBERS = Forms(
    Form(
        "issuers behind",
        rf"{_TYPE}\s+[\(（]?{_NUMBER}(?:\s*,?\s+(?:of|by|issued by)\s+|\s*,\s*)(?P<issuers>(?:the\s+)?[A-Z][^.;:]*)",
        yes=(
            "Announcement No. 18 of 2025 of the Ministry of Commerce",
            "Decree No. 792 of the State Council",
        ),
    ),
    Form(
        "issuers between",
        rf"{_TYPE}\s+(?:of|by)\s+(?P<issuers>(?:the\s+)?[A-Z][^.;:\[\(（]*?)\s*[,\(（\[]?\s*{_NUMBER}",
        yes=("Order of the Ministry of Commerce (No. 4 of 2020)",),
    ),
    Form(
        "issuers before",
        rf"(?P<issuers>[A-Z][^.;:]*?)\s+{_TYPE}\s*,?\s+[\(（]?{_NUMBER}",
        yes=("MOFCOM Announcement No. 61 of 2025", "MOFCOM Announcement [2025] No. 61"),
        no=("MOFCOM Announcement on Exports",),
    ),
    anchored=True,
)
_TYPES = {"Announcement": "公告", "Order": "令", "Decree": "令"}
# What may stand between and behind the names of issuers.
_BESIDES = re.compile(
    r"\s+|,|&|/|\band\b|\bthe\b|\bjoint(?:ly)?\b|\bof China\b|\bof (?:the )?(?:People's Republic of China|PRC)\b",
    re.IGNORECASE,
)
# Behind the issuers a title goes on.
_GOES_ON = re.compile(
    r"\s+(?:on|concerning|regarding|about|announcing|releasing|promulgating|relating)\b|,?\s+20\d\d\b",
    re.IGNORECASE,
)


def read(document: Document) -> Reading[str | None]:
    """The number of the Chinese document, in its Chinese form, where the title or the first line
    prints it with all its parts and each issuer is known: ``商务部公告2025年第61号`` for MOFCOM
    Announcement No. 61 of 2025. Numbers inside the text are of other documents.
    """
    if document.language == CHINESE or document.page_kind != "notice":
        return Reading(None)
    heads: list[tuple[Text, int, str]] = [(document.title, 0, document.title.raw)]
    heads += [(document.body, line.start, line.raw) for line in document.body.lines[:1]]
    for text, start, words in heads:
        # A title that only cites a number has other words before it.
        found = NUMBERS.match(words.replace("’", "'"))
        if found is not None and (number := _number(found)) is not None:
            end = start + len(found.text.rstrip())
            evidence = text.evidence("translation_of", start, end)
            return Reading(number.canonical(), (evidence,))
    return Reading(None)


def _number(found: Found) -> DocumentNumber | None:
    year = found["year"] or found["first_year"]
    issuers = _issuers(found["issuers"])
    if not issuers:
        return None
    number = DocumentNumber(
        issuers=issuers,
        type=_TYPES[found["type"]],
        code=None,
        year=int(year) if year else None,
        serial=int(found["serial"] or found["its_serial"]),
        # A mechanism prints its year in brackets: 不可靠实体清单工作机制公告〔2025〕7号.
        bracketed=issuers[0].endswith("机制"),
    )
    return number if number.year is not None or number.counting == "continuous" else None


def _issuers(words: str) -> tuple[str, ...]:
    """The Chinese names of the bodies; empty if any of the words is no name of one."""
    words = _GOES_ON.split(words, maxsplit=1)[0]
    names, pattern = _english()
    issuers = tuple(dict.fromkeys(names[name.group().lower()] for name in pattern.finditer(words)))
    return issuers if not _BESIDES.sub("", pattern.sub("", words)) else ()


@cache
def _english() -> tuple[dict[str, str], re.Pattern[str]]:
    """The Chinese name of each body by its English ones, and a pattern of these, the longest first."""
    names: dict[str, str] = {}
    for entry in BODIES.entries:
        for rendering in entry.renderings:
            names.setdefault(rendering.lower(), entry.name)
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return names, re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)
