"""A text after rules: what they rendered, and the sentences left for an engine."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from services.translator.checks.flag import Flag
from services.translator.glossary import Glossary
from services.translator.rules.bodies import joints_in
from services.translator.rules.line import Line
from services.translator.rules.lines import render, render_sentence
from services.translator.rules.numbers import numbers_in
from services.translator.rules.words import lowered
from services.translator.text.mask import Masked, addresses_in, mask
from services.translator.text.simplify import simplified
from services.translator.text.split import sentences

UNTRANSLATED = "⟦{}⟧"


class Sentence(NamedTuple):
    """A sentence of a line that rules did not render whole; `english` when they do render it."""

    chinese: str
    english: str | None


class Cell(NamedTuple):
    """A line, or a cell of a table's: after rules, and the sentences of what they left."""

    line: Line
    sentences: tuple[Sentence, ...]

    def left(self) -> list[str]:
        """The sentences that need an engine."""
        return [sentence.chinese for sentence in self.sentences if sentence.english is None]


class Draft(NamedTuple):
    """Lines of cells, in the order of the text."""

    lines: tuple[tuple[Cell, ...], ...]

    def left(self) -> list[str]:
        """The distinct sentences that need an engine, in the order of the text."""
        return list(dict.fromkeys(s for row in self.lines for cell in row for s in cell.left()))


class Rendered(NamedTuple):
    """A sentence after engines: `english` None when it stays in Chinese.

    `waiting` says that no engine could be asked, so that it is nobody's fault yet.
    """

    english: str | None
    flags: tuple[Flag, ...] = ()
    engine: str = ""
    version: str = ""
    waiting: bool = False


class Placed(NamedTuple):
    """A flag with where it was raised: the line (from 0) and the Chinese sentence."""

    line: int
    source: str
    flag: Flag


def draft(text: str, glossary: Glossary) -> Draft:
    """Apply the rules to each line of a text. `on` is the notice's date, for names."""
    rows = []
    for line in simplified(text).split("\n"):
        cells = [render(cell, glossary) for cell in line.split("\t")]
        rows.append(tuple(Cell(cell, _sentences(cell, glossary)) for cell in cells))
    return Draft(tuple(rows))


def _sentences(line: Line, glossary: Glossary) -> tuple[Sentence, ...]:
    if line.english is not None:
        return ()
    parts = [part for raw in sentences(line.rest) if (part := raw.strip())]
    if len(parts) == 1:
        return (Sentence(parts[0], None),)
    return tuple(Sentence(part, render_sentence(part, glossary)) for part in parts)


def masked(sentence: str, glossary: Glossary) -> Masked:
    """A sentence as an engine gets it: numbers of documents, addresses, 等N部门 hidden."""
    return mask(
        sentence,
        [
            *addresses_in(sentence),
            *numbers_in(sentence, glossary),
            *joints_in(sentence, glossary),
        ],
    )


def terms(sentence: str, glossary: Glossary) -> tuple[tuple[str, str], ...]:
    """Glossary words of a sentence for an engine's prompt.

    Only names and terms of two or more characters: single ones such as 函 made small models write
    "the letter" into the text (facts, glossary).
    """
    kinds = ("body", "geo", "country", "term", "strict", "unit")
    found = {hit.entry.zh: hit.entry.en for hit in glossary.find(sentence, kinds)}
    return tuple((zh, en) for zh, en in found.items() if len(zh) > 1)


def assemble(drafted: Draft, rendered: Mapping[str, Rendered], glossary: Glossary) -> str:
    """The English text, line by line; what no engine rendered stands in Chinese between ⟦ ⟧."""
    return "\n".join(
        "\t".join(_cell(cell, rendered, glossary) for cell in row) for row in drafted.lines
    )


def _cell(cell: Cell, rendered: Mapping[str, Rendered], glossary: Glossary) -> str:
    if cell.line.english is not None:
        return cell.line.english
    parts = [cell.line.before] if cell.line.before else []
    for sentence in cell.sentences:
        english = sentence.english or rendered[sentence.chinese].english
        if english is None:
            english = UNTRANSLATED.format(sentence.chinese)
        elif cell.line.before and cell.line.before[-1].isalpha():
            english = lowered(english, glossary)
            if cell.line.before.endswith(" the"):
                english = re.sub(r"^[Tt]he ", "", english)
        parts.append(english)
    return " ".join(parts) + cell.line.after


def placed(drafted: Draft, rendered: Mapping[str, Rendered]) -> Iterator[Placed]:
    """The flags of all sentences, where they stand."""
    for number, row in enumerate(drafted.lines):
        for sentence in _of(row):
            for flag in rendered[sentence].flags:
                yield Placed(number, sentence, flag)


def _of(row: Iterable[Cell]) -> Iterator[str]:
    for cell in row:
        yield from cell.left()
