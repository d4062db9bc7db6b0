"""Applies rules to a line of a document, and leaves the rest for an engine."""

import re
from collections.abc import Callable, Mapping

from services.translator.glossary import Glossary
from services.translator.rules.addressees import addressee
from services.translator.rules.companies import company
from services.translator.rules.dates import date_line
from services.translator.rules.formulas import LINES, formula, signatories
from services.translator.rules.frame import Frame
from services.translator.rules.labels import annex, label
from services.translator.rules.numbers import document_number
from services.translator.rules.phrases import phrase
from services.translator.rules.places import places
from services.translator.rules.titles import looks_like_title, title
from services.translator.rules.words import capitalised, roman
from shared.chinese.characters import CHINESE, HAN, fold, squeeze
from shared.chinese.markers import marker_at
from shared.chinese.numerals import number
from shared.chinese.provisions import NUMBERED_UNIT, UNITS

# The markers of GB/T 9704 by their level, 一、 （一） 1. （1）, as English prints them.
_MARKERS: Mapping[int, Callable[[int], str]] = {
    1: lambda number: f"{roman(number)}.",
    2: lambda number: f"({number})",
    3: lambda number: f"{number}.",
    4: lambda number: f"({number})",
}
_UNIT = re.compile(rf"{NUMBERED_UNIT}[\s\u3000：:]+")
# No formula is longer; what is longer is prose.
_LONGEST = 300
# 附件：一、（一）1.: what stands behind more labels and marks is no line of a document.
_MOST_BEGINNINGS = 8
_WORD_AND_COLON = re.compile(rf"(?P<word>[{HAN}]{{1,8}})[：:]\s*(?P<rest>.+)")
_NARROW = str.maketrans(
    {
        "，": ", ",
        "、": ", ",
        "；": "; ",
        "：": ": ",
        "（": " (",
        "）": ") ",
        "。": ".",
        "％": "%",
        "／": "/",
    }
)


def render(line: str, glossary: Glossary) -> Frame:
    """Rules on one line, or one cell of a table, without its end. No Chinese, nothing to do."""
    text, around = line.strip(), list[Frame]()
    while (frame := _rendered(text, glossary)) is None:
        begins = _begins(text, glossary) if len(around) < _MOST_BEGINNINGS else None
        if begins is None:
            frame = Frame(rest=text)
            break
        around.append(begins)
        text = begins.rest.strip()
    for outer in reversed(around):
        frame = frame.within(outer.before, outer.after)
    return frame


def _rendered(text: str, glossary: Glossary) -> Frame | None:
    """What rules make of the whole of a text; None where none does, or where a label begins it."""
    if not CHINESE.search(text):
        return Frame(date_line(text) or _narrow(text))
    if label(text):
        return None
    return _whole(text, glossary) or _titled(text, glossary)


def _begins(text: str, glossary: Glossary) -> Frame | None:
    """What begins a line, and the rest of it: a label, an annex, a mark, a word and a colon."""
    return label(text) or annex(text) or _marked(text) or _word_and_colon(text, glossary)


def render_sentence(sentence: str, glossary: Glossary) -> str | None:
    """English of a sentence in a line that no rule matches as a whole; None if it is prose."""
    text = squeeze(sentence)
    return formula(text, glossary) or _phrase(text, glossary)


def _whole(text: str, glossary: Glossary) -> Frame | None:
    if len(text) > _LONGEST:
        return None
    squeezed = squeeze(text)
    rules: tuple[Callable[[], str | None], ...] = (
        lambda: document_number(text, glossary),
        lambda: date_line(text),
        lambda: _addressee_line(text, glossary),
        lambda: signatories(text, glossary),
        lambda: (frame := LINES.render(squeezed, glossary)) and frame.english,
        lambda: company(text, glossary),
        lambda: formula(squeezed, glossary),
        lambda: _places(text, glossary),
        lambda: _bracketed(squeezed, glossary),
        lambda: _phrase(squeezed, glossary),
    )
    english = next((english for rule in rules if (english := rule())), None)
    return Frame(english) if english else None


def _titled(text: str, glossary: Glossary) -> Frame | None:
    return title(text, glossary) if looks_like_title(text) else None


def _marked(text: str) -> Frame | None:
    unit = _UNIT.match(text)
    if unit:
        before, end = f"{UNITS[unit['unit']]} {number(unit['number'])}", unit.end()
    else:
        marker = marker_at(fold(text))
        if marker is None or marker.number is None or marker.level not in _MARKERS:
            return None
        before, end = _MARKERS[marker.level](marker.number), marker.end
    return Frame(before, text[end:]) if end < len(text) else None


def _word_and_colon(text: str, glossary: Glossary) -> Frame | None:
    """A standing word, a colon and what it is about: 联系电话：010-…, 答：…."""
    match = _WORD_AND_COLON.fullmatch(text)
    word = glossary.get(match["word"], ("phrase",)) if match else None
    return Frame(f"{word.en}:", match["rest"]) if match and word else None


def _addressee_line(text: str, glossary: Glossary) -> str | None:
    if not text.endswith(("：", ":")):
        return None
    english = addressee(text, glossary)
    return f"{capitalised(english)}:" if english else None


def _places(text: str, glossary: Glossary) -> str | None:
    names = places(text, glossary)
    return ", ".join(names) if names else None


def _bracketed(text: str, glossary: Glossary) -> str | None:
    if not (text.startswith("（") and text.endswith("）")):
        return None
    known = date_line(text[1:-1]) or phrase(text[1:-1], glossary)
    return f"({known})" if known else None


def _phrase(text: str, glossary: Glossary) -> str | None:
    end = {"。": ".", "：": ":", "；": ";"}.get(text[-1], "")
    known = phrase(text.rstrip("。：；"), glossary)
    return f"{capitalised(known)}{end}" if known else None


def _narrow(text: str) -> str:
    """Chinese punctuation of a line without Chinese words, as English prints it."""
    return " ".join(text.translate(_NARROW).split()).replace(" ,", ",")
