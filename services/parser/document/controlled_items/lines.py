"""Lines of a control notice as they print items: number, control code, name, customs codes.

The control code is the one of 中华人民共和国两用物项出口管制清单 (商务部公告2024年第51号): category, group, three digits,
then letters and digits by points (1C902.a, 3C901.a.2).
"""

import re
from typing import NamedTuple

from services.parser.document.document import Document
from shared.chinese.characters import squeeze
from shared.chinese.markers import marker_at
from shared.chinese.text import Line, Span, trimmed
from shared.notice import HsCode

CODE = r"[0-9][A-E]\d{3}(?:\s?[.]\s?[a-z0-9]{1,2}(?![a-z0-9]))*"
_CODES = re.compile(
    rf"(?P<codes>{CODE}(?:\s?[、，,和及或]\s?{CODE})*)\s?[.、：]?\s?(?![A-Za-z0-9])"
)
# A text without one of these prints no code, whatever its lines look like.
MAY_HOLD_CODES = re.compile(r"编\s?[号码]|税则|税号|HS|[0-9][A-E]\d{3}")
_ONE_CODE = re.compile(CODE)
_LABEL = (
    r"(?P<label>参考\s?(?:海关|中国海关)?\s?(?:商品)?\s?(?:编号|编码|税号|税则号列?)|海关\s?(?:商品)?\s?(?:编号|编码)"
    r"|商品\s?(?:编号|编码)|税则\s?号列?|税号|HS\s?(?:编码|编号|税号|码)?)"
)
_NUMBER = r"(?<!\d)\d{4}(?:[.]?\d{2}){0,3}(?!\d)"
_HS = re.compile(
    rf"{_LABEL}(?:为|是)?\s?[：:]?\s?(?P<codes>{_NUMBER}(?:\s?[、，,；;/和及或]\s?{_NUMBER}|\s{_NUMBER})*)"
)
_ONE_NUMBER = re.compile(_NUMBER)
_DIGITS = re.compile(r"\D")
# Customs codes have four, six, eight or, with the digits that China adds, ten digits.
_LENGTHS = frozenset({4, 6, 8, 10})
_ENDS = " 。；;：:，,、.　"


class Code(NamedTuple):
    """One customs code and where it and its label stand."""

    value: HsCode
    span: Span
    label: Span


class ItemLine(NamedTuple):
    """A line taken apart. `level` is that of its number, 0 without one; `name` is what is left without
    number, codes and end marks.
    """

    line: Line
    level: int
    codes: tuple[Span, ...]
    name: Span
    hs: tuple[Code, ...]


def item_line(document: Document, line: Line) -> ItemLine:
    """A line as an item prints itself."""
    folded = document.body.folded
    marker = marker_at(folded, line.start, line.end)
    start = marker.end if marker else trimmed(folded, line.start, line.end).start
    level = marker.level if marker else 0
    codes: tuple[Span, ...] = ()
    coded = _CODES.match(folded, start, line.end)
    if coded:
        codes = tuple(
            Span(code.start(), code.end())
            for code in _ONE_CODE.finditer(folded, *coded.span("codes"))
        )
        start = coded.end()
    hs = tuple(hs_codes(folded, start, line.end))
    name = _name(folded, start, line.end, hs)
    return ItemLine(line, level, codes, name, hs)


def hs_codes(folded: str, start: int, end: int) -> list[Code]:
    """The customs codes behind a label: 参考海关商品编号 refers, every other label defines."""
    found: list[Code] = []
    for match in _HS.finditer(folded, start, end):
        role = "reference" if match["label"].startswith("参考") else "scope"
        label = Span(*match.span("label"))
        for printed in _ONE_NUMBER.finditer(folded, *match.span("codes")):
            digits = _DIGITS.sub("", printed.group())
            if len(digits) in _LENGTHS:
                value = HsCode(code=digits, role="reference" if role == "reference" else "scope")
                found.append(Code(value, Span(*printed.span()), label))
    return found


def clean_code(text: str) -> str:
    """A control code without the spaces that an editor left in it."""
    return squeeze(text).rstrip(".")


def _name(folded: str, start: int, end: int, hs: tuple[Code, ...]) -> Span:
    """The name is what stands before the bracket with the customs codes; behind it where a notice
    sets them first (（参考海关商品编号：…）金属镓).
    """
    stop = end
    if hs:
        opened = hs[0].label.start
        while opened > start and (folded[opened - 1].isspace() or folded[opened - 1] in "（，,：:"):
            opened -= 1
        stop = opened
        if not trimmed(folded, start, stop, _ENDS):
            behind = hs[-1].span.end
            while behind < end and (folded[behind].isspace() or folded[behind] == "）"):
                behind += 1
            start, stop = behind, end
    return trimmed(folded, start, stop, _ENDS)
