"""Chinese numerals in dates and document numbers."""

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": 0, "○": 0, "Ｏ": 0, "O": 0, "o": 0, "◯": 0, "０": 0, "0": 0, "两": 2, "元": 1}
_UNITS = {"十": 10, "百": 100, "千": 1000}

ZEROS = "〇零○Oo◯0"
NUMERAL = rf"[{ZEROS}一二三四五六七八九十百千]"


def number(text: str) -> int | None:
    """The value of digits or of a Chinese numeral below ten thousand (67, 六十七, 二〇二六).

    None when `text` is neither.
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if not text:
        return None
    if not any(char in _UNITS for char in text):
        digits = [_DIGITS.get(char) for char in text]
        if any(digit is None for digit in digits):
            return None
        return int("".join(str(digit) for digit in digits))
    total = 0
    pending: int | None = None
    for char in text:
        if char in _UNITS:
            total += (1 if pending is None or pending == 0 else pending) * _UNITS[char]
            pending = None
        elif char in _DIGITS:
            pending = _DIGITS[char]
        else:
            return None
    return total + (pending or 0)
