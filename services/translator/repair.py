"""Repairs errors of engines that can be corrected without asking again."""

import re
from html import unescape
from typing import NamedTuple

from services.translator.sentence import Sentence
from shared.chinese.characters import CHINESE

_WIDE = str.maketrans(
    {
        "，": ", ", "。": ".", "；": "; ", "：": ": ", "、": ", ", "（": " (", "）": ")",
        "“": '"', "”": '"', "‘": "'", "’": "'", "！": "!", "？": "?", "％": "%",
        "《": "", "》": "", "〈": "", "〉": "", "【": "[", "】": "]", "〔": "[", "〕": "]",
        "\u3000": " ", "\u200b": "", "\ufeff": "",
    }
)  # fmt: skip
_BEFORE_MARK = re.compile(r"\s+([,.;:!?%)\]])")
_AFTER_OPENING = re.compile(r"([(\[])\s+")
_ENDS = tuple("。！？；…：.!?;:”）")


class Misnomer(NamedTuple):
    """A name of the glossary, and how engines were seen to write it: a pattern with examples."""

    chinese: str
    wrong: str
    seen: tuple[str, ...]


MISNOMERS = (
    Misnomer("交通运输部", r"Ministry of Transportation", ("Ministry of Transportation",)),
    Misnomer(
        "税务总局",
        r"(?:State )?General Administration of Taxation|State Tax(?:ation)? (?:Bureau|Office)|State Tax Administration",
        ("General Administration of Taxation", "State Tax Bureau"),
    ),
    Misnomer(
        "市场监管总局",
        r"(?:State |General )(?:General )?Administration (?:of|for) Market (?:Supervision|Regulation)(?: and (?:Administration|Management))?",
        ("General Administration of Market Supervision", "State Administration of Market Regulation"),
    ),
    Misnomer(
        "银保监会",
        r"China Banking Regulatory Commission|CBRC|(?<!China )Banking and Insurance Regulatory Commission",
        ("CBRC", "Banking and Insurance Regulatory Commission"),
    ),
    Misnomer("发展改革委", r"(?<!National )Development and Reform Commission", ("Development and Reform Commission",)),
    Misnomer(
        "海关总署",
        r"General Administration of China Customs|General Customs Administration|Customs General Administration",
        ("General Customs Administration",),
    ),
    Misnomer(
        "知识产权局",
        r"(?<!China )(?:State|National) Intellectual Property (?:Office|Administration)",
        ("National Intellectual Property Office",),
    ),
    Misnomer(
        "外汇局",
        r"(?:State )?Foreign Exchange (?:Bureau|Administration)|State Administration of Foreign Exchanges",
        ("Foreign Exchange Bureau",),
    ),
    Misnomer("农业农村部", r"Ministry of Agriculture and Rural (?:Areas|Development)", ("Ministry of Agriculture and Rural Areas",)),
    Misnomer(
        "工业和信息化部",
        r"Ministry of Industry and Information(?! Technology)|Ministry of Industry and Informatization",
        ("Ministry of Industry and Information", "Ministry of Industry and Informatization"),
    ),
    Misnomer("人民银行", r"(?<!of )Bank of the People of China|Chinese People's Bank", ("Chinese People's Bank",)),
    Misnomer("财政部", r"Finance Ministry|Treasury Department", ("Finance Ministry",)),
    Misnomer(
        "商务部",
        r"Ministry of Trade(?: and Commerce)?|Department of Commerce|Commerce Department",
        ("Ministry of Trade", "Department of Commerce"),
    ),
    Misnomer(
        "计划单列市",
        r"municipalities with (?:separate|independent) plan(?:s|ning)(?: status)?|plan(?:ned)? (?:to )?single-listed cities"
        r"|cities with independent planning(?: status)?|cities separately listed (?:in|on) the (?:state )?plan",
        ("municipalities with separate plans", "plan to single-listed cities"),
    ),
    Misnomer("工作台账", r"work(?:ing)? (?:accounts?|stations?|desks?)|the work of the account", ("work account",)),
)  # fmt: skip


def repair(sentence: Sentence, english: str) -> str:
    """An engine's English of a sentence, repaired.

    Entities, Chinese punctuation, quotation marks round the whole, a full stop too many, ALL CAPS and lower case, known
    wrong forms of names, and "and other 14 departments". Nothing is added that the source has not.
    """
    text = unescape(english).translate(_WIDE)
    text = _AFTER_OPENING.sub(r"\1", _BEFORE_MARK.sub(r"\1", " ".join(text.split())))
    text = _unstopped(sentence.chinese, _unquoted(sentence.chinese, text))
    return _cased(sentence, _recounted(sentence, _renamed(sentence, text)))


def _unquoted(source: str, text: str) -> str:
    if len(text) > 2 and text[0] == text[-1] == '"' and text.count('"') == 2:
        return text if source.startswith(("“", "「")) else text[1:-1]
    return text


def _unstopped(source: str, text: str) -> str:
    """A heading or a title has no full stop, unless it ends in an abbreviation: Co., Ltd."""
    if source.rstrip().endswith(_ENDS) or not text.endswith("."):
        return text
    return text if re.search(r"(?:\b[A-Z][a-z]{0,3}|\.[A-Z]|\.)\.$", text) else text[:-1]


def _renamed(sentence: Sentence, text: str) -> str:
    for row in MISNOMERS:
        if row.chinese not in sentence.chinese:
            continue
        entry = sentence.glossary.get(row.chinese)
        if entry is None or re.search(rf"\b{re.escape(entry.en)}\b", text):
            continue
        text = re.sub(rf"\b(?:{row.wrong})\b", entry.en, text)
    return text


def _recounted(sentence: Sentence, text: str) -> str:
    """Corrects "the Ministry of Commerce and other 14 departments": 14 includes the ministry."""
    for _, _, english in sentence.joint_issuers:
        count, _, first = english.partition(" departments including ")
        if not first:
            continue
        name = first.removeprefix("the ")
        pattern = rf"(?:[Tt]he )?{re.escape(name)},?(?: and| along with| together with) (?:the )?(?:other {count}|{count} other) (?:departments|ministries|agencies)"
        text = re.sub(pattern, english, text)
    return text


def _cased(sentence: Sentence, text: str) -> str:
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 8:
        return text
    upper = sum(char.isupper() for char in letters)
    shouted = upper > 0.8 * len(letters)
    if not shouted and upper:
        return text
    if shouted and not CHINESE.search(sentence.chinese):
        return text
    text = text.lower() if shouted else text
    text = re.sub(r"(?:^|(?<=[.!?] ))([a-z])", lambda match: match[1].upper(), text)
    for found in sentence.names:
        for name in found.entry.renderings:
            if len(name) > 3:
                text = re.sub(rf"\b{re.escape(name)}\b", name, text, flags=re.IGNORECASE)
    for word in set(re.findall(r"[A-Za-z][A-Za-z0-9\-]{2,}", sentence.chinese)):
        text = re.sub(rf"\b{re.escape(word)}\b", word, text, flags=re.IGNORECASE)
    return text
