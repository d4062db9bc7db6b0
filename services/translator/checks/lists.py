"""Closed lists stay closed, and the N of 等N部门 includes the body that is named."""

import re

from services.translator.checks.flag import Flag
from shared.chinese.numerals import TENS

_OPEN_EN = re.compile(r"\band other(?:s)?\b|\betc\b|\band so (?:on|forth)\b|\bamong others\b|\bsuch as\b", re.IGNORECASE)  # fmt: skip
_OPEN_ZH = re.compile(r"等|其他|其它|之类|及有关|相关|例如|诸如|如下?|别的|另|有关|以及|各")
_COUNT_ZH = re.compile(rf"等\s?(?:\d{{1,3}}|[两{TENS}]{{1,3}})\s?个?(?:部门|部委|单位|国家|省|地区|机构|家|种|项|类|个)")  # fmt: skip
_OTHER_COUNT = re.compile(
    r"\b(?:and|with|together with|plus)\s+(?:the\s+)?(?:(?:other|another)\s+(?:\d+|\w+teen|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)|(?:\d+|\w+teen|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)\s+(?:other|further|more))\b",
    re.IGNORECASE,
)


def check_lists(source: str, text: str) -> list[Flag]:
    """Flags a list that is open only in English, and "and other 14" where 14 is the total."""
    flags = []
    opened = _OPEN_EN.search(text)
    if opened and not _OPEN_ZH.search(source):
        flags.append(Flag("open list", opened.group()))
    if _COUNT_ZH.search(source):
        counted = _OTHER_COUNT.search(text)
        if counted:
            flags.append(Flag("count of departments", counted.group()))
    return flags
