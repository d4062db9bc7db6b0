"""Values of cells as a sheet shows them: a customs code is a number under the format 0000."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

# ECMA-376, 18.8.30: the formats that a workbook refers to by number without stating them.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
}
GENERAL = "General"
# Excel keeps no more digits of a number: of a longer code the last ones are lost.
MOST_DIGITS = 15
LOST_DIGITS = f"a number of more than {MOST_DIGITS} digits, whose last ones are lost"

# As many digits as a number of a sheet can have.
_PRECISE = Context(prec=700)
# The parts of a format: literals, conditions and colours, spaces as wide as a character, digits.
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[(?P<bracketed>[^\]]*)\]|[_*].|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)'
    r"|(?P<percent>%)|(?P<exponent>E[+-]0+)|(?P<literal>[^;@])",
    re.DOTALL,
)
_CURRENCY = re.compile(r"\$([^-]*)")
# What formats of dates and times are made of, outside of literals.
_OF_DATES = re.compile(r"[ymdhs]|AM/PM|General", re.IGNORECASE)


def shown(value: object, number_format: str = GENERAL) -> str:
    """A cell's value as its sheet shows it; dates as 2025-01-31, without a time of midnight.

    A number is never shortened to 8.11E+9, whatever its format says: it may be a code.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes" if not value.second else "seconds")
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def has_lost_digits(value: object) -> bool:
    """Whether a number has more digits than a sheet keeps."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) >= 10**MOST_DIGITS
    )


def _number(value: float, number_format: str) -> str:
    section = _section(value, number_format)
    if section is None:
        return plain(value)
    before: list[str] = []
    after: list[str] = []
    digits: list[str] = []
    percent = False
    for part in _PART.finditer(section):
        if part["digits"]:
            digits.append(part["digits"])
            continue
        if part["exponent"]:
            return plain(value)
        text = part["quoted"] or part["escaped"] or part["literal"] or ""
        if part["bracketed"] and (currency := _CURRENCY.match(part["bracketed"])):
            text = currency[1]
        if part["percent"]:
            percent, text = True, "%"
        if digits and text and _more_digits(section, part.end()):
            # 0000\.00: the literal stands between the digits.
            digits.append(text)
            continue
        (after if digits else before).append(text)
    if not digits:
        return "".join(before) or plain(value)
    if len(digits) > 1 and any("." in part and part != "." for part in digits):
        return plain(value)
    scaled = Decimal(repr(value)) * 100 if percent else Decimal(repr(value))
    signed = scaled.copy_abs() if ";" in number_format else scaled
    number = _interleaved(digits, signed) if len(digits) > 1 else _formatted(digits[0], signed)
    return "".join(before).lstrip() + number + "".join(after).rstrip()


def _section(value: float, number_format: str) -> str | None:
    """The part of a format for this number; None where it is shown as it is."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)
    section = sections[0]
    if value < 0 and len(sections) > 1:
        section = sections[1]
        if "-" not in section and "(" not in section:
            section = '"-"' + section
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    outside = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", section)
    # A fraction, a date whose number is no date, text.
    if not section or "@" in outside or "/" in outside or _OF_DATES.search(outside):
        return None
    return section


def _more_digits(section: str, start: int) -> bool:
    return any(part["digits"] for part in _PART.finditer(section, start))


def _formatted(pattern: str, value: Decimal) -> str:
    whole, _, decimals = pattern.partition(".")
    # A comma behind the last digit divides by a thousand.
    while whole.endswith(","):
        whole, value = whole[:-1], value / 1000
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _PRECISE)
    text = f"{rounded.copy_abs():,f}" if "," in whole else f"{rounded.copy_abs():f}"
    left, _, right = text.partition(".")
    left = left.zfill(whole.count("0"))
    optional = len(decimals) - len(decimals.rstrip("#"))
    while optional and right.endswith("0"):
        right, optional = right[:-1], optional - 1
    sign = "-" if rounded < 0 else ""
    return sign + left + ("." + right if right else "")


def _interleaved(parts: list[str], value: Decimal) -> str:
    r"""A whole number over several groups of digits: 2844 1000 under 0000\ 0000."""
    groups = [part for part in parts if set(part) <= set("0#?")]
    digits = str(int(value.to_integral_value(ROUND_HALF_UP)))
    digits = digits.zfill(sum(group.count("0") for group in groups))
    out: list[str] = []
    for index, part in enumerate(reversed(parts)):
        if part not in groups:
            out.append(part)
        elif index == len(parts) - 1:
            out.append(digits)
        else:
            out.append(digits[-len(part) :])
            digits = digits[: -len(part)]
    return "".join(reversed(out))


def plain(value: float) -> str:
    """A number in full, at most 15 digits of it: 8112921010, 0.15."""
    if value == int(value) if abs(value) < 1e300 else False:
        return str(int(value))
    text = f"{Decimal(f'{value:.{MOST_DIGITS}g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
