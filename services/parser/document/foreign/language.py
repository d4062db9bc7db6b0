"""The language of a page."""

import re
from urllib.parse import urlsplit

from services.parser.document.document import CHINESE, Document, Reading
from shared.chinese.characters import HAN
from shared.site_sections import EDITIONS, section_of

_WITH_HAN = ("ja", "ko")
_ENGLISH = "en"
_HAN = re.compile(f"[{HAN}]+")
_LETTERS = re.compile("[A-Za-z]+")
# How many characters of a text decide.
_SAMPLE = 3_000
_FEWEST_LETTERS, _LETTERS_TO_A_HAN = 20, 8


def read(document: Document) -> Reading[str]:
    """The language of the text, as an ISO 639-1 code: by its script, and of a text that is not Chinese
    by the edition of the site that it stands in, else English.

    On the pages of the ministry in Chinese a title in Chinese decides: below it a list of a hundred
    foreign companies may stand.
    """
    body = document.body.raw[:_SAMPLE]
    han, letters = _count(_HAN, body), _count(_LETTERS, body)
    edition = EDITIONS.get(_host(document.url).partition(".")[0])
    if edition is not None and (edition in _WITH_HAN or han * _LETTERS_TO_A_HAN <= len(body)):
        return Reading(edition)
    foreign = han * _LETTERS_TO_A_HAN <= letters
    if section_of(document.url).kind != "foreign language":
        titled = _HAN.search(document.title.raw) is not None
        foreign = foreign and letters >= _FEWEST_LETTERS and not titled
    return Reading(_ENGLISH if foreign else CHINESE)


def _count(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
