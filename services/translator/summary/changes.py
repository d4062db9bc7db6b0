"""The other documents that a notice changes: their numbers, the parts changed, and for how long."""

import re
from collections.abc import Sequence
from itertools import groupby

from services.translator.glossary import Glossary
from services.translator.rules.dates import english as english_date
from services.translator.rules.numbers import document_number, together
from services.translator.rules.titles import named
from services.translator.rules.words import counted, listed
from services.translator.summary.days import last_day
from services.translator.text.simplify import simplified
from shared.chinese import numerals
from shared.chinese.provisions import NUMBERED_UNIT, UNITS
from shared.notice import REPORTS, Citation, Notice

_RELATIONS = {
    "amends": "amended",
    "extends": "extended",
    "suspends": "suspended",
    "resumes": "resumed",
    "repeals": "repealed",
    "corrects": "corrected",
    "explains": "explained",
}
# Of what is extended: an investigation that goes on leaves in force what is in force.
_OBJECTS = {"measure": "the measures of ", "investigation": "the period of the investigation of "}
# More are counted.
_MOST_NAMED = 8
_PART = re.compile(rf"{NUMBERED_UNIT}|（(?P<item>[{numerals.TENS}]{{1,3}}|\d{{1,2}})）项?")


def changes(notice: Notice, glossary: Glossary) -> list[str]:
    """A sentence for each relation: It suspends paragraph 2 of … until November 10, 2026.

    What the notice only speaks of, and what it has no power to change, is not said. Where not every
    document has a name in English, or where they are many, they are counted: It repeals eleven
    documents.
    """
    sentences = []
    for relation, done in _RELATIONS.items():
        cited = _changed(notice, relation)
        said = _named(cited, notice, glossary) if cited else None
        if cited and said is None:
            terms = {_term(one, notice) for one in cited}
            count = f"{counted(len(cited))} document{'s' if len(cited) != 1 else ''}"
            said = count + (terms.pop() if len(terms) == 1 else "")
        if said and notice.page_kind in REPORTS and relation != "explains":
            sentences.append(f"It says that this is {done}: {said}.")
        elif said:
            sentences.append(f"It {relation} {said}.")
    return sentences


def changed_counts(notice: Notice) -> list[int]:
    """How many documents it changes, by relation."""
    return [len(_changed(notice, relation)) for relation in _RELATIONS]


def _changed(notice: Notice, relation: str) -> list[Citation]:
    """The documents of a relation, each once however many of its parts are named."""
    cited: dict[tuple[object, ...], Citation] = {}
    for one in notice.citations:
        if one.relation == relation and one.mood == "asserted" and one.authority:
            named = one.document_number or one.title
            cited.setdefault((named, one.clause, one.since, one.until), one)
    return list(cited.values())


def _named(cited: Sequence[Citation], notice: Notice, glossary: Glossary) -> str | None:
    parts = []
    if len(cited) > _MOST_NAMED:
        return None
    for (of, clause, term), group in groupby(
        cited, key=lambda c: (_OBJECTS.get(c.object or "", ""), c.clause, _term(c, notice))
    ):
        names = [_name(one, glossary) for one in group]
        if not all(names):
            return None
        documents = together([name for name in dict.fromkeys(names) if name])
        parts.append(f"{of}{_of(clause)}{documents}{term}")
    return listed(parts)


def _name(citation: Citation, glossary: Glossary) -> str | None:
    if citation.document_number:
        return document_number(simplified(citation.document_number), glossary)
    title = named(simplified(citation.title), glossary) if citation.title else None
    return f"the {title}" if title else None


def _of(clause: str | None) -> str:
    """第一条第（三）项 is "item 3 of Article 1 of "; what is no such number is "parts of "."""
    if clause is None:
        return ""
    clauses = [_clause(one) for one in simplified(clause).split("、")]
    return f"{listed([one for one in clauses if one])} of " if all(clauses) else "parts of "


def _clause(text: str) -> str | None:
    found = list(_PART.finditer(text))
    if not found or "".join(match.group() for match in found) != text:
        return None
    named = [
        f"{UNITS[match['unit'] or '项']} {_number(match['number'] or match['item'])}"
        for match in reversed(found)
    ]
    return " of ".join(named)


def _number(text: str) -> int:
    return numerals.number(text) or 0


def _term(citation: Citation, notice: Notice) -> str:
    """From and to which day, where they are not the notice's own: until November 10, 2026."""
    since = citation.since.date() if citation.since else None
    own = (notice.issued_on, notice.effective_on)
    begins = f" from {english_date(since)}" if since and since not in own else ""
    last = last_day(citation.until)
    return begins + (f" until {english_date(last)}" if last else "")
