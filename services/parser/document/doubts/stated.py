"""What a notice states of its lists (共计52项物项, 见附件2) against what was read of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from services.parser.document.controlled_items.annexed_forms import MATTERS
from services.parser.document.document import Document
from services.parser.document.doubts.stated_forms import GOODS_COUNTED
from services.parser.document.entity_lists.lists import MENTIONS
from services.parser.document.parts.annexes import PrintedAnnex, mentions_in
from shared.chinese.annexes import Mention, mentions
from shared.chinese.form import Found
from shared.chinese.moods import is_done
from shared.chinese.numerals import number
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Span
from shared.notice import Evidence

_EvidenceOf = Mapping[str, Sequence[Evidence]]


def goods_counted(document: Document, evidence: _EvidenceOf) -> Iterator[str]:
    """共计52项物项: as many goods, items or codes as the text states were read, in all or in the annex that it names."""
    if not document.regulated_items:
        return
    body = document.body
    items = [body.span(one) for one in evidence.get("regulated_items.name", ())]
    names = set(items)
    codes = {body.span(one) for one in evidence.get("regulated_items.hs_codes.code", ())}
    for found in _counts(document):
        stated = 2 if found["count"] == "两" else number(found["count"])
        annex = _annex_of(document, found)
        begin, end = (annex.start, annex.end) if annex else (0, len(body))
        kinds = (codes,) if found.name == "codes" else (names, items)
        read = [sum(begin <= span.start < end for span in spans) for spans in kinds]
        if stated is not None and stated not in read:
            where = f" in annex {annex.number}" if annex and annex.number else ""
            quote = body.quote((found.start, found.end))
            yield f"regulated_items: the text states {quote}{where}, {read[0]} were found"


def _counts(document: Document) -> Iterator[Found]:
    """The counts in the main text and in the titles of annexes."""
    folded = document.body.folded
    places = [
        Span(0, document.main_end),
        *(Span(annex.title_start, annex.title_end) for annex in document.printed_annexes),
    ]
    for place in places:
        for found in GOODS_COUNTED.finditer(folded, *place):
            if is_done(folded, found.start, found.end):
                yield found


def _annex_of(document: Document, found: Found) -> PrintedAnnex | None:
    """The annex that a count is of: the one in whose title it stands, or the only one that its sentence names."""
    annexes = document.printed_annexes
    for annex in annexes:
        if annex.title_start <= found.start < annex.title_end:
            return annex
    sentence = sentence_at(document.body.folded, found.start)
    numbers = {
        number
        for mention in mentions(document.body.folded, *sentence)
        for number in mention.numbers
    }
    named = [annex for annex in annexes if annex.number in numbers]
    return named[0] if len(named) == 1 and len(numbers) == 1 else None


def annexes_missing(document: Document, evidence: _EvidenceOf) -> Iterator[str]:
    """对附件2所列物项实施出口管制: the annex is printed, or the file behind it was read."""
    numbers = {annex.number for annex in document.printed_annexes}
    if None in numbers:
        return
    seen: set[tuple[str, int]] = set()
    for mention, _ in mentions_in(document):
        field = _field_of(document, mention)
        for one in sorted(mention.numbers - numbers):
            if field is not None and (field, one) not in seen:
                seen.add((field, one))
                quote = document.body.quote((mention.start, mention.end))
                yield f"{field}: the text sends to {quote}, and annex {one} is not read"


def _field_of(
    document: Document, mention: Mention
) -> Literal["listed_entities", "regulated_items"] | None:
    """The field of the list that a sentence sends to an annex for; None where nothing was read for it anyway."""
    folded = document.body.folded
    sentence = sentence_at(folded, mention.start)
    if MENTIONS.search(folded, *sentence):
        return "listed_entities" if document.listed_entities else None
    matter = next(MATTERS.ranked(folded[slice(*sentence)]), None)
    is_control = matter is not None and matter.name in ("list", "controlled")
    return "regulated_items" if is_control and document.regulated_items else None
