"""The numbers of a Chinese sentence."""

import re
from decimal import Decimal

from services.translator.checks.quantities import Quantity, plain
from shared.chinese.dates import SMALL, YEAR
from shared.chinese.numerals import CHARACTERS, ONES, number, scale
from shared.chinese.periods import UNIT

_TOKEN = re.compile(
    rf"(?P<half>半年)|(?P<plan>十[{ONES}]五(?=[”规时期”]|$))"
    rf"|(?P<iso>(?<![\d-])(?P<y3>{YEAR})[-/.](?P<m3>\d{{1,2}})[-/.](?P<d3>\d{{1,2}})(?![\d-]))"
    rf"|(?P<date>(?P<y>{YEAR})\s?年\s?(?P<m>{SMALL})\s?月(?:\s?(?P<d>{SMALL})\s?日)?)"
    rf"|(?P<day>(?<![\d个])(?P<m2>{SMALL})\s?月\s?(?P<d2>{SMALL})\s?日)"
    rf"|(?P<year>{YEAR})\s?(?=年(?!以?[内期限]))"
    rf"|(?P<month>(?<![\d.个])\d{{1,2}})\s?月(?!期)"
    rf"|百分之(?P<pct>\d+(?:\.\d+)?|[{CHARACTERS}]+)"
    rf"|(?P<fd>[{CHARACTERS}]+|\d+)分之(?P<fn>[{CHARACTERS}]+|\d+)"
    rf"|第\s?(?P<ord>\d+|[{CHARACTERS}]+)\s?(?P<ordunit>条|款|项|章|节|号|届|次|季度|批|类|部分|方|三产业|二产业|一产业)?"
    rf"|(?P<num>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<more>多|余)?(?P<scale>[万亿千百]*)(?P<unit>个?百分点|[%％‰]|个?{UNIT}|分钟|号)?"
    rf"|(?P<cn>(?<![{CHARACTERS}\d])[{CHARACTERS}]+)(?P<cmore>多|余|几)?(?P<cunit>个?百分点|个?工作日|个月|小时|日内|天|周内|年|家|国|省|款|项|条|批|部门|次|倍|份|名|个|类|种|方|大|者|户|国集团|月)?"
)
_TIME = {
    "工作日": "working day",
    "自然日": "day",
    "日历日": "day",
    "日": "day",
    "天": "day",
    "日内": "day",
    "周": "week",
    "周内": "week",
    "月": "month",
    "年": "year",
    "小时": "hour",
    "分钟": "minute",
}
_SHARES = {"%": "percent", "％": "percent", "百分点": "point", "‰": "per mille"}
# Numerals that are words: 一体化, 统一, 三农, 四川 and so on.
_COUNTED = frozenset(
    "个工作日 工作日 个月 小时 日内 天 周内 年 家 款 项 条 批 部门 次 倍 份 名 个 类 种 百分点 个百分点".split()
)
# Kilograms are no thousands, 千瓦 no thousand watts.
_MEASURES = ("克", "米", "瓦", "伏", "赫", "卡", "帕", "字节")
_WORDS = re.compile(
    r"一带一路|一体化|万一|统一|三农|十分|千方百计|百姓|四川|九江|三亚|六安|七台河|五金|八面"
    r"|一一|唯一|万方|百货|千里|万达|二手|一致|双方|万众|十足|百强|老百姓|三品|千家万户"
)
_MARKER = re.compile(rf"^\s*(?:[（(]?[{CHARACTERS}]{{1,4}}[）)]|[{CHARACTERS}]{{1,4}}、)")


def quantities(text: str) -> list[Quantity]:
    """The numbers of a sentence in order, without a section's marker (一、).

    Digits must all come back; of Chinese numerals only those that count something (三家, 第五条,
    一个月) must, the others may (一体化 holds no number).
    """
    text = _MARKER.sub("", text)
    text = _WORDS.sub(lambda match: "·" * len(match.group()), text)
    found: list[Quantity] = []
    for match in _TOKEN.finditer(text):
        found.extend(_read(match, text))
    return found


def _read(match: re.Match[str], text: str) -> list[Quantity]:
    if match["half"]:
        return [Quantity(plain(6), "month", must=False)]
    if match["plan"]:
        return [Quantity(plain(_number(match["plan"][:2]))), Quantity(plain(5), must=False)]
    if match["iso"]:
        return [_date(match["y3"], match["m3"], match["d3"])]
    if match["date"]:
        return [_date(match["y"], match["m"], match["d"])]
    if match["day"]:
        month, day = _number(match["m2"]), _number(match["d2"])
        return [Quantity(plain(month * 100 + day), "date")]
    if match["year"]:
        return [Quantity(plain(_number(match["year"])), "")]
    if match["month"]:
        return [Quantity(plain(_number(match["month"])), "month")]
    if match["pct"]:
        return [Quantity(plain(_number(match["pct"])), "percent")]
    if match["fd"]:
        return [
            Quantity(plain(_number(match["fn"])), must=False),
            Quantity(plain(_number(match["fd"])), must=False),
        ]
    if match["ord"]:
        return [_ordinal(match)]
    if match["num"]:
        return [_digits(match, text)]
    if match["cn"] in ("零", "〇", "○"):
        # 零时 is a number, 零售 and 零部件 are words.
        hour = text.startswith(("时", "点", "关税"), match.end())
        return [Quantity(plain(0), must=False)] if hour else []
    return [_numeral(match)]


def _date(year: str, month: str, day: str | None) -> Quantity:
    number = _number(year) * 100 + _number(month)
    return Quantity(plain(number * 100 + _number(day) if day else number), "date")


def _ordinal(match: re.Match[str]) -> Quantity:
    unit = match["ordunit"] or ""
    number = _number(match["ord"])
    if unit in ("条", "款", "项", "章", "节"):
        return Quantity(plain(number), "article" if unit == "条" else "part")
    if unit == "号":
        return Quantity(plain(number), "number")
    # 第一产业, 第三方: in other words as often as not.
    return Quantity(plain(number), must=match["ord"].isdecimal())


def _digits(match: re.Match[str], text: str) -> Quantity:
    units = match["scale"] or ""
    unit = (match["unit"] or "").removeprefix("个")
    if units and text.startswith(_MEASURES, match.end("scale")):
        units = units[:-1]
    number = _number(match["num"]) * scale(units)
    if unit in _SHARES:
        return Quantity(plain(number), _SHARES[unit])
    if unit == "号":
        return Quantity(plain(number), "number")
    if unit in _TIME:
        return Quantity(plain(number), _TIME[unit])
    # L3哈里斯公司: a part of a name, which English has another form of.
    before = text[max(0, match.start("num") - 1) : match.start("num")]
    glued = before.isascii() and before.isalpha()
    return Quantity(
        plain(number), must=not glued, of=text[match.end() : match.end() + 3].removeprefix("个")[:2]
    )


def _numeral(match: re.Match[str]) -> Quantity:
    unit = match["cunit"] or ""
    numeral = match["cn"]
    number = _number(numeral)
    counted = unit in _COUNTED and (number > 1 or unit in ("个月", "年", "周内", "日内"))
    if unit == "年" and number == 1:
        counted = False
    if match["cmore"] == "几" or numeral in ("万", "千", "百", "亿", "十"):
        counted = False
    # 十二亿元, 三千万: nobody writes these for their sound.
    large = len(numeral) > 1 and numeral[-1] in "万亿" and numeral not in ("亿万", "千万", "百万")
    counted = counted or (large and match["cmore"] != "几")
    kind = _TIME.get(unit.removeprefix("个"), "") if counted else ""
    if "百分点" in unit:
        kind = "point"
    if unit == "部门":
        kind = ""
    return Quantity(plain(number), kind, must=counted)


def _number(text: str) -> Decimal:
    text = text.replace(",", "").replace(" ", "")
    if text[0].isdecimal():
        return Decimal(text)
    return Decimal(number(text) or 0)
