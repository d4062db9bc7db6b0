"""Currencies and units of measure after a number: yuan or dollars, tons or kilograms."""

from services.translator.checks.flag import Flag
from services.translator.checks.words import Invented, Missing, Row, Rows

_AMOUNT = r"[\d.]\s?(?:多|余)?[万亿千百]*\s?"


def _measure(chinese: str, english: str, right: tuple[str, str], other: str) -> tuple[Row, Row]:
    """A unit behind a number, and its word anywhere."""
    return _unit("measure", rf"{_AMOUNT}(?:{chinese})", chinese, english, right, other)


def _currency(
    printed: str, word: str, english: str, right: tuple[str, str], other: str
) -> tuple[Row, Row]:
    """A currency in a text that has numbers, and what else its English may be said for."""
    return _unit("currency", printed, word, english, right, other)


def _unit(
    check: str, printed: str, word: str, english: str, right: tuple[str, str], other: str
) -> tuple[Row, Row]:
    """What is `printed` needs the English, which needs a `word`; `other` has another unit."""
    source, text = right
    return (
        Missing(check, printed, english, right={source: text}, wrong={source: other}),
        Invented(check, word, english, right={source: text}, wrong={"100个": text}),
    )


_DOLLARS, _YUAN = "100 million US dollars", "100 million yuan"
_CURRENCIES: tuple[Row, ...] = (
    *_currency(r"美元|美金", r"美元|美金|[港加澳新]元|港币|\$", r"\bdollars?\b|\bUSD|US\$", ("1亿美元", _DOLLARS), _YUAN),
    *_currency(r"欧元", r"欧元|€", r"\beuros?\b|\bEUR\b|€", ("1亿欧元", "100 million euros"), _YUAN),
    *_currency(r"港元|港币", r"港元|港币", r"Hong Kong dollar|HKD|HK\$", ("1亿港元", "HKD 100 million"), _YUAN),
    *_currency(r"日元", r"日元", r"\byen\b|\bJPY\b", ("1亿日元", "100 million yen"), _YUAN),
    *_currency(r"英镑", r"英镑", r"\bpounds? sterling|\bGBP\b|£", ("1亿英镑", "GBP 100 million"), _YUAN),
    *_currency(
        r"(?<![美欧港日加澳单多韩卢新])元(?=[，、。；）]|人民币|/|$)|人民币|亿元|万元",
        r"(?<![美欧港日加澳新])元|人民币|¥|￥",
        r"\byuan\b|\bRMB\b|\bCNY\b|renminbi|¥",
        ("1亿元", _YUAN),
        _DOLLARS,
    ),
)  # fmt: skip
_MEASURES: tuple[Row, ...] = (
    *_measure(r"吨", r"\bton(?:s|ne|nes|nage)?\b", ("100吨", "100 tons"), "100 kilograms"),
    *_measure(r"公斤|千克", r"\bkilograms?\b|\bkilos?\b|\bkg\b", ("100公斤", "100 kilograms"), "100 tons"),
    *_measure(r"公里|千米", r"\bkilomet|\bkm\b", ("100公里", "100 kilometers"), "100 miles"),
    *_measure(r"平方米|平米|㎡", r"\bsquare met|\bsq\.?\s?m|\bm[²2]", ("100平方米", "100 square meters"), "100 meters"),
    *_measure(r"立方米", r"\bcubic met|\bm[³3]", ("100立方米", "100 cubic meters"), "100 meters"),
    *_measure(r"桶", r"\bbarrel", ("100桶", "100 barrels"), "100 tons"),
    *_measure(r"公顷", r"\bhectare|\bha\b", ("100公顷", "100 hectares"), "100 acres"),
    *_measure(r"微米", r"\bmicro(?:n|met)|\b[μµ]m\b", ("5微米", "5 microns"), "5 millimeters"),
    *_measure(r"纳米", r"\bnano|\bnm\b", ("14纳米", "14 nm"), "14 microns"),
    *_measure(r"毫米", r"\bmillimet|\bmm\b", ("5毫米", "5 mm"), "5 cm"),
)  # fmt: skip
_UNITS = Rows(*_CURRENCIES, *_MEASURES)
_INVENTED = Rows(*(row for row in _UNITS.rows if isinstance(row, Invented)))


def check_units(source: str, text: str) -> list[Flag]:
    """Flags units that are only in the source or only in the English."""
    numbered = any(char.isdecimal() for char in source)
    # 以人民币结算 counts nothing.
    return (_UNITS if numbered else _INVENTED).flags(source, text)
