"""Checks what was read against the words around it; nothing is changed, each doubt is a warning."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from services.parser.document.citations.related import CHANGES
from services.parser.document.document import Document, Reading
from services.parser.document.doubts.forms import (
    BODY_BEFORE,
    COUNTED,
    COUNTRY,
    CUT,
    NO_NAME,
    OF_ANOTHER,
    OF_COUNTRY,
    OTHER_GOODS,
    OWN_LINE,
)
from services.parser.document.doubts.stated import annexes_missing, goods_counted
from services.parser.document.field_names import without_indexes
from shared.chinese.characters import fold
from shared.chinese.form import Forms
from shared.chinese.numerals import number
from shared.chinese.places import full_name
from shared.notice import Evidence

# How far before a number another body is looked for.
_BEFORE = 30
# In which lines a document's own number stands.
_HEAD = 4

EvidenceOf = Mapping[str, Sequence[Evidence]]
Check = Callable[[Document, EvidenceOf], Iterator[str]]


def read(document: Document) -> Reading[None]:
    """All doubts about the values of the stages before, as warnings."""
    evidence = _evidence_of(document)
    doubts = (doubt for check in CHECKS for doubt in check(document, evidence))
    return Reading(None, warnings=tuple(doubts))


def _evidence_of(document: Document) -> EvidenceOf:
    """The evidence in the text, by the field's name without its indexes."""
    evidence: defaultdict[str, list[Evidence]] = defaultdict(list)
    for one in document.evidence:
        if one.source == "body_text":
            evidence[without_indexes(one.field)].append(one)
    return evidence


def _worded(fields: tuple[str, ...], forms: Forms, doubt: str) -> Check:
    """A check of the words that fields were read from."""

    def check(document: Document, evidence: EvidenceOf) -> Iterator[str]:
        text = document.body
        for field in fields:
            for one in evidence.get(field, ()):
                if forms.search(text.folded[slice(*text.span(one))]):
                    yield f"{one.field}: {doubt}"

    return check


def _bodies_cut(document: Document, evidence: EvidenceOf) -> Iterator[str]:
    for one in evidence.get("citations.document_number", ()):
        start, _ = document.body.span(one)
        if BODY_BEFORE.search(document.body.folded, max(0, start - _BEFORE), start):
            yield f"{one.field}: issuers that stand before it are not known"


def _own_number(document: Document, evidence: EvidenceOf) -> Iterator[str]:
    """A number on a line of its own at the head of a text that has none."""
    if document.full_number is not None:
        return
    for one in evidence.get("citations.document_number", ()):
        line = document.body.line_at(document.body.span(one).start)
        if line is not None and line.index < _HEAD and OWN_LINE.search(line.bare):
            yield f"{one.field}: may be the number of the document itself"


def _origin(document: Document, evidence: EvidenceOf) -> Iterator[str]:
    for position, rate in enumerate(document.duty_rates):
        named = OF_COUNTRY.search(fold(rate.company_zh or ""))
        if named is None or rate.origin is None:
            continue
        if full_name(named["place"]) != rate.origin:
            yield f"duty_rates[{position}].origin: the company is called after {named['place']}"


def _destination(document: Document, evidence: EvidenceOf) -> Iterator[str]:
    items = [item for item in document.regulated_items if item.destination is None]
    if items and (found := COUNTRY.search(document.body.folded)):
        yield f"regulated_items: the text says {found.text}, and no item has a country"


def _codes(document: Document, evidence: EvidenceOf) -> Iterator[str]:
    """甲（编码：1、2）或乙（编码：1、2）: the codes behind the second bracket are of other goods."""
    text = document.body
    names = {one.field.partition(".")[0]: one for one in evidence.get("regulated_items.name", ())}
    doubted = set()
    for one in evidence.get("regulated_items.hs_codes.code", ()):
        item = one.field.partition(".")[0]
        name = names.get(item)
        if name is None or item in doubted or not 0 < one.start - name.end < 400:
            continue
        between = text.folded[text.span(name).end : text.span(one).start]
        if "\n" not in between and OTHER_GOODS.search(between):
            doubted.add(item)
            yield f"{item}.hs_codes: some stand behind the name of other goods"


def _documents_counted(document: Document, evidence: EvidenceOf) -> Iterator[str]:
    """《甲通知》等3件规范性文件同时失效: more are changed than were read."""
    stated = [number(found["count"]) or 0 for found in COUNTED.finditer(document.body.folded)]
    found = sum(one.relation in CHANGES for one in document.citations)
    if stated and max(stated) > found:
        yield f"citations: the text counts {max(stated)} documents, {found} were read as changed"


def _no_act(document: Document, evidence: EvidenceOf) -> Iterator[str]:
    contradicted = document.accounts.contradicted
    for field in ("citations.relation", "listed_entities.action"):
        for one in evidence.get(field, ()):
            span = document.body.span(one)
            if contradicted.hold(*span) or contradicted.lie_within(*span):
                yield f"{one.field}: the sentence may not do what it names"


CHECKS: tuple[Check, ...] = (
    _worded(
        (
            "regulated_items.name",
            "listed_entities.name_zh",
            "duty_rates.product",
            "duty_rates.company_zh",
        ),
        NO_NAME,
        "holds words that are no name",
    ),
    _worded(("deadlines.due",), CUT, "is cut off"),
    _worded(("deadlines.on",), OF_ANOTHER, "counted from the day of something else"),
    _bodies_cut,
    _own_number,
    _origin,
    _destination,
    _codes,
    _documents_counted,
    goods_counted,
    annexes_missing,
    _no_act,
)
