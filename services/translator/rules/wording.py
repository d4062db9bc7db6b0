"""Wordings and their English, as rows with their own examples.

    Wording("本{act}自{date}起(?:实施|施行)", "{act} shall take effect on {date}",
            {"本公告自2023年8月1日起实施": "This Announcement shall take effect on August 1, 2023"})

One test runs the examples of every table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from services.translator.glossary import Glossary
from services.translator.rules.bodies import bodies, body, joined, the
from services.translator.rules.dates import date_line
from services.translator.rules.frame import Frame
from services.translator.rules.numbers import document_number
from services.translator.rules.pattern import SLOT, Pattern
from services.translator.rules.places import of_place
from shared.chinese.characters import HAN
from shared.chinese.dates import YEAR, year_of


@dataclass(frozen=True, slots=True)
class Wording:
    """`chinese`, a regular expression for the whole of a text, is `english`.

    {date} stands for what the slot `date` reads, and for its English; {since:date} is a second one.
    {rest} is what no rule can know, a product or an item: it is left for an engine. `examples` are
    texts and their English, the rest between ⟦ ⟧.
    """

    chinese: str
    english: str
    examples: Mapping[str, str]


class Slot(NamedTuple):
    """`pattern` says what it may hold, `english` gives that in English, None when it is not known."""

    pattern: str
    english: Callable[[str, Glossary], str | Frame | None]


def words(english: Mapping[str, str]) -> Slot:
    """A slot that holds one of some words."""
    pattern = "|".join(sorted(english, key=len, reverse=True))
    return Slot(pattern, lambda text, _: english[text])


def _in_text(text: str, glossary: Glossary) -> str | None:
    names = bodies(text, glossary)
    return joined(names) if names else None


def _of_bodies(text: str, glossary: Glossary) -> str | None:
    name = body(text, glossary)
    return the(name) if name else None


_SLOTS: Mapping[str, Slot] = {
    "rest": Slot(r".+?", lambda text, _: Frame(rest=text)),
    "date": Slot(r".{6,14}?日", lambda text, _: date_line(text)),
    "year": Slot(YEAR, lambda text, _: str(year_of(text))),
    "number": Slot(r"[^，。；]{4,60}号", document_number),
    "name": Slot(rf"[{HAN}]{{2,30}}?", body),
    "body": Slot(rf"[{HAN}]{{2,30}}?", _of_bodies),
    "bodies": Slot(rf"[{HAN}、 \u3000]{{2,80}}?", _in_text),
    "place": Slot(rf"[{HAN}、]{{2,20}}?", of_place),
}


class Wordings:
    """Rows that are tried in their order: the first whose slots all have English counts."""

    def __init__(self, *rows: Wording, **slots: Slot) -> None:
        """`slots` are those of this table besides the common ones. Raises KeyError for an unknown one."""
        self.rows, self.slots = rows, slots
        self._known = {**_SLOTS, **slots}
        filling = {name: slot.pattern for name, slot in self._known.items()}
        self._patterns = [Pattern(row.chinese, filling) for row in rows]
        TABLES.append(self)

    def render(self, text: str, glossary: Glossary) -> Frame | None:
        """The English of a text, round its rest; None when no row knows the whole of it."""
        for row, pattern in zip(self.rows, self._patterns, strict=True):
            for filling in pattern.fillings(text):
                values = {
                    name: self._known[slot].english(filling[name], glossary)
                    for name, slot in pattern.slots.items()
                }
                if None not in values.values():
                    return _filled(row.english, values)
        return None


TABLES: list[Wordings] = []


def _filled(english: str, values: Mapping[str, str | Frame | None]) -> Frame:
    before = rest = after = ""
    at = 0
    for slot in SLOT.finditer(english):
        value = values[slot["name"]]
        frame = value if isinstance(value, Frame) else Frame(value or "")
        literal, at = english[at : slot.start()], slot.end()
        if rest:
            after += literal + (frame.english or "")
        else:
            before += literal + frame.before
            rest, after = frame.rest, frame.after
            if not rest:
                before, after = before + after, ""
    end = english[at:]
    return Frame(before.rstrip(), rest, after + end) if rest else Frame(before + end)
