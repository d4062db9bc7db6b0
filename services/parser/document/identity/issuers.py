"""Who issued the document, when the signature, the number, the title and the label each say it."""

import re
from dataclasses import replace
from typing import NamedTuple

from services.parser.document.document import Document, title_evidence
from services.parser.document.identity.kind import title_bodies
from services.parser.document.identity.label_block import Label
from services.parser.document.identity.number import OwnNumber
from services.parser.document.identity.signature import Signature
from shared.chinese.bodies import bodies_of_line, ministry_level, short_name
from shared.chinese.characters import fold
from shared.chinese.numerals import number as value_of
from shared.notice import Evidence

_COUNT = re.compile(r"等\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:个)?(?:部门|部委|单位)")

# （2021年6月10日第十三届全国人民代表大会常务委员会第二十九次会议通过）
_PASSED = re.compile(
    r"（.{0,20}?第[一-龥]{1,4}届(?P<by>全国人民代表大会(?:常务委员会)?)第.{1,10}通过"
)
# Whose codes begin so: 商办建函〔2022〕318号. 商标 and 商评 are the trademark office's.
_CODES = (
    ("商办", "商务部办公厅"),
    ("商", "商务部"),
    ("外经贸", "外经贸部"),
    ("国经贸", "国家经贸委"),
)
_OTHERS_CODES = ("商标", "商评")


class Issuers(NamedTuple):
    names: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    warnings: tuple[str, ...] = ()


def issued_by(
    document: Document,
    signature: Signature | None,
    number: OwnNumber | None,
    labels: dict[str, Label],
) -> Issuers:
    """The issuers in the order of signature (GB/T 9704).

    Where an office holder signs, or nobody, they are those of the number, then the bodies whose
    heads sign, then those of the masthead, then the congress that passed it, then those of the title,
    then the label's when it names a body and not a department of the ministry, then, with a warning,
    the body that the number's code belongs to.
    """
    signed = signature.bodies if signature else ()
    numbered = number.number.issuers if number else ()
    warnings: list[str] = []
    if signed:
        names = tuple(dict.fromkeys(body.name for body in signed))
        first = {body.name: body for body in reversed(signed)}
        expected = _stated_count(document)
        if expected is not None and expected != len(names):
            warnings.append(f"issuers: the title names {expected}, the signature {len(names)}")
        if numbered and not set(numbered) & set(names) and not _share_a_body(numbered, names):
            warnings.append(f"issuers: the number names {' '.join(numbered)}")
        evidence = tuple(
            document.evidence(f"issuers[{place}]", first[name].start, first[name].end)
            for place, name in enumerate(names)
        )
        return Issuers(names, evidence, tuple(warnings))
    if numbered and number is not None:
        return Issuers(
            numbered,
            tuple(
                replace(number.evidence, field=f"issuers[{place}]")
                for place in range(len(numbered))
            ),
        )
    if signature is not None and signature.offices:
        return Issuers(
            tuple(office.name for office in signature.offices),
            tuple(
                document.evidence(f"issuers[{place}]", office.start, office.end)
                for place, office in enumerate(signature.offices)
            ),
        )
    for line in document.head:
        stripped = re.sub(r"(?:公\s*告|通\s*告|令|文\s*件)\s*$", "", line.folded)
        bodies = bodies_of_line(document.folded, line.start, line.start + len(stripped))
        if bodies:
            return Issuers(
                tuple(body.name for body in bodies),
                tuple(
                    document.evidence(f"issuers[{place}]", body.start, body.end)
                    for place, body in enumerate(bodies)
                ),
            )
    for line in document.lines[:6]:
        congress = _PASSED.match(line.folded)
        name = short_name(congress["by"]) if congress else None
        if congress and name:
            start, end = congress.span("by")
            place = document.evidence("issuers[0]", line.start + start, line.start + end)
            return Issuers((name,), (place,))
    titled = title_bodies(document.title)
    if titled:
        expected = _stated_count(document)
        if expected is not None and expected != len(titled):
            warnings.append(f"issuers: the title names {expected}, the text {len(titled)} of them")
        return Issuers(
            tuple(name for name, _, _ in titled),
            tuple(
                title_evidence(f"issuers[{place}]", start, end)
                for place, (_, start, end) in enumerate(titled)
            ),
            tuple(warnings),
        )
    unit = labels.get("unit")
    bodies = ministry_level(fold(unit.value)) if unit else None
    if unit is not None and bodies:
        return Issuers(
            tuple(body.name for body in bodies),
            tuple(unit.evidence(f"issuers[{place}]") for place in range(len(bodies))),
        )
    return _by_code(number)


def _by_code(number: OwnNumber | None) -> Issuers:
    code = number.number.code if number else None
    if number is None or code is None or code.startswith(_OTHERS_CODES):
        return Issuers((), ())
    for head, name in _CODES:
        if code.startswith(head):
            return Issuers(
                (name,),
                (replace(number.evidence, field="issuers[0]"),),
                (f"issuers: by the number's code {code} alone",),
            )
    return Issuers((), ())


def _stated_count(document: Document) -> int | None:
    match = _COUNT.search(document.folded_title)
    return value_of(match.group(1)) if match else None


def _share_a_body(numbered: tuple[str, ...], names: tuple[str, ...]) -> bool:
    return any(
        name.startswith(issuer) or issuer.startswith(name) for issuer in numbered for name in names
    )
