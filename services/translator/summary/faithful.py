"""Checks that a summary adds nothing to its source: numbers, dates, names, open lists."""

import re

from services.translator.checks import english
from services.translator.checks.acts import check_acts
from services.translator.checks.flag import Flag
from services.translator.checks.names import check_names
from services.translator.checks.numbers import stated
from services.translator.checks.shape import check_claims
from services.translator.glossary import Glossary
from services.translator.sentence import Sentence
from services.translator.summary.changes import changed_counts
from services.translator.summary.contents import groups
from services.translator.summary.days import last_day
from services.translator.text.simplify import simplified
from shared.notice import Notice

_OPEN = re.compile(
    r"\band other (?:\w+ )?(?:provinces|regions|cities|municipalities|areas|countries|companies|enterprises|entities|items|products|goods|departments|bodies|places)\b"
    r"|\band others\b|\betc\b|\band so on\b|\bamong others\b|\band more\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?](?:\s|$)(?=[A-Z]|$)")
_FEWEST, _MOST = 2, 5
_LONGEST = 2500


def unfaithful(notice: Notice, summary: str, glossary: Glossary) -> list[Flag]:
    """What a summary says that its notice does not; [] when it says nothing more.

    Numbers and dates must stand in the title, the text or the parsed fields (counts of issuers,
    annex entries and listed entities too), names in the text, acts of law (approved, exempt) in
    words of it, and a closed list stays closed.
    """
    source = Sentence(simplified(source_text(notice)), glossary)
    flags = check_claims(source, summary)
    allowed = stated(source.quantities, _fields(notice))
    for quantity in english.quantities(summary):
        if quantity.must and not allowed(quantity):
            flags.append(Flag("number invented", f"{quantity.value:f}"))
    flags += [flag for flag in check_names(source, summary) if flag.check != "name missing"]
    flags += [flag for flag in check_acts(source.chinese, summary) if flag.check == "act invented"]
    opened = _OPEN.search(summary)
    if opened:
        flags.append(Flag("open list", opened.group()))
    return flags


def wellformed(summary: str) -> list[Flag]:
    """Whether an engine's summary has two to five sentences and a sane length."""
    sentences = len(_SENTENCE.findall(summary.strip()))
    if not _FEWEST <= sentences <= _MOST:
        return [Flag("sentences", str(sentences))]
    return [Flag("too long", str(len(summary)))] if len(summary) > _LONGEST else []


def source_text(notice: Notice) -> str:
    """All text of a notice, with its fields."""
    parts = [
        notice.title,
        notice.document_number,
        *notice.issuers,
        *notice.addressees,
        notice.body_text,
        notice.source,
        *(attachment.name for attachment in notice.attachments),
        *(annex.title for annex in notice.annexes),
        *(annex.text for annex in notice.annexes),
    ]
    days = [notice.issued_on, notice.effective_on, notice.published_at]
    days += [deadline.on for deadline in notice.deadlines]
    for citation in notice.citations:
        days += [citation.since, last_day(citation.until)]
    days += [last_day(entity.until) for entity in notice.listed_entities]
    parts += [f"{day.year}年{day.month}月{day.day}日" for day in days if day]
    return "\n".join(part for part in parts if part)


def paragraphs(notice: Notice) -> int:
    """The lines of the text that are not empty."""
    return sum(bool(line.strip()) for line in notice.body_text.split("\n"))


def _fields(notice: Notice) -> list[int]:
    counts = [
        len(notice.issuers),
        len(notice.annexes),
        len(notice.attachments),
        len(notice.listed_entities),
        len(notice.regulated_items),
        len(notice.duty_rates),
        len(notice.addressees),
        paragraphs(notice),
    ]
    counts += [
        len(re.findall(r"(?m)^\s*\d{1,3}\s*[.．、]", annex.text)) for annex in notice.annexes
    ]
    counts += [len(group) for group in groups(notice)]
    return counts + changed_counts(notice)
