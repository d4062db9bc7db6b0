"""The contents of a notice: entities, duty rates, controlled items, annexes, attachments."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from services.translator.glossary import Glossary
from services.translator.rules.bodies import the
from services.translator.rules.dates import english as english_date
from services.translator.rules.lines import render
from services.translator.rules.places import of_place
from services.translator.rules.words import counted, listed, lowered
from services.translator.summary.days import last_day
from services.translator.text.simplify import simplified
from shared.chinese.characters import CHINESE
from shared.notice import Annex, DutyRate, ListedEntity, Notice, RegulatedItem

_Value = TypeVar("_Value")
_MOST_NAMED = 40
_ACTIONS = {
    "add": "adds {} to {}",
    "remove": "removes {} from {}",
    "suspend": "suspends the listing of {} on {}",
    "resume": "resumes the listing of {} on {}",
    "amend": "amends the listing of {} on {}",
}
_ITEM = re.compile(r"\s*\d{1,3}\s*[.．、]\s*(?P<item>.+)")


def entities(notice: Notice, glossary: Glossary) -> list[str]:
    """It adds two entities (A, B) to the Unreliable Entity List."""
    sentences = []
    for members in _entities(notice):
        first = members[0]
        known = glossary.get(simplified(first.list), ("strict", "term"))
        if known is None:
            continue
        latin = [entity.name_latin for entity in members if entity.name_latin]
        count = f"{counted(len(members))} {'entity' if len(members) == 1 else 'entities'}"
        if len(latin) == len(members) <= _MOST_NAMED:
            count += f" ({_names(latin)})"
        last = last_day(first.until)
        until = f" until {english_date(last)}" if last else ""
        sentences.append(f"It {_ACTIONS[first.action].format(count, the(known.en))}{until}.")
    return sentences


def items(notice: Notice, glossary: Glossary) -> list[str]:
    """It lists seven items subject to export control; what is banned is not a control."""
    sentences = []
    for members in _items(notice):
        first = members[0]
        done = f"{first.direction} control" if first.direction else "control"
        count = f"{counted(len(members))} item{'s' if len(members) != 1 else ''}"
        place = of_place(simplified(first.destination), glossary) if first.destination else None
        if first.destination and not place:
            sentences.append(f"It lists {count}.")
            continue
        where = f" {'from' if first.direction == 'import' else 'to'} {place}" if place else ""
        what = f"whose {first.direction or 'trade'}{where}"
        if first.measure == "ban":
            sentences.append(f"It lists {count} {what} is prohibited.")
        elif first.measure == "denial":
            sentences.append(f"It lists {count} {what} is in principle not licensed.")
        else:
            sentences.append(f"It lists {count} subject to {done}{where}.")
    return sentences


def duties(notice: Notice, glossary: Glossary) -> list[str]:
    """It sets anti-dumping duty rates of 23.1% to 75.5% for imports from …, in eight entries."""
    sentences = []
    for rates in _duties(notice):
        kind, measure = rates[0].stage or "duty", rates[0].measure
        low, high = min(rate.rate for rate in rates), max(rate.rate for rate in rates)
        what = f"{measure} {kind}" if measure else kind
        span = f"{what} rates of {low:g}% to {high:g}%"
        if low == high:
            span = f"{'an' if what[0] == 'a' else 'a'} {what} rate of {low:g}%"
        count = f"{counted(len(rates))} {'entry' if len(rates) == 1 else 'entries'}"
        sentences.append(f"It sets {span}{_origins(rates, glossary)}, in {count}.")
    return sentences


def groups(notice: Notice) -> list[Sequence[object]]:
    """What is counted together: entities of an action, items of a measure, rates of a stage."""
    return [*_entities(notice), *_items(notice), *_duties(notice)]


def _entities(notice: Notice) -> list[list[ListedEntity]]:
    return _grouped(notice.listed_entities, lambda one: (one.list, one.action, one.until))


def _items(notice: Notice) -> list[list[RegulatedItem]]:
    return _grouped(
        notice.regulated_items,
        lambda one: (one.measure or "licence", one.direction, one.destination),
    )


def _duties(notice: Notice) -> list[list[DutyRate]]:
    return _grouped(notice.duty_rates, lambda one: (one.measure, one.stage))


def _grouped(values: Iterable[_Value], key: Callable[[_Value], object]) -> list[list[_Value]]:
    found: dict[object, list[_Value]] = {}
    for value in values:
        found.setdefault(key(value), []).append(value)
    return list(found.values())


def _origins(rates: Sequence[DutyRate], glossary: Glossary) -> str:
    printed = list(dict.fromkeys(rate.origin for rate in rates))
    if not all(printed):
        return ""
    places = of_place("、".join(simplified(place or "") for place in printed), glossary)
    return f" for imports from {places}" if places else ""


def annexes(notice: Notice, glossary: Glossary) -> list[str]:
    """Its annex, the list of …, names nine: …; several are named by their titles or counted.

    An annex of the entities that are named already is not named once more.
    """
    if len(notice.annexes) == 1:
        return [] if notice.listed_entities else [_annex(notice.annexes[0], glossary)]
    titles = _titles([annex.title for annex in notice.annexes], glossary)
    if not titles:
        return [f"It has {counted(len(notice.annexes))} annexes."] if notice.annexes else []
    return [f"Its annexes are: {'; '.join(titles)}."]


def _annex(annex: Annex, glossary: Glossary) -> str:
    """What an annex lists, when every line of its list is a name that rules know."""
    title = _title(annex.title, glossary)
    lines = [match["item"] for line in annex.text.split("\n") if (match := _ITEM.match(line))]
    names = [render(simplified(item), glossary).english for item in lines]
    known = [name for name in names if name]
    if title and known and len(known) == len(names) <= _MOST_NAMED:
        return f"Its annex, the {title}, names {counted(len(known))}: {_names(known)}."
    if title:
        return f"Its annex is the {title}."
    return "It has an annex."


def _names(names: Sequence[str]) -> str:
    # Some hold commas themselves: Saronic Technologies, Inc.
    return "; ".join(names) if any("," in name for name in names) else listed(names)


def attachments(notice: Notice, glossary: Glossary) -> str | None:
    """It has one file attached: …; nothing when they are the annexes named before."""
    if not notice.attachments or notice.annexes:
        return None
    names = [one.name.rsplit(".", 1)[0] for one in notice.attachments]
    count = f"{counted(len(names))} file{'s' if len(names) != 1 else ''}"
    titles = _titles(names, glossary) if len(names) <= _MOST_NAMED else None
    return f"It has {count} attached" + (f": {'; '.join(titles)}." if titles else ".")


def _titles(texts: Sequence[str], glossary: Glossary) -> list[str] | None:
    titles = [_title(text, glossary) for text in texts]
    return [title for title in titles if title] if all(titles) else None


def _title(text: str, glossary: Glossary) -> str | None:
    """A title as the middle of a sentence; None when rules do not know it, or it is not words."""
    if not CHINESE.search(text):
        return None
    english = render(simplified(text), glossary).english
    return lowered(re.sub(r"^Annex \d*:\s*", "", english), glossary) if english else None
