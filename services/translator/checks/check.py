"""All checks on one sentence and its English."""

from collections.abc import Iterable

from services.translator.checks.acts import check_acts
from services.translator.checks.duties import check_duties
from services.translator.checks.flag import Flag
from services.translator.checks.lists import check_lists
from services.translator.checks.names import check_names
from services.translator.checks.negation import check_negation
from services.translator.checks.numbers import check_numbers
from services.translator.checks.opposites import check_opposites
from services.translator.checks.shape import check_shape
from services.translator.checks.units import check_units
from services.translator.sentence import Sentence

__all__ = ["Flag", "check"]

_OF_MEANING = (
    check_negation,
    check_opposites,
    check_duties,
    check_acts,
    check_units,
    check_lists,
)


def check(sentence: Sentence, english: str, lost: Iterable[str] = ()) -> list[Flag]:
    """Everything wrong with `english` as the translation of a sentence; [] if nothing is.

    `lost` are renderings that were masked and did not come back once (text.mask). The same checks
    for every engine: what they cover no page can talk an engine out of.
    """
    flags = [Flag("mask lost", rendering) for rendering in lost]
    flags += check_shape(sentence, english)
    if any(flag.check in ("empty", "chinese left") for flag in flags):
        return flags
    flags += _document_numbers(sentence, english)
    flags += check_numbers(sentence, english)
    flags += check_names(sentence, english)
    for of_meaning in _OF_MEANING:
        flags += of_meaning(sentence.chinese, english)
    return flags


def _document_numbers(sentence: Sentence, text: str) -> list[Flag]:
    """Whether the English has a document number: with a code verbatim, else type and number."""
    flags = []
    for _, _, english in sentence.document_numbers:
        wanted = english.split(" of the ")[0] if "[" not in english else english
        if wanted not in text and not _same_number(wanted, text):
            flags.append(Flag("document number", english))
    return flags


def _same_number(wanted: str, text: str) -> bool:
    # Announcement No. 61 of 2025 may be printed "Announcement No. 61 [2025]" or "2025 No. 61".
    if "[" in wanted:
        return False
    number = wanted.rpartition("No. ")[2].split(" of ")
    return all(part in text for part in (f"No. {number[0]}", *number[1:]))
