"""The summary by template: who issued what, when, to whom, what it lists, by when, from when.

Every fact comes from a parsed field or from English that passed its checks; what has none is left
out. Two to five sentences.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from services.translator.glossary import Glossary
from services.translator.rules.addressees import addressee
from services.translator.rules.bodies import bodies, joined, joint_whole, the
from services.translator.rules.dates import english as english_date
from services.translator.rules.dates import periods
from services.translator.rules.lines import render
from services.translator.rules.numbers import document_number
from services.translator.text.simplify import simplified
from shared.notice import Annex, ListedEntity, Notice

_KINDS = {
    "news": "News item",
    "interview": "Interview",
    "interpretation": "Interpretation",
    "law": "Law",
    "notice": "Notice",
}
_GROUP = re.compile(
    r"^(?P<group>.{2,20}?等\s?\d{0,3}[一二三四五六七八九十]{0,3}\s?个?部门)(?:办公厅（室）)?关于"
)
_MOST_NAMED = 12
_MOST_SENTENCES = 5
_ACTIONS = {
    "add": "adds {} to {}",
    "remove": "removes {} from {}",
    "suspend": "suspends the listing of {} on {}",
    "resume": "resumes the listing of {} on {}",
    "amend": "amends the listing of {} on {}",
}
_RATES = (
    ("保证金比率", "deposit"),
    ("反倾销税", "anti-dumping duty"),
    ("反补贴税", "countervailing duty"),
)
_RELATIONS = {
    "amends": "amends",
    "extends": "extends",
    "suspends": "suspends",
    "resumes": "resumes",
    "repeals": "repeals",
    "corrects": "corrects",
    "explains": "explains",
}
_DIRECTIONS = {"export": "export", "import": "import"}
_NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def summarise(
    notice: Notice,
    title_en: str | None,
    text_en: Sequence[str],
    on: date | None,
    glossary: Glossary,
) -> str:
    """Sum up a notice in English.

    `title_en` is its title when that is rendered whole, `text_en` the English of its body lines
    that are whole sentences and passed their checks, in order; both may be missing.
    """
    sentences = [
        _opening(notice, title_en, on, glossary),
        _addressed(notice, on, glossary),
        *_listed(notice, on, glossary),
        *_changes(notice, on, glossary),
        _deadlines(notice),
        _effect(notice),
        _from(notice, on, glossary),
    ]
    made = [sentence for sentence in sentences if sentence][:_MOST_SENTENCES]
    said = " ".join(made)
    for line in text_en:
        if len(made) >= 2 and notice.page_kind == "notice":
            break
        if len(made) >= 3:
            break
        if line not in said:
            made.append(line)
    return " ".join(made)


def _opening(notice: Notice, title_en: str | None, on: date | None, glossary: Glossary) -> str:
    number = _own_number(notice, on, glossary)
    issuers = _issuers(notice, on, glossary)
    if notice.issued_on and issuers:
        what = (number or _type(notice, on, glossary)).removesuffix(f" of {issuers}")
        issued = f"On {english_date(notice.issued_on)}, {issuers} issued {what}"
    elif number:
        issued = f"This is {number}"
        if notice.issued_on:
            issued += f", dated {english_date(notice.issued_on)}"
    else:
        kind = _KINDS.get(notice.page_kind, "Page")
        day = notice.issued_on or (notice.published_at.date() if notice.published_at else None)
        issued = f"{kind} of {english_date(day)}" if day else kind
    if title_en and number:
        title_en = title_en.removeprefix(number).lstrip(": ")
    if title_en and issuers:
        # Said once: who issued it stands before.
        title_en = title_en.replace(f" of {issuers} on ", " on ", 1)
    if not title_en:
        return f"{issued}."
    # A title may end in a question.
    return f"{issued}: {title_en.rstrip('.')}."


def _own_number(notice: Notice, on: date | None, glossary: Glossary) -> str | None:
    if not notice.document_number:
        return None
    return document_number(simplified(notice.document_number), on, glossary)


def _type(notice: Notice, on: date | None, glossary: Glossary) -> str:
    kind = glossary.get(notice.document_type or "", on, ("doctype",))
    name = kind.en if kind else "document"
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _issuers(notice: Notice, on: date | None, glossary: Glossary) -> str | None:
    """The bodies that signed; of many the group that the title names: 14 departments including…"""
    title = simplified(notice.title or "")
    group = _GROUP.match(title)
    if group:
        english = joint_whole(group["group"].strip(), on, glossary)
        if english:
            return f"the General Offices of {english}" if "办公厅（室）" in title else english
    named = [bodies(simplified(issuer), on, glossary) for issuer in notice.issuers]
    if not named or not all(named):
        return None
    return joined([name for names in named for name in names or ()])


def _addressed(notice: Notice, on: date | None, glossary: Glossary) -> str | None:
    lines = [addressee(simplified(line), on, glossary) for line in notice.addressees]
    if not lines or not all(lines):
        return None
    return f"It is addressed to {'; '.join(line for line in lines if line)}."


def _listed(notice: Notice, on: date | None, glossary: Glossary) -> list[str]:
    made = [_annex(annex, on, glossary) for annex in notice.annexes]
    made += _entities(notice.listed_entities, on, glossary)
    if notice.regulated_items:
        directions = {item.direction for item in notice.regulated_items} - {None}
        way = (
            f" to {_DIRECTIONS[next(iter(directions)) or '']} control"
            if len(directions) == 1
            else ""
        )
        count = len(notice.regulated_items)
        some = "one item" if count == 1 else f"{_number(count)} items"
        made.append(f"It lists {some} subject{way or ' to control'}.")
    if notice.duty_rates:
        low, high = (f(rate.rate for rate in notice.duty_rates) for f in (min, max))
        span = f"{low:g}%" if low == high else f"{low:g}% to {high:g}%"
        of = next((of for zh, of in _RATES if zh in notice.body_text), "duty")
        some = (
            "one entry"
            if len(notice.duty_rates) == 1
            else f"{_number(len(notice.duty_rates))} entries"
        )
        made.append(f"It sets {of} rates of {span} for {some}.")
    if notice.attachments and not notice.annexes:
        names = [
            render(simplified(a.name.rsplit(".", 1)[0]), on, glossary).english
            for a in notice.attachments
        ]
        known = [name for name in names if name]
        if known and len(known) == len(names) <= _MOST_NAMED:
            made.append(f"Attached: {'; '.join(known)}.")
    return [sentence for sentence in made if sentence]


def _annex(annex: Annex, on: date | None, glossary: Glossary) -> str | None:
    """What an annex lists, when every line of its list is a name that rules know."""
    title = render(simplified(annex.title), on, glossary).english
    items = []
    for line in simplified(annex.text).split("\n"):
        match = re.match(r"\s*\d{1,3}\s*[.．、]\s*(?P<item>.+)", line)
        if match:
            item = render(match["item"], on, glossary).english
            if item is None:
                return f"Its annex is: {title}." if title else None
            items.append(item)
    if not title:
        return None
    if not items or len(items) > 40:
        return f"Its annex is: {title}."
    return f"Its annex, {title[0].lower()}{title[1:]}, names {_number(len(items))}: {_and(items)}."


def _entities(entities: Sequence[ListedEntity], on: date | None, glossary: Glossary) -> list[str]:
    made = []
    for (name, action), group in groupby(entities, key=lambda e: (e.list, e.action)):
        listed = glossary.get(simplified(name), on, ("strict", "term"))
        some = list(group)
        if listed is None:
            continue
        latin = [entity.name_latin for entity in some if entity.name_latin]
        count = f"{_number(len(some))} {'entity' if len(some) == 1 else 'entities'}"
        if len(latin) == len(some) <= _MOST_NAMED:
            count += f" ({', '.join(latin)})"
        made.append(f"It {_ACTIONS[action].format(count, the(listed.en))}.")
    return made


def _changes(notice: Notice, on: date | None, glossary: Glossary) -> list[str]:
    """Which other documents it changes, by their numbers."""
    made = []
    for relation, verb in _RELATIONS.items():
        numbers = [
            document_number(simplified(citation.document_number), on, glossary)
            for citation in notice.citations
            if citation.relation == relation and citation.document_number
        ]
        if numbers and all(numbers):
            made.append(
                f"It {verb} {_and([number for number in dict.fromkeys(numbers) if number])}."
            )
    return made


def _from(notice: Notice, on: date | None, glossary: Glossary) -> str | None:
    """Where a page that nobody signed comes from."""
    if notice.issuers or not notice.source:
        return None
    names = bodies(simplified(notice.source), on, glossary)
    return f"It was published by {joined(names)}." if names else None


def _deadlines(notice: Notice) -> str | None:
    # Several deadlines of one sentence carry the same text.
    texts = list(dict.fromkeys(simplified(deadline.text) for deadline in notice.deadlines))
    found = [period for text in texts for period in periods(text)]
    found += [
        f"by {english_date(deadline.on)}"
        for deadline in notice.deadlines
        if deadline.on and not periods(simplified(deadline.text))
    ]
    unique = list(dict.fromkeys(found))
    return f"Deadlines: {'; '.join(unique)}." if unique else None


def _effect(notice: Notice) -> str | None:
    if notice.effective_on is None or notice.effective_on == notice.issued_on:
        return None
    return f"It takes effect on {english_date(notice.effective_on)}."


def _number(count: int) -> str:
    return _NUMBER_WORDS[count] if count < len(_NUMBER_WORDS) else str(count)


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
