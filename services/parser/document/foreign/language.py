"""The language of a page."""

import re
from urllib.parse import urlsplit

from services.parser.document.document import CHINESE, Document, Reading
from shared.site_sections import section_of

# The editions of the site by the names of their hosts, as ISO 639-1 codes.
_EDITIONS = {
    "french": "fr",
    "russian": "ru",
    "spanish": "es",
    "german": "de",
    "arabic": "ar",
    "japanese": "ja",
    "korean": "ko",
    "portuguese": "pt",
}
_ENGLISH = "en"
_HAN = re.compile("[㐀-鿿]")
_LETTER = re.compile("[A-Za-z]")
# So many characters of a text tell; in a Chinese one names and addresses in Latin letters stand among
# the others.
_SAMPLE, _FEWEST_LETTERS, _LETTERS_TO_A_HAN = 3_000, 40, 12


def read(document: Document) -> Reading[str]:
    """The language of the text, as an ISO 639-1 code: by its script, and of a text that is not Chinese
    by the edition of the site that it stands in, else English.
    """
    text = (document.title.raw + document.body.raw)[:_SAMPLE]
    han, letters = len(_HAN.findall(text)), len(_LETTER.findall(text))
    edition = _EDITIONS.get(_host(document.url).partition(".")[0])
    if edition is not None and (edition in ("ja", "ko") or han * _LETTERS_TO_A_HAN <= len(text)):
        return Reading(edition)
    if section_of(document.url).kind == "foreign language" and han * _LETTERS_TO_A_HAN <= letters:
        return Reading(_ENGLISH)
    foreign = letters >= _FEWEST_LETTERS and han * _LETTERS_TO_A_HAN <= letters
    return Reading(_ENGLISH if foreign else CHINESE)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
