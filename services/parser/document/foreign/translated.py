"""The Chinese document that an English page translates, by the number that its title prints."""

from services.parser.document.document import CHINESE, Document, Reading
from shared.chinese.numbers_in_english import number_at_start
from shared.chinese.text import Text


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
        if (found := number_at_start(words)) is not None:
            number, length = found
            evidence = text.evidence("translation_of", start, start + length)
            return Reading(number.canonical(), (evidence,))
    return Reading(None)
