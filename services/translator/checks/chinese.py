"""The numbers of a Chinese sentence."""

from decimal import Decimal

from services.translator.checks.quantities import Quantity, plain
from services.translator.text.blank import blanked
from shared.chinese.dates import SMALL, YEAR
from shared.chinese.form import Form, Forms, Found
from shared.chinese.numerals import CHARACTERS, ONES, number, scale
from shared.chinese.periods import UNIT

_NUMBERS = Forms(
    Form("half a year", r"半年", yes=("半年",)),
    Form("plan", rf"(?P<plan>十[{ONES}])五(?=[”规时期”]|$)", yes=("十四五规划", "“十五五”"), no=("十五",)),
    Form(
        "date in digits",
        rf"(?<![\d-])(?P<year>{YEAR})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?![\d-])",
        yes=("2018-8-10", "2024/5/19"),
        no=("12018-8-10",),
    ),
    Form(
        "date",
        rf"(?P<year>{YEAR})\s?年\s?(?P<month>{SMALL})\s?月(?:\s?(?P<day>{SMALL})\s?日)?",
        yes=("2022年12月8日", "二〇二二年十二月", "2022 年 12 月"),
        no=("2022年度",),
    ),
    Form("day", rf"(?<![\d个])(?P<month>{SMALL})\s?月\s?(?P<day>{SMALL})\s?日", yes=("12月8日",), no=("个月8日",)),
    Form("year", rf"(?P<year>{YEAR})\s?(?=年(?!以?[内期限]))", yes=("2025年",), no=("5年内",)),
    Form("month", r"(?<![\d.个])(?P<month>\d{1,2})\s?月(?!期)", yes=("5月",), no=("个5月",)),
    Form("percent in words", rf"百分之(?P<number>\d+(?:\.\d+)?|[{CHARACTERS}]+)", yes=("百分之五", "百分之5.5")),
    Form("fraction", rf"(?P<below>[{CHARACTERS}]+|\d+)分之(?P<above>[{CHARACTERS}]+|\d+)", yes=("三分之二",)),
    Form(
        "ordinal",
        rf"第\s?(?P<number>\d+|[{CHARACTERS}]+)\s?(?P<unit>条|款|项|章|节|号|届|次|季度|批|类|部分|方|三产业|二产业|一产业)?",
        yes=("第十二条", "第 5 号"),
    ),
    Form(
        "digits",
        rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?:多|余)?(?P<scale>[万亿千百]*)(?P<unit>个?百分点|[%％‰]|个?{UNIT}|分钟|号)?",
        yes=("9.01万亿", "3400多家", "10%", "1,234.5吨", "20个工作日"),
    ),
    Form(
        "numeral",
        rf"(?<![{CHARACTERS}\d])(?P<number>[{CHARACTERS}]+)(?P<more>多|余|几)?(?P<unit>个?百分点|个?工作日|个月|小时|日内|天|周内|年|家|国|省|款|项|条|批|部门|次|倍|份|名|个|类|种|方|大|者|户|国集团|月)?",
        yes=("三家", "十几个", "一个月"),
    ),
)  # fmt: skip
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
# Kilograms are not thousands, 千瓦 no thousand watts.
_MEASURES = ("克", "米", "瓦", "伏", "赫", "卡", "帕", "字节")
_WORDS = Forms(
    Form(
        "word",
        r"一带一路|一体化|万一|统一|三农|十分|千方百计|百姓|四川|九江|三亚|六安|七台河|五金|八面"
        r"|一一|唯一|万方|百货|千里|万达|二手|一致|双方|万众|十足|百强|老百姓|三品|千家万户",
        yes=("内外贸一体化", "四川", "二手车"),
        no=("一个", "三家"),
    )
)
_MARKER = Forms(
    Form(
        "section",
        rf"\s*(?:[（\(]?[{CHARACTERS}]{{1,4}}[）)]|[{CHARACTERS}]{{1,4}}、)",
        yes=("一、总体要求", "（二）加强管理"),
        no=("一是加强",),
    ),
    anchored=True,
)


def quantities(text: str) -> list[Quantity]:
    """The numbers of a sentence in order, without a section's marker (一、).

    Digits must all come back; of Chinese numerals only those that count something (三家, 第五条,
    一个月) must, the others may (一体化 holds no number).
    """
    marker = _MARKER.match(text)
    text = text[marker.end :] if marker else text
    text = blanked(text, _WORDS.finditer(text), "·")
    found: list[Quantity] = []
    for one in _NUMBERS.finditer(text):
        found.extend(_read(one, text))
    return found


def _read(found: Found, text: str) -> list[Quantity]:
    match found.name:
        case "half a year":
            return [Quantity(plain(6), "month", must=False)]
        case "plan":
            return [Quantity(plain(_number(found["plan"]))), Quantity(plain(5), must=False)]
        case "date" | "date in digits":
            return [_date(found["year"], found["month"], found["day"])]
        case "day":
            month, day = _number(found["month"]), _number(found["day"])
            return [Quantity(plain(month * 100 + day), "date")]
        case "year":
            return [Quantity(plain(_number(found["year"])), "")]
        case "month":
            return [Quantity(plain(_number(found["month"])), "month")]
        case "percent in words":
            return [Quantity(plain(_number(found["number"])), "percent")]
        case "fraction":
            parts = (found["above"], found["below"])
            return [Quantity(plain(_number(part)), must=False) for part in parts]
        case "ordinal":
            return [_ordinal(found)]
        case "digits":
            return [_digits(found, text)]
    if found["number"] in ("零", "〇", "○"):
        # 零时 is a number, 零售 and 零部件 are words.
        hour = text.startswith(("时", "点", "关税"), found.end)
        return [Quantity(plain(0), must=False)] if hour else []
    return [_numeral(found)]


def _date(year: str, month: str, day: str | None) -> Quantity:
    number = _number(year) * 100 + _number(month)
    return Quantity(plain(number * 100 + _number(day) if day else number), "date")


def _ordinal(found: Found) -> Quantity:
    unit = found["unit"] or ""
    number = _number(found["number"])
    if unit in ("条", "款", "项", "章", "节"):
        return Quantity(plain(number), "article" if unit == "条" else "part")
    if unit == "号":
        return Quantity(plain(number), "number")
    # 第一产业, 第三方: in other words as often as not.
    return Quantity(plain(number), must=found["number"].isdecimal())


def _digits(found: Found, text: str) -> Quantity:
    units = found["scale"] or ""
    unit = (found["unit"] or "").removeprefix("个")
    if units and text.startswith(_MEASURES, found.span("scale")[1]):
        units = units[:-1]
    number = _number(found["number"]) * scale(units)
    if unit in _SHARES:
        return Quantity(plain(number), _SHARES[unit])
    if unit == "号":
        return Quantity(plain(number), "number")
    if unit in _TIME:
        return Quantity(plain(number), _TIME[unit])
    # L3哈里斯公司: a part of a name, which English has another form of.
    before = text[max(0, found.start - 1) : found.start]
    glued = before.isascii() and before.isalpha()
    counted = text[found.end : found.end + 3].removeprefix("个")[:2]
    return Quantity(plain(number), must=not glued, of=counted)


def _numeral(found: Found) -> Quantity:
    unit = found["unit"] or ""
    numeral = found["number"]
    number = _number(numeral)
    counted = unit in _COUNTED and (number > 1 or unit in ("个月", "年", "周内", "日内"))
    if unit == "年" and number == 1:
        counted = False
    if found["more"] == "几" or numeral in ("万", "千", "百", "亿", "十"):
        counted = False
    # 十二亿元, 三千万: nobody writes these for their sound.
    large = len(numeral) > 1 and numeral[-1] in "万亿" and numeral not in ("亿万", "千万", "百万")
    counted = counted or (large and found["more"] != "几")
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
