"""附件: how an annex is headed where it begins, and in the 附件说明 that announces it (GB/T 9704-2012, 7.3.4)."""

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
_NUMBERED_ANNEXES = Forms(
    Form("numbered", rf"{ANNEX}\s?(?P<number>{_COUNT})", yes=("见附件1",), no=("见附件",))
)
_HEADING = rf"附\s*[件表录]?\s*(?P<number>[0-9{TENS}]{{0,3}})\s*(?P<mark>[：:.、]?)"

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


def annex_number(folded: str, start: int, end: int) -> int | None:
    """The number of the first annex that a part of a text names by its number."""
    form = _NUMBERED_ANNEXES.search(folded, start, end)
    return number(form["number"]) if form else None


def is_lone_heading(bare: str) -> bool:
    """Whether a line without white space is the heading of an annex and nothing else: 附件, 附件1：."""
    heading = heading_of(bare)
    return heading is not None and heading.name == "alone"


def announced_title(bare: str, *, goes_on: bool) -> str | None:
    """The title on a line of an 附件说明 (附件：1.名单, then 2.目录), empty when it names none; None for a
    line that is none. `goes_on` is set where the line before was one.
    """
    heading = heading_of(bare)
    if heading is None or not heading["mark"]:
        if not goes_on:
            return None
        marker = marker_at(bare)
        return bare[marker.end :] if marker and marker.level in _NUMBERED else None
    rest = heading["title"] if heading.name == "titled" else ""
    marker = marker_at(rest)
    return rest[marker.end :] if marker and marker.level in _NUMBERED else rest
