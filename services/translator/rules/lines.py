"""One line of a document: what rules render of it, and what is left for an engine."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from pypinyin import lazy_pinyin

from services.translator.glossary import Glossary
from services.translator.rules.addressees import addressee
from services.translator.rules.bodies import bodies, joined
from services.translator.rules.dates import date_line
from services.translator.rules.numbers import document_number
from services.translator.rules.phrases import capitalised, phrase
from services.translator.rules.places import places
from services.translator.rules.titles import title
from services.translator.text.numerals import roman, value

_NUMERAL = "[〇零一二三四五六七八九十百]{1,5}"
_MARKERS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(rf"({_NUMERAL})[、.．]\s*"), lambda text: f"{roman(value(text) or 0)}."),
    (re.compile(rf"[（(]({_NUMERAL})[）)][、.]?\s*"), lambda text: f"({value(text)})"),
    (re.compile(r"(\d{1,3})\s*[.．、](?!\d)\s*"), lambda text: f"{text}."),
    (re.compile(r"[（(](\d{1,3})[）)][、.]?\s*"), lambda text: f"({text})"),
    (re.compile(rf"第({_NUMERAL}|\d{{1,3}})条[\s\u3000：:]+"), lambda text: f"Article {_count(text)}"),
    (re.compile(rf"第({_NUMERAL}|\d{{1,3}})章[\s\u3000：:]+"), lambda text: f"Chapter {_count(text)}"),
    (re.compile(rf"第({_NUMERAL}|\d{{1,3}})节[\s\u3000：:]+"), lambda text: f"Section {_count(text)}"),
)  # fmt: skip
# No formula is longer; what is longer is prose.
_LONGEST = 300
_LABEL = re.compile(r"【\s*(?P<label>[一-龥]{2,8})\s*】\s*(?P<value>.*)")
_LABELS = {
    "发布单位": "Issued by",
    "发布机构": "Issued by",
    "发文单位": "Issued by",
    "发布文号": "Document number",
    "发文文号": "Document number",
    "发布日期": "Date of issue",
    "发文日期": "Date of issue",
    "生效日期": "Effective date",
    "实施日期": "Effective date",
    "文章来源": "Source",
    "信息来源": "Source",
    "有效性": "Validity",
    "文章类型": "Type",
    "内容分类": "Category",
}
_ANNEX = re.compile(r"附\s*件\s*(?P<number>\d{0,2})\s*(?:[：:]\s*(?P<rest>.*))?")
_FILE = re.compile(
    r"(?P<name>.+?)(?P<type>\.(?:pdf|docx?|xlsx?|wps|zip|rar|txt|ofd))", re.IGNORECASE
)
_HEADING = re.compile(r"(?:中华人民共和国)?(?P<body>[一-龥]{2,30}?)(?P<kind>令|公告|通告)")
_HEADING_KINDS = {"令": "Order", "公告": "Announcement", "通告": "Circular"}
_MINISTER = re.compile(r"(?P<office>部长|主任|署长|局长|行长|会长)[：:]?(?P<name>[一-龥]{2,4})")
_OFFICES = {
    "部长": "Minister",
    "主任": "Chairman",
    "署长": "Minister",
    "局长": "Commissioner",
    "行长": "Governor",
    "会长": "Chairman",
}
_SEAL = re.compile(r"（(?P<body>[一-龥]{2,20})代章）")
_SUBJECTS = {
    "本公告": "This Announcement",
    "本通知": "This Notice",
    "本决定": "This Decision",
    "本办法": "These Measures",
    "本规定": "These Provisions",
    "本令": "This Order",
    "本通告": "This Circular",
}
_EFFECT = re.compile(
    rf"(?P<subject>{'|'.join(_SUBJECTS)})自(?P<from>公布之日|发布之日|印发之日|.{{6,14}}?日)起"
    r"(?:正式)?(?:实施|施行|执行|生效)"
)
_TITLED = re.compile(r"关于.+的[一-龥]{1,6}$|号[\s\u3000：:]+.")
_SENTENCE = re.compile(r"[。；]")
# A foreign name behind its Chinese form is the name itself.
_LATIN_NAME = re.compile(
    r"[一-龥·（）]{2,60}?[（(](?P<name>[A-Z][A-Za-z0-9 .,&'’/+\-]{2,100})[）)]"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class Line(NamedTuple):
    """A line after rules: `english` when they render all of it.

    Otherwise `before` is the English in front and `rest` the Chinese left for an engine.
    """

    source: str
    english: str | None = None
    before: str = ""
    rest: str = ""


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

Rule = Callable[[str, date | None, Glossary], Line | None]


def render(source: str, on: date | None, glossary: Glossary) -> Line:
    """Rules on one line, or one cell of a table, without its end. No Chinese, nothing to do."""
    text = source.strip()
    if not _CHINESE.search(text):
        return Line(source, english=_narrow(text))
    rules: tuple[Rule, ...] = (_labelled, _whole, _annexed, _marked)
    for rule in rules:
        line = rule(text, on, glossary)
        if line:
            return line._replace(source=source)
    return Line(source, rest=text)


def _whole(text: str, on: date | None, glossary: Glossary) -> Line | None:
    if len(text) > _LONGEST:
        return None
    squeezed = "".join(text.split())
    rules: tuple[Callable[[], str | None], ...] = (
        lambda: document_number(text, on, glossary),
        lambda: date_line(text),
        lambda: _addressee_line(text, on, glossary),
        lambda: _signature(text, on, glossary),
        lambda: _heading(squeezed, on, glossary),
        lambda: _minister(squeezed, on, glossary),
        lambda: _latin(text),
        lambda: _sealed(squeezed, on, glossary),
        lambda: _effect(squeezed, on, glossary),
        lambda: _places(text, on, glossary),
        lambda: _bracketed(squeezed, on, glossary),
        lambda: _phrase(squeezed, on, glossary),
    )
    for attempt in rules:
        english = attempt()
        if english:
            return Line(text, english=english)
    framed = title(text, on, glossary) if _TITLED.search(text) and len(text) <= 120 else None
    if framed and not _SENTENCE.search(text):
        if not framed.matter:
            return Line(text, english=framed.before)
        return Line(text, before=framed.before, rest=framed.matter)
    return None


def _labelled(text: str, on: date | None, glossary: Glossary) -> Line | None:
    match = _LABEL.fullmatch(text)
    label = _LABELS.get(match["label"]) if match else None
    if not match or not label:
        return None
    inner = render(match["value"], on, glossary)
    if inner.english is not None:
        return Line(text, english=f"[{label}] {inner.english}".rstrip())
    return Line(text, before=" ".join(filter(None, (f"[{label}]", inner.before))), rest=inner.rest)


def _annexed(text: str, on: date | None, glossary: Glossary) -> Line | None:
    match = _ANNEX.fullmatch(text)
    if not match:
        return None
    before = f"Annex {match['number']}".strip()
    rest = (match["rest"] or "").strip()
    if not rest:
        return Line(text, english=before)
    before += ":"
    file = _FILE.fullmatch(rest)
    suffix = file["type"] if file else ""
    inner = render(file["name"] if file else rest, on, glossary)
    if inner.english is not None:
        return Line(text, english=f"{before} {inner.english}{suffix}")
    return Line(
        text, before=" ".join(filter(None, (before, inner.before))), rest=inner.rest + suffix
    )


def _marked(text: str, on: date | None, glossary: Glossary) -> Line | None:
    for pattern, english in _MARKERS:
        match = pattern.match(text)
        if match and match.end() < len(text):
            inner = render(text[match.end() :], on, glossary)
            marker = english(match[1])
            if inner.english is not None:
                return Line(text, english=f"{marker} {inner.english}")
            before = " ".join(filter(None, (marker, inner.before)))
            return Line(text, before=before, rest=inner.rest)
    return None


def _addressee_line(text: str, on: date | None, glossary: Glossary) -> str | None:
    if not text.endswith(("：", ":")):
        return None
    english = addressee(text, on, glossary)
    return f"{capitalised(english)}:" if english else None


def _signature(text: str, on: date | None, glossary: Glossary) -> str | None:
    names = bodies(text, on, glossary) if len(text) <= 200 else None
    return "; ".join(names) if names else None


def _heading(text: str, on: date | None, glossary: Glossary) -> str | None:
    match = _HEADING.fullmatch(text)
    names = bodies(match["body"], on, glossary) if match else None
    return f"{_HEADING_KINDS[match['kind']]} of {joined(names)}" if match and names else None


def _minister(text: str, on: date | None, glossary: Glossary) -> str | None:
    match = _MINISTER.fullmatch(text)
    if not match:
        return None
    known = glossary.get(match["name"], on, ("person",))
    return f"{_OFFICES[match['office']]}: {known.en if known else _spelled(match['name'])}"


def _spelled(name: str) -> str:
    family, *given = lazy_pinyin(name)
    return f"{family.capitalize()} {''.join(given).capitalize()}"


def _latin(text: str) -> str | None:
    match = _LATIN_NAME.fullmatch(text)
    return match["name"] if match else None


def _sealed(text: str, on: date | None, glossary: Glossary) -> str | None:
    match = _SEAL.fullmatch(text)
    names = bodies(match["body"], on, glossary) if match else None
    return f"(sealed on its behalf by {joined(names)})" if names else None


def _effect(text: str, on: date | None, glossary: Glossary) -> str | None:
    match = _EFFECT.fullmatch(text.rstrip("。"))
    if not match:
        return None
    since = date_line(match["from"])
    if since:
        return f"{_SUBJECTS[match['subject']]} shall take effect on {since}."
    if match["from"].endswith("之日"):
        return f"{_SUBJECTS[match['subject']]} shall take effect from the date of publication."
    return None


def _places(text: str, on: date | None, glossary: Glossary) -> str | None:
    names = places(text, on, glossary)
    return ", ".join(names) if names else None


def _bracketed(text: str, on: date | None, glossary: Glossary) -> str | None:
    if not (text.startswith("（") and text.endswith("）")):
        return None
    known = phrase(text[1:-1], on, glossary)
    return f"({known})" if known else None


def _phrase(text: str, on: date | None, glossary: Glossary) -> str | None:
    known = phrase(text, on, glossary)
    if not known:
        return None
    return capitalised(known) + ("." if text.endswith("。") else "")


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else value(text) or 0


def _narrow(text: str) -> str:
    """Chinese punctuation of a line without Chinese words, as English prints it."""
    return " ".join(text.translate(_NARROW).split()).replace(" ,", ",")
