"""附件: how an annex is headed where it begins, in the 附件说明 that announces it (GB/T 9704-2012, 7.3.4), and how
sentences name it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from shared.chinese.form import Form, Forms, Found
from shared.chinese.markers import marker_at
from shared.chinese.numerals import TENS, number

# A list of annexes is numbered 1. or 一、 (`Marker.level`).
_NUMBERED = (1, 3)
ANNEX = "附(?:件|表|录)?"
# … where 附 alone would be another word.
ANNEX_IN_FULL = "附[件表录]"
# An annex by its number: 附件1, 附表二.
_COUNT = rf"[0-9{TENS}]{{1,3}}"
NUMBERED_ANNEX = rf"{ANNEX}\s?{_COUNT}"
NUMBERED_ANNEX_IN_FULL = rf"{ANNEX_IN_FULL}\s?{_COUNT}"
# … or without one.
ANY_ANNEX = rf"{ANNEX}(?:\s?{_COUNT})?"
_HEADING = rf"附\s*(?P<word>[件表录]?)\s*(?P<number>[0-9{TENS}]{{0,3}})(?:-\d{{1,2}})?\s*(?P<mark>[：:.、]?)"
# One of several numbers; 附件1、2025年 has one.
_ONE = rf"{_COUNT}(?![\d年月日%号])"
# The annexes of another document: 商务部公告2025年第10号附件1.
_OWN = "".join(
    f"(?<!{words})"
    for words in ("[号》]", "[号》]的", "号公告", "号公告的", "号令", "号通知", "同时废止的")
)
MENTIONS = Forms(
    Form(
        "numbered",
        rf"{_OWN}附(?P<word>[件表录])\s?(?P<numbers>{_ONE}"
        rf"(?:\s?(?:[、，]|以及|和|及|与|至|到|-|—|~)\s?(?:附[件表录]\s?)?{_ONE})*)",
        yes=("附件1所列物项", "附件1、2", "附件一至三", "附件1和附件2", "附表二", "附件1、2025年"),
        no=("附件所列物项", "2025年第10号附件1"),
    ),
    Form("any", rf"{_OWN}附(?P<word>[件表录])", yes=("附件所列物项",), no=("附加", "第10号附件")),
)
_NUMBERS = Forms(
    Form(
        "range",
        rf"(?P<first>{_COUNT})\s?(?:至|到|-|—|~)\s?(?:附[件表录]\s?)?(?P<last>{_COUNT})",
        yes=("1至3", "一至附件三"),
        no=("1、3",),
    ),
    Form("one", rf"(?P<first>{_COUNT})", yes=("1", "二")),
)
# More are numbered in no document.
_MOST = 200

# In the name of a file, behind the title or the number of its document: 商品清单（附件2）.pdf.
_IN_NAMES = Forms(
    Form(
        "named",
        rf"附[件表录](?P<number>{_COUNT})(?!\d)",
        yes=("商品清单（附件2）.pdf", "商务部公告2025年第94号附件1.docx"),
        no=("附件.zip", "附件2025年目录.pdf"),
    )
)
# No heading of an annex is longer, with its title.
_LONGEST = 80

# Tried on a line: the heading alone, or with a title on the same line.
HEADINGS = Forms(
    Form(
        "alone",
        rf"{_HEADING}\s*$",
        yes=("附件", "附件1：", "附 件", "附", "附表二"),
        no=("附件说明",),
    ),
    Form(
        "titled",
        rf"{_HEADING}\s*(?P<title>\S.*)$",
        yes=("附件：名单", "附件1名单", "附：1.名单", "附录三、目录"),
        no=("附件1",),
    ),
)


def heading_of(bare: str) -> Found | None:
    """The heading of an annex that a line without white space is, alone or with a title."""
    return HEADINGS.match(bare) if bare.startswith("附") else None


def printed_heading(bare: str) -> Found | None:
    """The heading of an annex that a line is: alone, or with a number or a colon before its title."""
    heading = heading_of(bare)
    if heading is None or heading.name == "alone":
        return heading
    may_be = len(bare) <= _LONGEST and "。" not in bare
    return heading if may_be and (heading["number"] or heading["mark"] == "：") else None


def number_in_name(name: str) -> int | None:
    """The number of an annex in the folded name of its file: 附件2：税率表.xlsx, 2.税率表.pdf, 税率表（附件2）.pdf."""
    if (heading := heading_of(name)) is not None:
        return heading_number(heading)
    if (marker := marker_at(name)) is not None:
        return marker.number
    named = {number(form["number"]) for form in _IN_NAMES.finditer(name)}
    return named.pop() if len(named) == 1 else None


class Mention(NamedTuple):
    """Annexes that a text names: 附件, 附表 or 附录 by its `word` (件, 表, 录), with their `numbers`, if they have any."""

    start: int
    end: int
    word: str
    numbers: frozenset[int]


def mentions(folded: str, start: int, end: int) -> Iterator[Mention]:
    """The annexes of its own that a part of a text names, in order: 附件1至3所列物项, 见附表."""
    for form in MENTIONS.finditer(folded, start, end):
        named = form["numbers"] if form.name == "numbered" else ""
        yield Mention(form.start, form.end, form["word"], frozenset(_numbers(named)))


def annex_numbers(folded: str, start: int, end: int) -> frozenset[int]:
    """The numbers of all annexes that a part of a text names by their numbers."""
    return frozenset(one for mention in mentions(folded, start, end) for one in mention.numbers)


def _numbers(text: str) -> Iterator[int]:
    for form in _NUMBERS.finditer(text):
        first = number(form["first"])
        last = number(form["last"]) if form.name == "range" else first
        if first is not None and last is not None:
            yield from range(first, min(last, first + _MOST) + 1)


def heading_number(heading: Found) -> int | None:
    """The number that the heading of an annex has."""
    return number(heading["number"])


def is_lone_heading(bare: str) -> bool:
    """Whether a line without white space is the heading of an annex and nothing else: 附件, 附件1：."""
    heading = heading_of(bare)
    return heading is not None and heading.name == "alone"


class Announced(NamedTuple):
    """A title on a line of an 附件说明, empty when it names none, and its number, if it has one."""

    title: str
    number: int | None


def announcement(bare: str, *, goes_on: bool) -> Announced | None:
    """What a line of an 附件说明 announces (附件：1.名单, then 2.目录); None for a line that is none. `goes_on`
    is set where the line before was one.
    """
    heading = heading_of(bare)
    if heading is None or not heading["mark"]:
        return _listed(bare) if goes_on else None
    rest = heading["title"] if heading.name == "titled" else ""
    return _listed(rest) or Announced(rest, heading_number(heading))


def _listed(bare: str) -> Announced | None:
    marker = marker_at(bare)
    if marker is None or marker.level not in _NUMBERED:
        return None
    return Announced(bare[marker.end :], marker.number)
