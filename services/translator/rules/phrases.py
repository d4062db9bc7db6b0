"""Short phrases that the glossary covers whole: terms, and lists, catalogues and plans of them."""

import re

from services.translator.glossary import Glossary
from services.translator.rules.dates import date_line
from shared.chinese.dates import YEAR

_TERMS = ("phrase", "term", "strict", "geo", "country", "body", "unit")
# What stands inside of others; phrases are headings of their own.
_WORDS = ("term", "strict", "geo", "country", "body")
# Heads of compounds, which stand last in Chinese and first in English.
_HEADS = {
    "名单": "list of",
    "清单": "list of",
    "目录": "catalogue of",
    "一览表": "table of",
    "申请表": "application form for",
}
_YEAR = re.compile(rf"（(?P<year>{YEAR})年(?P<edition>版|修订|修订版)?）$")
_DATED = re.compile(r"（(?P<day>[^（）]{6,12}日)）$")
_OF_YEAR = re.compile(rf"(?P<year>{YEAR})年度?(?P<rest>.+)")
_EDITIONS = {"版": " edition", "修订": " revision", "修订版": " revised edition"}
_VERBS = {"公布": "publishing", "印发": "issuing", "发布": "releasing"}


def phrase(text: str, glossary: Glossary) -> str | None:
    """English of a phrase all of whose words the glossary has; None when one is missing.

    内外贸一体化试点地区名单 is "list of pilot areas for …". Begins in lower case but for names.
    """
    text = text.strip().rstrip("。")
    year = _YEAR.search(text)
    if year:
        inner = phrase(text[: year.start()], glossary)
        edition = _EDITIONS.get(year["edition"] or "", "")
        return f"{inner} ({year['year']}{edition})" if inner else None
    dated = _DATED.search(text)
    day = date_line(dated["day"]) if dated else None
    if dated and day:
        inner = phrase(text[: dated.start()], glossary)
        return f"{inner} ({day})" if inner else None
    known = glossary.get(text, _TERMS)
    if known:
        return known.en
    of_year = _OF_YEAR.fullmatch(text)
    if of_year:
        inner = phrase(of_year["rest"], glossary)
        return f"{inner} for {of_year['year']}" if inner else None
    for verb, english in _VERBS.items():
        if text.startswith(verb) and len(text) > len(verb):
            inner = phrase(_unquoted(text[len(verb) :]), glossary)
            if inner:
                return f"{english} the {inner}"
    for head, english in _HEADS.items():
        if text.endswith(head) and len(text) > len(head):
            known = glossary.get(text[: -len(head)], _WORDS)
            if known:
                return f"{english} {known.en}"
    return None


def _unquoted(text: str) -> str:
    return text[1:-1] if text.startswith("《") and text.endswith("》") else text
