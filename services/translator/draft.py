"""A text after rules: what the rules rendered, and the sentences left for an engine."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from services.translator.checks.flag import Flag
from services.translator.glossary import Glossary
from services.translator.rules.fields import FieldSpan, render_fields, spans_within
from services.translator.rules.frame import Frame
from services.translator.rules.headline import headline
from services.translator.rules.lines import render, render_sentence
from services.translator.rules.titles import title
from services.translator.rules.words import lowered
from services.translator.sentence import Sentence
from services.translator.text.simplify import simplified
from services.translator.text.split import sentences

UNTRANSLATED = "⟦{}⟧"


class Part(NamedTuple):
    """A sentence of a line that rules did not render whole; `english` when they do render it."""

    sentence: Sentence
    english: str | None


class Cell(NamedTuple):
    """A line or a table cell after rules, and the sentences that they did not render."""

    frame: Frame
    parts: tuple[Part, ...]

    def left(self) -> list[Sentence]:
        """The sentences that need an engine."""
        return [part.sentence for part in self.parts if part.english is None]


class Rendered(NamedTuple):
    """A sentence after engines: `english` None when it stays in Chinese.

    `waiting` says that no engine could be asked, so that it is nobody's fault yet.
    """

    english: str | None
    flags: tuple[Flag, ...] = ()
    engine: str = ""
    version: str = ""
    waiting: bool = False


class Draft(NamedTuple):
    """The cells of each line, in the order of the text."""

    glossary: Glossary
    lines: tuple[tuple[Cell, ...], ...]

    def left(self) -> list[Sentence]:
        """The distinct sentences that need an engine, in the order of the text."""
        return list(dict.fromkeys(s for line in self.lines for cell in line for s in cell.left()))

    def assembled(self, rendered: Mapping[Sentence, Rendered]) -> str:
        """The English text, line by line; untranslated sentences stay in Chinese between ⟦ ⟧."""
        return "\n".join(
            "\t".join(_assembled(cell, rendered, self.glossary) for cell in line)
            for line in self.lines
        )

    def flags(self, rendered: Mapping[Sentence, Rendered]) -> Iterator[tuple[int, Sentence, Flag]]:
        """The flags of all sentences, each with its line (from 0) and its sentence."""
        for number, line in enumerate(self.lines):
            for cell in line:
                for sentence in cell.left():
                    for flag in rendered[sentence].flags:
                        yield number, sentence, flag


def draft_title(text: str, glossary: Glossary, spans: Sequence[FieldSpan] = ()) -> Draft:
    """Apply the rules to a title, which may be printed on several lines.

    Its number is that of the parser, who knows whose it is: 公告2018年第68号 关于… of the Ministry of
    Commerce. Whatever renders a title, it has the capitals of headlines.
    """
    line = " ".join(simplified(text).split())
    read = spans if line == simplified(text) else ()
    frame = title(_with_number(line, read), glossary)
    if frame is not None:
        return Draft(glossary, ((_parts(frame, glossary),),))
    cell = _cell(line, read, glossary)
    return Draft(glossary, ((cell._replace(frame=cell.frame.as_title()),),))


def _with_number(line: str, spans: Sequence[FieldSpan]) -> str:
    """The title with its document number, where it begins with one, as the parser has it."""
    first = spans[0] if spans else None
    if first is None or first.field != "document_number" or first.start > 0:
        return line
    return f"{first.value}{line[first.end :]}"


def draft(text: str, glossary: Glossary, spans: Sequence[FieldSpan] = ()) -> Draft:
    """Apply the rules to each line of a text, cell by cell; `spans` are what the parser read in it."""
    lines, start = [], 0
    for line in simplified(text).split("\n"):
        cells = []
        for cell in line.split("\t"):
            end = start + len(cell)
            cells.append(_cell(cell, spans_within(spans, start, end), glossary))
            start = end + 1
        lines.append(tuple(cells))
    return Draft(glossary, tuple(lines))


def _cell(text: str, spans: Sequence[FieldSpan], glossary: Glossary) -> Cell:
    return _parts(render_fields(text, spans, glossary) or render(text, glossary), glossary)


def _parts(frame: Frame, glossary: Glossary) -> Cell:
    pieces = [piece for raw in sentences(frame.rest) if (piece := raw.strip())]
    # What rules know as a line they have tried already.
    alone = len(pieces) == 1
    return Cell(
        frame,
        tuple(
            Part(Sentence(piece, glossary), None if alone else render_sentence(piece, glossary))
            for piece in pieces
        ),
    )


def _assembled(cell: Cell, rendered: Mapping[Sentence, Rendered], glossary: Glossary) -> str:
    before, after = cell.frame.before, cell.frame.after
    if cell.frame.english is not None:
        return cell.frame.english
    parts = [before] if before else []
    for sentence, by_rule in cell.parts:
        english = by_rule or rendered[sentence].english
        if english is None:
            parts.append(UNTRANSLATED.format(sentence.chinese))
            continue
        if before and before[-1].isalpha():
            english = lowered(english, glossary)
            if before.endswith((" the", " The")):
                english = re.sub(r"^[Tt]he ", "", english)
        if cell.frame.headline:
            english = headline(english, inside=bool(before))
        parts.append(english)
    return " ".join(parts) + after
