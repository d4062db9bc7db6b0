"""The summary by template: who issued what, when, what it lists, changes and asks for, and by when.

Every fact comes from a parsed field or from English that passed its checks; what has none is left
out. Two to five sentences.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from services.translator.glossary import Glossary
from services.translator.rules.addressees import addressee
from services.translator.rules.bodies import bodies, joined, joint_issuers
from services.translator.rules.dates import english as english_date
from services.translator.rules.dates import periods
from services.translator.rules.fields import field_spans
from services.translator.rules.numbers import document_number
from services.translator.rules.words import counted
from services.translator.summary.changes import changes
from services.translator.summary.contents import annexes, attachments, duties, entities, items
from services.translator.summary.faithful import paragraphs
from services.translator.text.simplify import simplified
from shared.chinese.numerals import TENS
from shared.notice import REPORTS, Notice

_KINDS = {
    "news": "a news item",
    "interview": "an interview",
    "interpretation": "an interpretation",
    "law": "a law",
    "notice": "a notice",
}
_GROUP = re.compile(
    rf"^(?P<group>.{{2,20}}?等\s?\d{{0,3}}[{TENS}]{{0,3}}\s?个?部门)(?:办公厅（室）)?关于"
)
_TYPED = re.compile(r"(?P<type>[A-Z][a-z]+(?: [A-Z][a-z]+)*)(?: of .+?)? on ")
_GERUND = re.compile(r"[A-Z][a-z]+ing ")
_FEWEST, _MOST = 2, 5
_MOST_DEADLINES = 6


class _Candidate(NamedTuple):
    """A sentence; of too many those of the highest `rank` are left out."""

    rank: int
    english: str | None


def summarise(
    notice: Notice,
    title_en: str | None,
    text_en: Sequence[str],
    glossary: Glossary,
) -> str:
    """Sum up a notice in English.

    `title_en` is its title when that is rendered whole, `text_en` the English of its body lines
    that are whole sentences and passed their checks, in order; both may be missing.
    """
    candidates = [
        _Candidate(0, _opening(notice, title_en, glossary)),
        *(_Candidate(1, sentence) for sentence in entities(notice, glossary)),
        *(_Candidate(1, sentence) for sentence in duties(notice, glossary)),
        *(_Candidate(1, sentence) for sentence in items(notice, glossary)),
        *(_Candidate(2, sentence) for sentence in changes(notice, glossary)),
        _Candidate(5, _addressed(notice, glossary)),
        *(_Candidate(3, sentence) for sentence in annexes(notice, glossary)),
        _Candidate(6, attachments(notice, glossary)),
        _Candidate(3, _deadlines(notice)),
        _Candidate(2, _effect(notice)),
        _Candidate(4, _from(notice, glossary)),
    ]
    kept = [candidate for candidate in candidates if candidate.english]
    while len(kept) > _MOST:
        # The last of those that matter least.
        kept.remove(max(reversed(kept), key=lambda candidate: candidate.rank))
    sentences = [candidate.english for candidate in kept if candidate.english]
    wanted = _FEWEST if notice.page_kind == "notice" else _FEWEST + 1
    for line in text_en:
        if len(sentences) >= wanted:
            break
        if line not in sentences[0]:
            sentences.append(line)
    if len(sentences) < _FEWEST:
        sentences.append(_bare(notice))
    return " ".join(sentences)


def _opening(notice: Notice, title_en: str | None, glossary: Glossary) -> str:
    number = _own_number(notice, glossary)
    issuers = _issuers(notice, glossary)
    title = (title_en or "").rstrip(".")
    typed = _TYPED.match(title)
    if typed and issuers:
        # Said once: who issued it stands before.
        title = title.replace(f"{typed['type']} of {issuers} on ", f"{typed['type']} on ", 1)
    if notice.issued_on and issuers:
        issued = f"On {english_date(notice.issued_on)}, {issuers} issued "
        if not number and typed:
            return f"{issued}the {title}."
        issued += (number or _type(notice, glossary)).removesuffix(f" of {issuers}")
    elif number:
        issued = f"This is {number}"
        if notice.issued_on:
            issued += f", dated {english_date(notice.issued_on)}"
    else:
        issued = f"This is {_KINDS.get(notice.page_kind, 'a page')}"
        day = notice.issued_on
        # A notice and a law have a day of their own, which is not that of the page.
        if day is None and notice.published_at and notice.page_kind in REPORTS:
            day = notice.published_at.date()
        issued += f" of {english_date(day)}" if day else ""
    if number and title.startswith(number):
        return f"{issued}{title.removeprefix(number)}."
    if number and _GERUND.match(title):
        return f"{issued} on {title}."
    if number and typed:
        return f"{issued}, the {title}."
    return f"{issued}: {title}." if title else f"{issued}."


def _own_number(notice: Notice, glossary: Glossary) -> str | None:
    if not notice.document_number:
        return None
    return document_number(simplified(notice.document_number), glossary)


def _type(notice: Notice, glossary: Glossary) -> str:
    kind = glossary.get(notice.document_type or "", ("doctype",))
    name = kind.en if kind else "document"
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _issuers(notice: Notice, glossary: Glossary) -> str | None:
    """The bodies that signed; of many the group that the title names: 14 departments including…"""
    title = simplified(notice.title or "")
    group = _GROUP.match(title)
    if group:
        english = joint_issuers(group["group"].strip(), glossary)
        if english:
            return f"the General Offices of {english}" if "办公厅（室）" in title else english
    named = [bodies(simplified(issuer), glossary) for issuer in notice.issuers]
    if not named or not all(named):
        return None
    return joined([name for names in named for name in names or ()])


def _addressed(notice: Notice, glossary: Glossary) -> str | None:
    """To whom it is addressed, line by line: behind 各省商务主管部门、 发展改革委 are commissions of provinces."""
    spans = [s for s in field_spans(notice, "body_text") if s.field == "addressees"]
    printed: Sequence[str] = notice.addressees
    if len(printed) > 1:
        text = notice.body_text
        lines = groupby(spans, key=lambda span: text.count("\n", 0, span.start))
        ends = [(line[0].start, line[-1].end) for line in (list(group) for _, group in lines)]
        printed = [text[start:end] for start, end in ends] if len(spans) == len(printed) else ()
    named = [addressee(simplified(line), glossary) for line in printed]
    if not named or not all(named):
        return None
    return f"It is addressed to {'; '.join(name for name in named if name)}."


def _deadlines(notice: Notice) -> str | None:
    found: list[str] = []
    for deadline in notice.deadlines:
        # Several deadlines of one sentence carry the same text.
        terms = periods(simplified(deadline.text))
        found += terms or ([f"by {english_date(deadline.on)}"] if deadline.on else [])
    unique = list(dict.fromkeys(found))
    if not unique:
        return None
    if len(unique) > _MOST_DEADLINES:
        return f"It sets {counted(len(unique))} deadlines, the first {unique[0]}."
    return f"It sets {'a deadline' if len(unique) == 1 else 'deadlines'}: {'; '.join(unique)}."


def _effect(notice: Notice) -> str | None:
    if notice.effective_on is None or notice.effective_on == notice.issued_on:
        return None
    return f"It takes effect on {english_date(notice.effective_on)}."


def _from(notice: Notice, glossary: Glossary) -> str | None:
    """Where a page that nobody signed comes from."""
    if notice.issuers or not notice.source:
        return None
    names = bodies(simplified(notice.source), glossary)
    return f"It was published by {joined(names)}." if names else None


def _bare(notice: Notice) -> str:
    count = paragraphs(notice)
    return f"Its text has {counted(count)} paragraph{'s' if count != 1 else ''}."
