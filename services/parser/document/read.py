"""A page's text read as a document: every reader, in the order in which they need each other."""

import re
from dataclasses import replace
from datetime import datetime

from services.parser.document.citations.read import read as read_citations
from services.parser.document.controlled_items.read import read as read_regulated_items
from services.parser.document.document import Document, Found, document_of, title_evidence
from services.parser.document.entity_lists.read import read as read_listed_entities
from services.parser.document.force.deadlines.read import read as read_deadlines
from services.parser.document.force.effect import read_effect
from services.parser.document.identity.issuers import issued_by
from services.parser.document.identity.kind import document_type, page_kind
from services.parser.document.identity.label_block import Label, block_end, read_labels
from services.parser.document.identity.masthead import head_lines
from services.parser.document.identity.number import OwnNumber, own_number
from services.parser.document.identity.signature import Signature, read_signature, signed_until
from services.parser.document.parts import section_headings as heads
from services.parser.document.parts.addressees import read_addressees
from services.parser.document.parts.annexes import read_annexes
from services.parser.document.parts.publication import column, published_at, source, validity
from services.parser.document.trade_remedies.read import read as read_duty_rates
from services.parser.layouts.page import Page
from services.parser.version import PARSER_VERSION
from shared.chinese.bodies import ministry_level
from shared.chinese.characters import fold
from shared.chinese.dates import find_dates
from shared.notice import Annex, Cell, Evidence, Notice, PageKind, Table

_OWN_VALUES: frozenset[PageKind] = frozenset({"notice", "law"})
_TEXT_KINDS: frozenset[PageKind] = _OWN_VALUES | {"news", "interview", "interpretation"}


def read_document(page: Page, url: str) -> Notice:
    """Everything that the page says, with evidence; only notices and laws have a number, issuers
    and a date of their own. `url` is the page's original address. Never raises.
    """
    document = document_of(page, url)
    after = block_end(document)
    document = document._replace(label_end=after, head=head_lines(document, after))
    values: dict[str, object] = {}
    evidence: list[Evidence] = []
    warnings: list[str] = list(page.warnings)

    labels = read_labels(document)
    number = own_number(document, labels)
    signature = read_signature(document)
    kind = page.kind or page_kind(
        document,
        number.number if number else None,
        signed=signature is not None and bool(signature.bodies or signature.signed_by_person),
        labelled="number" in labels,
    )
    published = published_at(document)
    document = document._replace(
        page_kind=kind, published_on=published.value.date() if published else None
    )
    if kind in _OWN_VALUES:
        document = _read_own(document, labels, number, signature, values, evidence, warnings)
    if kind in _TEXT_KINDS:
        _read_content(document, values, evidence, warnings)
    _read_surroundings(document, published, labels, values, evidence)
    evidence = [_printed(document, one) for one in evidence]
    if number is not None and number.evidence.source == "body_text" and kind in _OWN_VALUES:
        place = _printed(document, number.evidence)
        values["document_number_raw"] = page.text.body_text[place.start : place.end]
    for index, attachment in enumerate(page.attachments):
        start = page.text.body_text.find(attachment.name)
        if start >= 0:
            field = f"attachments[{index}].name"
            evidence.append(document.evidence(field, start, start + len(attachment.name)))
        else:
            warnings.append(f"attachments[{index}]: the text does not name it")
    if page.title is not None:
        evidence.insert(0, title_evidence("title", 0, len(page.title)))
    elif kind in _TEXT_KINDS:
        warnings.append("title: none found")
    return Notice.model_validate(
        {
            "page_kind": kind,
            "layout": page.layout,
            "layout_confidence": page.confidence,
            "parser_version": PARSER_VERSION,
            "title": page.title,
            "body_text": page.text.body_text,
            "tables": tuple(
                Table(
                    rows=tuple(
                        tuple(
                            Cell(
                                text=cell.text,
                                row_span=cell.row_span,
                                column_span=cell.column_span,
                            )
                            for cell in row
                        )
                        for row in table.rows
                    )
                )
                for table in document.tables
            ),
            "attachments": page.attachments,
            "redirect_to": page.redirect_to,
            "meta": page.meta,
            **values,
            "evidence": tuple(evidence),
            "warnings": tuple(dict.fromkeys(warnings)),
        }
    )


def _printed(document: Document, evidence: Evidence) -> Evidence:
    """Evidence in the text as the page prints it."""
    if evidence.source != "body_text" or not document.ungapped.gaps:
        return evidence
    start, end = document.ungapped.printed(evidence.start, evidence.end)
    return replace(evidence, start=start, end=end)


def _read_own(
    document: Document,
    labels: dict[str, Label],
    number: OwnNumber | None,
    signature: Signature | None,
    values: dict[str, object],
    evidence: list[Evidence],
    warnings: list[str],
) -> Document:
    issuers = issued_by(document, signature, number, labels)
    values["issuers"] = issuers.names
    evidence += issuers.evidence
    warnings += issuers.warnings
    if not issuers.names:
        warnings.append("issuers: none found")
    canonical: str | None = None
    if number is not None:
        own = number.number
        # Announcements and orders are numbered by issuer; a masthead may leave it out.
        if own.code is None and not own.issuers:
            own = own.with_issuers(issuers.names)
            if not issuers.names:
                warnings.append("document_number: no issuer found")
        canonical = own.canonical()
        values["document_number"] = canonical
        values["document_number_raw"] = number.raw
        evidence.append(number.evidence)
        evidence.append(replace(number.evidence, field="document_number_raw"))
        warnings += number.warnings
    kind = document_type(document.title, number.number if number else None)
    values["document_type"] = kind
    if kind and document.title and (start := document.title.rfind(kind)) >= 0:
        evidence.append(title_evidence("document_type", start, start + len(kind)))
    elif kind and number is not None:
        evidence.append(replace(number.evidence, field="document_type"))

    document = document._replace(
        document_number=canonical,
        document_type=kind,
        issuers=issuers.names,
    )
    document = _read_issued_on(document, labels, signature, values, evidence, warnings)

    addressees = read_addressees(document)
    values["addressees"] = tuple(addressee.name for addressee in addressees)
    for place, addressee in enumerate(addressees):
        evidence.append(document.evidence(f"addressees[{place}]", addressee.start, addressee.end))

    annexes = read_annexes(document, signed_until(document, signature))
    document = document._replace(
        annexes=annexes,
        main_end=annexes[0].start if annexes else len(document.body_text),
    )
    read = []
    for place, annex in enumerate(annexes):
        text = document.body_text[annex.text_start : annex.end]
        read.append(Annex(title=annex.title, text=text))
        if annex.title:
            field = f"annexes[{place}].title"
            evidence.append(document.evidence(field, annex.title_start, annex.title_end))
        if text:
            field = f"annexes[{place}].text"
            evidence.append(document.evidence(field, annex.text_start, annex.end))
    values["annexes"] = tuple(read)

    effect = read_effect(document, labels)
    values["effective_on"], values["effective_at"] = effect.on, effect.at
    evidence += effect.evidence
    warnings += effect.warnings
    document = document._replace(
        effective_on=effect.on,
        effective_at=effect.at,
        effective_span=effect.span,
    )

    unit = labels.get("unit")
    if unit is not None and ministry_level(fold(unit.value)) is None:
        values["department"] = unit.value
        evidence.append(unit.evidence("department"))
    return document


def _read_issued_on(
    document: Document,
    labels: dict[str, Label],
    signature: Signature | None,
    values: dict[str, object],
    evidence: list[Evidence],
    warnings: list[str],
) -> Document:
    label = labels.get("issued")
    days = find_dates(fold(label.value)) if label else []
    if signature is not None and signature.issued_on is not None:
        values["issued_on"] = signature.issued_on
        evidence.append(document.evidence("issued_on", signature.date_start, signature.date_end))
        if days and days[0].value != signature.issued_on and label and label.key is None:
            warnings.append(f"issued_on: the label says {days[0].value}")
        return document._replace(issued_on=signature.issued_on)
    if label is not None and days:
        values["issued_on"] = days[0].value
        place = label.evidence("issued_on")
        evidence.append(
            replace(place, start=place.start + days[0].start, end=place.start + days[0].end)
        )
        return document._replace(issued_on=days[0].value)
    for line in document.lines[:6]:
        # （2020年12月19日国家发展和改革委员会、商务部令第37号公布…）, （2021年6月10日第十三届全国人民代表大会常务委员会…通过）
        found = find_dates(document.folded, line.start, line.end)
        # The day behind the verb is another: （…令发布 自2005年4月1日起施行）.
        # Where it tells both, the day of the order counts: 9月18日…通过　9月30日国务院令第792号公布.
        told = re.match(r"（.{0,120}?(?:公布|发布)", line.folded)
        told = told or re.match(r"（.{0,80}?通过", line.folded)
        before = [day for day in found if told and day.end <= line.start + told.end()]
        if before:
            day = before[-1]
            values["issued_on"] = day.value
            evidence.append(document.evidence("issued_on", day.start, day.end))
            return document._replace(issued_on=day.value)
    warnings.append("issued_on: none found")
    return document


def _read_content(
    document: Document,
    values: dict[str, object],
    evidence: list[Evidence],
    warnings: list[str],
) -> None:
    for field, reader in (
        ("section_heads", heads.read),
        ("citations", read_citations),
        ("deadlines", read_deadlines),
        ("listed_entities", read_listed_entities),
        ("regulated_items", read_regulated_items),
        ("duty_rates", read_duty_rates),
    ):
        reading = reader(document)
        values[field] = reading.values
        evidence += reading.evidence
        warnings += reading.warnings


def _read_surroundings(
    document: Document,
    published: Found[datetime] | None,
    labels: dict[str, Label],
    values: dict[str, object],
    evidence: list[Evidence],
) -> None:
    for field, found in (
        ("published_at", published),
        ("source", source(document)),
        ("column", column(document)),
        ("validity", validity(document, labels)),
    ):
        if found is not None:
            values[field] = found.value
            evidence.append(found.evidence)
    index = labels.get("index")
    if index is not None:
        values["index_number"] = index.value
        evidence.append(index.evidence("index_number"))
