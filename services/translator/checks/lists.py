"""Closed lists stay closed, and the N of 等N部门 includes the body that is named."""

from services.translator.checks.flag import Flag
from services.translator.checks.words import Invented, Rows
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import TENS

_COUNT = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty"
_OPENED = Rows(
    Invented(
        "open list",
        r"等|其他|其它|之类|及有关|相关|例如|诸如|如下?|别的|另|有关|以及|各",
        r"\band other(?:s)?\b|\betc\b|\band so (?:on|forth)\b|\bamong others\b|\bsuch as\b",
        right={"浙江等省": "Zhejiang and other provinces"},
        wrong={"浙江、江苏": "Zhejiang, Jiangsu and other provinces"},
    ),
)
_COUNTED = Forms(
    Form(
        "including the named",
        rf"等\s?(?:\d{{1,3}}|[两{TENS}]{{1,3}})\s?个?(?:部门|部委|单位|国家|省|地区|机构|家|种|项|类|个)",
        yes=("商务部等14部门", "浙江等九省"),
        no=("等部门", "等级"),
    )
)
_OTHERS_EN = Forms(
    Form(
        "other count",
        rf"(?i:\b(?:and|with|together with|plus)\s+(?:the\s+)?(?:(?:other|another)\s+(?:\d+|\w+teen|{_COUNT})"
        rf"|(?:\d+|\w+teen|{_COUNT})\s+(?:other|further|more))\b)",
        yes=("and other 14 departments", "and 13 other departments", "and the other fourteen"),
        no=("14 departments including", "and other departments"),
    )
)


def check_lists(source: str, text: str) -> list[Flag]:
    """Flags a list that is open only in English, and "and other 14" where 14 is the total."""
    flags = _OPENED.flags(source, text)
    others = _OTHERS_EN.search(text)
    if others and _COUNTED.search(source):
        flags.append(Flag("count of departments", others.text))
    return flags
