"""Chinese numerals: 六十七, 二〇二六, 两, 一千二百万."""

ONES = "一二三四五六七八九"
TENS = ONES + "十"
HUNDREDS = TENS + "百"
# Printed forms of zero, including circles and letters.
ZEROS = "〇零○Oo◯0"
# One character of a numeral below ten thousand, and of any numeral.
NUMERAL = f"[{ZEROS}{HUNDREDS}千]"
CHARACTERS = f"〇零○两{HUNDREDS}千万亿"

_DIGITS = {char: value for value, char in enumerate(ONES, 1)}
_DIGITS |= dict.fromkeys(ZEROS + "Ｏ０", 0) | {"两": 2, "元": 1}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": "二十", "卅": "三十"}
_LARGE = {"万": 10**4, "亿": 10**8}


def number(text: str) -> int | None:
    """The value of digits or of a Chinese numeral (67, 六十七, 二〇二六, 三千万); None if `text` is
    neither.
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if not text:
        return None
    for short, printed in _TENS.items():
        text = text.replace(short, printed)
    if not any(char in _UNITS or char in _LARGE for char in text):
        digits = [_DIGITS.get(char) for char in text]
        if any(digit is None for digit in digits):
            return None
        return int("".join(str(digit) for digit in digits))
    total = section = pending = 0
    for char in text:
        if char == "亿":
            total = (total + section + pending) * _LARGE[char]
            section = pending = 0
        elif char == "万":
            total += (section + pending) * _LARGE[char]
            section = pending = 0
        elif char in _UNITS:
            section += (pending or 1) * _UNITS[char]
            pending = 0
        elif char in _DIGITS:
            pending = _DIGITS[char]
        else:
            return None
    return total + section + pending


def scale(units: str) -> int:
    """The factor of 万, 亿, 万亿, 千 or 百; 1 for an empty string."""
    factor = 1
    for char in units:
        factor *= _LARGE.get(char) or _UNITS.get(char) or 1
    return factor
