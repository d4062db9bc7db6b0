"""发文字号: document numbers in English.

The code of an issuing office is a name and is spelled, never translated: 商办建函〔2022〕318号 is
Shang Ban Jian Han [2022] No. 318, as English legal translations print it. Announcements and orders
are named by type and body: Announcement No. 61 of 2025 of the Ministry of Commerce.
"""

import re

from pypinyin import lazy_pinyin

from services.translator.glossary import Glossary
from services.translator.rules.bodies import bodies, joined
from services.translator.text.numerals import value

_KINDS = {"公告": "Announcement", "令": "Order", "通告": "Circular", "公示": "Public Notice"}
# It has no code, its numbers print its name.
_MECHANISM = "不可靠实体清单工作机制"
_NUMERAL = "[〇零○一二三四五六七八九十百]"
_CODED = re.compile(
    r"(?P<code>[一-龥]{2,16})\s?[〔\[［（(]\s?(?P<year>(?:19|20)\d\d)\s?[〕\]］）)]\s?"
    r"(?:第\s?)?(?P<number>\d{1,4})\s?号"
)
_NAMED = re.compile(
    r"(?P<bodies>[一-龥、 \u3000]{2,80}?)(?P<kind>公告|令|通告|公示)\s?[（(]?\s?"
    rf"(?:(?P<year>(?:19|20)\d\d|[二一][〇零○一二三四五六七八九]{{3}})\s?年\s?)?"
    rf"第\s?(?P<number>\d{{1,4}}|{_NUMERAL}+)\s?号[）)]?"
)
_BARE = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d|[二一][〇零○一二三四五六七八九]{{3}})\s?年\s?)?"
    rf"第\s?(?P<number>\d{{1,4}}|{_NUMERAL}+)\s?号"
)
# Words in front of a code that are not of it.
_BEFORE = re.compile(
    r"^.*(?:关于|印发|根据|依据|按照|执行|转发|发布|下发|以及|《|和|与|及|见|在|将|对|由|的|是)"
)


def _coded(match: re.Match[str], glossary: Glossary) -> str:
    """Of a code its spelling; 国务院令〔2024〕792号 has none: Order [2024] No. 792 of the State Council."""
    number = f"[{match['year']}] No. {int(match['number'])}"
    kind = next((kind for kind in _KINDS if match["code"].endswith(kind)), "")
    issuers = bodies(match["code"].removesuffix(kind), glossary) if kind else None
    if issuers:
        return f"{_KINDS[kind]} {number} of {joined(issuers)}"
    return f"{_code_name(match['code'])} {number}"


def _code_name(code: str) -> str:
    """The spelling of an issuing office's code: Shang Ban Jian Han."""
    if code == _MECHANISM:
        return "Unreliable Entity List Working Mechanism"
    return " ".join(syllable.capitalize() for syllable in lazy_pinyin(code))


def document_number(text: str, glossary: Glossary) -> str | None:
    """English of a text that is a document number and nothing else; None when it is not."""
    text = " ".join(text.split())
    match = _CODED.fullmatch(text)
    if match:
        return _coded(match, glossary)
    match = _NAMED.fullmatch(text)
    if match:
        return _named(match, glossary)
    # The body stands in another label: 【发布文号】公告2022年第36号.
    kind = next((kind for kind in _KINDS if text.startswith(kind)), "")
    match = _BARE.fullmatch(text.removeprefix(kind))
    return f"{_KINDS.get(kind, '')} {_number(match)}".strip() if match else None


def numbers_in(text: str, glossary: Glossary) -> list[tuple[int, int, str]]:
    """Document numbers in a running text: start, end, English, in the order of the text.

    Of a named one the bodies must be known; words before a code that are not of it stay outside.
    """
    found = []
    for match in _CODED.finditer(text):
        code = match["code"]
        outside = _BEFORE.match(code)
        start = match.start() + (outside.end() if outside else 0)
        inner = _CODED.match(text, start)
        if inner:
            found.append((start, match.end(), _coded(inner, glossary)))
    for match in _NAMED.finditer(text):
        first = next(
            (
                at
                for at in range(match.start("bodies"), match.end("bodies"))
                if bodies(text[at : match.end("bodies")], glossary)
            ),
            None,
        )
        inner = _NAMED.match(text, first) if first is not None else None
        english = _named(inner, glossary) if inner else None
        if inner and english and inner.end() == match.end():
            found.append((inner.start(), match.end(), english))
    return _apart(sorted(found))


def _apart(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for one in found:
        if not kept or one[0] >= kept[-1][1]:
            kept.append(one)
    return kept


def _named(match: re.Match[str], glossary: Glossary) -> str | None:
    issuers = bodies(match["bodies"], glossary)
    if not issuers:
        return None
    return f"{_KINDS[match['kind']]} {_number(match)} of {joined(issuers)}"


def _number(match: re.Match[str]) -> str:
    number = match["number"]
    digits = int(number) if number.isdecimal() else value(number)
    year = match["year"]
    if year and not year.isdecimal():
        year = str(value(year))
    return f"No. {digits} of {year}" if year else f"No. {digits}"
