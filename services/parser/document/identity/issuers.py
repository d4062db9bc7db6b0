"""The issuers of the document, from its signature, number, title or label."""

from collections.abc import Callable, Iterable

from services.parser.document.document import Document, Reading
from services.parser.document.identity.head_forms import CONGRESS
from services.parser.document.identity.issuer_forms import COUNTS, TYPE_BEHIND
from services.parser.document.identity.kind import title_bodies
from shared.chinese.authority import issuer_of_code
from shared.chinese.bodies import (
    Body,
    bodies_at,
    bodies_of_line,
    ministry_level,
    short_name,
    unlisted,
)
from shared.chinese.numerals import number as value_of
from shared.chinese.text import Text, trimmed
from shared.notice import Evidence

Issuers = Reading[tuple[str, ...]]


def read(document: Document) -> Issuers:
    """The issuers in the order of signature (GB/T 9704-2012, 7.3.5), from the first of `_SOURCES`
    that names any.
    """
    for source in _SOURCES:
        issuers = source(document)
        if issuers is not None:
            doubts = (f"issuers: {name} is not a known body" for name in unlisted(issuers.value))
            return issuers._replace(warnings=(*issuers.warnings, *doubts))
    return Issuers((), warnings=("issuers: none found",))


def _signed(document: Document) -> Issuers | None:
    """The bodies that sign; what the title counts and the number names is compared with them."""
    if document.signature is None or not document.signature.bodies:
        return None
    first = {body.name: body for body in reversed(document.signature.bodies)}
    bodies = [
        first[name] for name in dict.fromkeys(body.name for body in document.signature.bodies)
    ]
    warnings = []
    expected = _stated_count(document)
    if expected is not None and expected != len(bodies):
        warnings.append(f"issuers: the title names {expected}, the signature {len(bodies)}")
    numbered = document.number.number.issuers if document.number else ()
    if numbered and not _share_a_body(numbered, list(first)):
        warnings.append(f"issuers: the number names {' '.join(numbered)}")
    return _named(document.body, bodies, warnings)


def _numbered(document: Document) -> Issuers | None:
    """Where an office holder signs, or nobody, those of the number."""
    own = document.number
    if own is None or not own.number.issuers:
        return None
    return _all_at(own.number.issuers, own.evidence)


def _offices(document: Document) -> Issuers | None:
    """The bodies whose heads sign: 海关总署署长 …"""
    if document.signature is None or not document.signature.offices:
        return None
    return _named(document.body, document.signature.offices)


def _of_masthead(document: Document) -> Issuers | None:
    body, own = document.body, document.number
    for line in document.masthead:
        type_at_end = TYPE_BEHIND.search(line.folded)
        end = line.start + type_at_end.start if type_at_end else line.end
        if own is not None and own.text is body and line.start <= own.start < line.end:
            # 财政部|1995年3月2日 财税字〔1995〕12号
            end = min(own.start, own.day.start) if own.day else own.start
        words = trimmed(body.folded, line.start, end, "（")
        bodies = bodies_of_line(body.folded, *words)
        if bodies:
            return _named(body, bodies)
    return None


def _of_history(document: Document) -> Issuers | None:
    """The congress that passed a law, or who issued the text according to its history."""
    history, body = document.history, document.body
    issue = history.issue if history else None
    if history is None or issue is None:
        return None
    passed = CONGRESS.search(body.folded, history.start, history.end)
    name = short_name(passed["by"]) if passed else None
    if passed and name:
        return _named(body, (Body(name, *passed.span("by")),))
    # 1995年9月4日对外贸易经济合作部发布, 对外贸易经济合作部 1995年9月4日发布
    spans = [(issue.day.end, issue.end), (history.start, issue.day.start)] if issue.day else []
    for start, end in spans:
        words = trimmed(body.folded, start, end)
        bodies = bodies_of_line(body.folded, words.start, words.end) or bodies_at(
            body.folded, words.start
        )
        if bodies:
            return _named(body, bodies)
    return None


def _titled(document: Document) -> Issuers | None:
    bodies = title_bodies(document.title)
    if not bodies:
        return None
    expected = _stated_count(document)
    doubted = expected is not None and expected != len(bodies)
    doubt = f"issuers: the title names {expected}, the text {len(bodies)} of them"
    return _named(document.title, bodies, (doubt,) if doubted else ())


def _labelled(document: Document) -> Issuers | None:
    """The label's, when it names a body and not a department of the ministry."""
    unit = document.label_block.get("unit")
    bodies = ministry_level(unit.folded) if unit else None
    if unit is None or not bodies:
        return None
    return _all_at(tuple(body.name for body in bodies), unit.evidence)


def _by_code(document: Document) -> Issuers | None:
    """The body that the number's code belongs to, with doubt."""
    code = document.number.number.code if document.number else None
    name = issuer_of_code(code) if code else None
    if document.number is None or name is None:
        return None
    doubt = f"issuers: by the number's code {code} alone"
    return _all_at((name,), document.number.evidence)._replace(warnings=(doubt,))


_SOURCES: tuple[Callable[[Document], Issuers | None], ...] = (
    _signed,
    _numbered,
    _offices,
    _of_masthead,
    _of_history,
    _titled,
    _labelled,
    _by_code,
)


def _named(text: Text, bodies: Iterable[Body], warnings: Iterable[str] = ()) -> Issuers:
    """Bodies, each with the passage that names it."""
    bodies = tuple(bodies)
    return Issuers(
        tuple(body.name for body in bodies),
        tuple(
            text.evidence(f"issuers[{index}]", body.start, body.end)
            for index, body in enumerate(bodies)
        ),
        tuple(warnings),
    )


def _all_at(names: tuple[str, ...], evidence: Callable[[str], Evidence]) -> Issuers:
    """Bodies that one passage names together."""
    return Issuers(names, tuple(evidence(f"issuers[{index}]") for index in range(len(names))))


def _stated_count(document: Document) -> int | None:
    form = COUNTS.search(document.title.folded)
    return value_of(form["count"]) if form else None


def _share_a_body(numbered: Iterable[str], names: Iterable[str]) -> bool:
    """Whether a body of the number signs, or an office of it does (商务部, 商务部办公厅)."""
    return any(
        name.startswith(issuer) or issuer.startswith(name) for issuer in numbered for name in names
    )
