"""税则号列: customs codes as they are printed behind a label: 参考海关商品编号：2805.30、ex 8101.

They are those of 中华人民共和国进出口税则: chapters of two digits, headings of four, subheadings of six, tariff
lines of eight, and ten with the digits that the customs add.
"""

import re
from typing import Literal, NamedTuple

from shared.chinese.form import Form, Forms
from shared.chinese.text import Span
from shared.notice import HsCode

# What stands between two codes of a list.
JOINED = r"\s?[、，,；;/和及或与]\s?"
# ex 8101: part of what the code covers; 第72章: a chapter. Digits that are no customs code are found too, to be
# doubted.
_NUMBER = r"(?<![\d.])第?(?:(?:ex|EX|Ex)[.]?\s?)?\d{2,12}(?:[.]\d{1,4}){0,4}(?![\dA-Za-z%年])章?"
_TO = r"\s?(?:-|—|~|～|至|到)\s?"
_ENTRY = rf"(?:{_NUMBER}(?:{_TO}{_NUMBER})?)"
# What stands before a code, and heads a column of them; the tariff itself may be named instead:
# 归在《中华人民共和国进出口税则》：39071010.
LABEL = (
    r"参考\s?(?:海关|中国海关)?\s?(?:商品)?\s?(?:编号|编码|税号|税则号列?)"
    r"|海关\s?(?:商品|税则)?\s?(?:编号|编码|号列?|税号)|商品\s?(?:编号|编码)|税则\s?号列?|税号|税目号?|品目号?"
    r"|(?<=（)编[号码]|H\.?S\.?\s?(?:编码|编号|税号|码|[Cc]ode)?"
    r"|《[^》\n]{0,16}税则》[^。；\n\d]{0,12}?"
)
CUSTOMS_CODES = Forms(
    Form(
        "labelled",
        rf"(?P<label>{LABEL})(?:（[^（）\n]{{0,20}}）)?\s?"
        rf"(?:分别|列?入|为|是|中的|项下的?|[：:])*\s?(?P<codes>{_ENTRY}(?:(?:{JOINED}|以及|\s){_ENTRY})*)",
        yes=(
            "参考海关商品编号：2805301811、2805301812",
            "海关编码3805100000",
            "HS编码86至89",
            "海关编码第72-83章",
            "税目第72章至第83章",
            "税目第84章、第85章",
            "税则号列：ex 8101",
            "税号：2844.10-2844.50",
            "该产品归在《中华人民共和国进出口税则》：39071010",
            "税则号列（8位）28042900和28043000",
        ),
        no=("商品编号见附件", "税号如下", "《中华人民共和国进出口税则》2025年"),
    )
)
# The pairs of digits may stand apart: 2841 80 10 00, 3907 1010.
_PAIRS = rf"(?:\d{{4}}(?: \d{{2}}(?!\d)){{1,3}}|\d{{4}} \d{{4}}(?: \d{{2}})?(?!\d)|{_NUMBER})"
_ONE_ENTRY = re.compile(rf"(?P<first>{_PAIRS})(?:{_TO}(?P<last>{_PAIRS}))?")
_NO_DIGIT = re.compile(r"\D")
_CHAPTER = 2
_LENGTHS = frozenset({_CHAPTER, 4, 6, 8, 10})
# A longer range than this is more likely to be none.
_LONGEST_RANGE = 100

Role = Literal["reference", "scope"]


class Code(NamedTuple):
    """One customs code and where it and its label stand."""

    value: HsCode
    span: Span
    label: Span


class Codes(NamedTuple):
    """Customs codes in order, and what is doubtful about them."""

    found: tuple[Code, ...] = ()
    doubts: tuple[str, ...] = ()


def customs_codes(folded: str, start: int, end: int) -> Codes:
    """The customs codes behind a label: 参考海关商品编号 refers, every other label defines."""
    found: list[Code] = []
    doubts: list[str] = []
    for form in CUSTOMS_CODES.finditer(folded, start, end):
        role: Role = "reference" if form["label"].startswith("参考") else "scope"
        codes = codes_within(
            folded, *form.span("codes"), label=Span(*form.span("label")), role=role
        )
        found += codes.found
        doubts += codes.doubts
    return Codes(tuple(found), tuple(doubts))


def codes_within(folded: str, start: int, end: int, *, label: Span, role: Role) -> Codes:
    """The customs codes of a list of codes. A range stands for all codes between its ends (86至89);
    `ex` says that the code covers more than the item, so that it only refers.
    """
    found: list[Code] = []
    doubts: list[str] = []
    chapters = True
    for entry in _ONE_ENTRY.finditer(folded, start, end):
        printed = folded[entry.start() : entry.end()].strip()
        partly = printed[:2].lower() == "ex"
        ends = [_NO_DIGIT.sub("", part) for part in (entry["first"], entry["last"]) if part]
        # A pair of digits is a chapter only where all codes are (HS编码84、85).
        chapters = chapters and len(ends[0]) == _CHAPTER
        if not {len(digits) for digits in ends} <= _LENGTHS or (
            len(ends[0]) == _CHAPTER and not chapters
        ):
            doubts.append(f"no customs code has so many digits: {printed}")
            continue
        codes = _between(*ends) if len(ends) > 1 else tuple(ends)
        if not codes:
            doubts.append(f"the codes between the ends of {printed} are not listed")
            codes = tuple(ends)
        found += [
            Code(
                HsCode(code=code, role="reference" if partly else role), Span(*entry.span()), label
            )
            for code in codes
        ]
    return Codes(tuple(found), tuple(doubts))


def _between(first: str, last: str) -> tuple[str, ...]:
    """All codes from one to the other; none where their digits differ in number or the range is long.
    There is no chapter 77.
    """
    if len(first) != len(last) or not 0 < int(last) - int(first) < _LONGEST_RANGE:
        return ()
    return tuple(
        f"{code:0{len(first)}}"
        for code in range(int(first), int(last) + 1)
        if not (len(first) == _CHAPTER and code == 77)
    )
