"""One line of a document: what rules render of it, and what is left for an engine."""

import re
from collections.abc import Callable

from services.translator.glossary import Glossary
from services.translator.rules.addressees import addressee
from services.translator.rules.companies import company
from services.translator.rules.dates import date_line
from services.translator.rules.formulas import formula
from services.translator.rules.labels import annex, label
from services.translator.rules.line import Line, framed
from services.translator.rules.numbers import document_number
from services.translator.rules.phrases import phrase
from services.translator.rules.places import places
from services.translator.rules.signatures import heading, official, seal, signatories
from services.translator.rules.titles import looks_like_title, title
from services.translator.rules.words import capitalised
from services.translator.text.numerals import roman, value

_NUMERAL = "[〇零一二三四五六七八九十百]{1,5}"
# 1．2026年配额 is the first item, 1.5 is a number.
_POINT = r"(?:[.．、](?!\d)|[．、](?=(?:19|20)\d\d年))"
_MARKERS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(rf"({_NUMERAL})[、.．]\s*"), lambda text: f"{roman(value(text) or 0)}."),
    (re.compile(rf"[（(]({_NUMERAL})[）)][、.]?\s*"), lambda text: f"({value(text)})"),
    (re.compile(rf"(\d{{1,3}})\s*{_POINT}\s*"), lambda text: f"{text}."),
    (re.compile(r"[（(](\d{1,3})[）)][、.]?\s*"), lambda text: f"({text})"),
    (re.compile(rf"第({_NUMERAL}|\d{{1,3}})条[\s\u3000：:]+"), lambda text: f"Article {_count(text)}"),
    (re.compile(rf"第({_NUMERAL}|\d{{1,3}})章[\s\u3000：:]+"), lambda text: f"Chapter {_count(text)}"),
    (re.compile(rf"第({_NUMERAL}|\d{{1,3}})节[\s\u3000：:]+"), lambda text: f"Section {_count(text)}"),
)  # fmt: skip
# No formula is longer; what is longer is prose.
_LONGEST = 300
_HEADED = re.compile(r"(?P<word>[一-龥]{1,8})[：:]\s*(?P<rest>.+)")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
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

Rule = Callable[[str, Glossary], Line | None]


def render(source: str, glossary: Glossary) -> Line:
    """Rules on one line, or one cell of a table, without its end. No Chinese, nothing to do."""
    text = source.strip()
    if not _CHINESE.search(text):
        return Line(source, english=date_line(text) or _narrow(text))
    rules: tuple[Rule, ...] = (_labelled, _whole, _titled, _annexed, _marked, _headed)
    for rule in rules:
        line = rule(text, glossary)
        if line:
            return line._replace(source=source)
    return Line(source, rest=text)


def render_sentence(source: str, glossary: Glossary) -> str | None:
    """English of a sentence in a line that rules do not know as a whole; None when it is prose."""
    text = "".join(source.split())
    return formula(text, glossary) or _phrase(text, glossary)


def _labelled(text: str, glossary: Glossary) -> Line | None:
    found = label(text)
    return framed(text, found.before, render(found.rest, glossary)) if found else None


def _whole(text: str, glossary: Glossary) -> Line | None:
    if len(text) > _LONGEST:
        return None
    squeezed = "".join(text.split())
    rules: tuple[Callable[[], str | None], ...] = (
        lambda: document_number(text, glossary),
        lambda: date_line(text),
        lambda: _addressee_line(text, glossary),
        lambda: signatories(text, glossary),
        lambda: heading(squeezed, glossary),
        lambda: official(squeezed, glossary),
        lambda: company(text, glossary),
        lambda: seal(squeezed, glossary),
        lambda: formula(squeezed, glossary),
        lambda: _places(text, glossary),
        lambda: _bracketed(squeezed, glossary),
        lambda: _phrase(squeezed, glossary),
    )
    english = next((said for rule in rules if (said := rule())), None)
    return Line(text, english=english) if english else None


def _titled(text: str, glossary: Glossary) -> Line | None:
    found = title(text, glossary) if looks_like_title(text) else None
    if not found:
        return None
    if not found.rest:
        return Line(text, english=found.before + found.after)
    return Line(text, before=found.before, rest=found.rest, after=found.after)


def _annexed(text: str, glossary: Glossary) -> Line | None:
    found = annex(text)
    if not found:
        return None
    if not found.rest:
        return Line(text, english=found.before)
    return framed(text, found.before, render(found.rest, glossary), found.after)


def _marked(text: str, glossary: Glossary) -> Line | None:
    for pattern, english in _MARKERS:
        match = pattern.match(text)
        if match and match.end() < len(text):
            return framed(text, english(match[1]), render(text[match.end() :], glossary))
    return None


def _headed(text: str, glossary: Glossary) -> Line | None:
    """A standing word, a colon and what it is about: 联系电话：010-…, 答：…."""
    match = _HEADED.fullmatch(text)
    word = glossary.get(match["word"], ("phrase",)) if match else None
    if not match or not word:
        return None
    return framed(text, f"{word.en}:", render(match["rest"], glossary))


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


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else value(text) or 0


def _narrow(text: str) -> str:
    """Chinese punctuation of a line without Chinese words, as English prints it."""
    return " ".join(text.translate(_NARROW).split()).replace(" ,", ",")
