"""The numbers that Word counts itself (ECMA-376, 17.9): 第一条, （一）, 1.2, (a)."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.parser.attachments.xml import local
from shared.chinese.numerals import ONES

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_DIGITS = "零" + ONES
# A style is based on another one, and that again.
_MOST_BASES = 20


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int
    suffix: str


class Numbering:
    """Counts the lists of one document; paragraphs are given in their order."""

    def __init__(self, definitions: Any | None, styles: Any | None) -> None:
        abstract: dict[str, dict[int, _Level]] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        # Lists with the same definition are counted together.
        self._counted_as: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for element in definitions if definitions is not None else ():
            identity = element.get(f"{_W}abstractNumId", "")
            if local(element.tag) == "abstractNum":
                abstract[identity] = _levels(element)
        for element in definitions if definitions is not None else ():
            if local(element.tag) != "num":
                continue
            number = element.get(f"{_W}numId", "")
            identity = _value(element.find(f"{_W}abstractNumId"))
            levels = dict(abstract.get(identity, {}))
            self._counted_as[number] = identity
            for override in element.iterchildren(f"{_W}lvlOverride"):
                self._counted_as[number] = f"{identity}, {number}"
                _override(levels, override)
            self._levels[number] = levels
        self._styles = _style_lists(styles) if styles is not None else {}

    def number_of(self, paragraph: Any) -> str:
        """The number before a paragraph with what follows it; empty for one that has none, or a bullet."""
        number, depth = self._list_of(paragraph)
        levels = self._levels.get(number, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts[self._counted_as[number]]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, _LEVELS):
            counts.pop(deeper, None)
        if level.form in ("bullet", "none"):
            return ""
        text = level.text
        for one in range(depth + 1):
            upper = levels.get(one, level)
            text = text.replace(f"%{one + 1}", _printed(counts.get(one, upper.start), upper.form))
        return text + level.suffix

    def _list_of(self, paragraph: Any) -> tuple[str, int]:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return self._styles.get("", ("", 0))
        style = _value(properties.find(f"{_W}pStyle"))
        number, depth = self._styles.get(style, ("", 0))
        own = properties.find(f"{_W}numPr")
        if own is not None:
            number = _value(own.find(f"{_W}numId")) or number
            deep = _value(own.find(f"{_W}ilvl"))
            depth = int(deep) if deep.isdigit() else depth
        return number, min(depth, _LEVELS - 1)


def _levels(element: Any) -> dict[int, _Level]:
    return {
        int(level.get(f"{_W}ilvl", "0")): _level(level)
        for level in element.iterchildren(f"{_W}lvl")
    }


def _level(element: Any) -> _Level:
    start = _value(element.find(f"{_W}start"))
    suffix = _value(element.find(f"{_W}suff")) or "tab"
    return _Level(
        form=_value(element.find(f"{_W}numFmt")) or "decimal",
        text=_value(element.find(f"{_W}lvlText")),
        start=int(start) if start.isdigit() else 1,
        suffix="" if suffix == "nothing" else " ",
    )


def _override(levels: dict[int, _Level], override: Any) -> None:
    depth = int(override.get(f"{_W}ilvl", "0"))
    whole = override.find(f"{_W}lvl")
    if whole is not None:
        levels[depth] = _level(whole)
    start = _value(override.find(f"{_W}startOverride"))
    if start.isdigit() and depth in levels:
        old = levels[depth]
        levels[depth] = _Level(old.form, old.text, int(start), old.suffix)


def _style_lists(styles: Any) -> dict[str, tuple[str, int]]:
    """The list and level of each style that has one, by itself or by the style that it is based on."""
    by_name = {one.get(f"{_W}styleId", ""): one for one in styles.iterchildren(f"{_W}style")}
    found = {}
    for name in by_name:
        style, bases = by_name.get(name), 0
        while style is not None and bases < _MOST_BASES:
            own = style.find(f"{_W}pPr/{_W}numPr")
            if own is not None:
                deep = _value(own.find(f"{_W}ilvl"))
                found[name] = (_value(own.find(f"{_W}numId")), int(deep) if deep.isdigit() else 0)
                break
            style, bases = by_name.get(_value(style.find(f"{_W}basedOn"))), bases + 1
    return found


def _value(element: Any) -> str:
    return str(element.get(f"{_W}val", "")) if element is not None else ""


def _printed(count: int, form: str) -> str:
    return _FORMS.get(form, str)(count)


def _chinese(count: int) -> str:
    """二十一; up to 99,999."""
    if not 0 < count < 100_000:
        return str(count)
    out, zero = "", False
    for power, unit in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, count = divmod(count, power)
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + unit
        zero = not digit
    return out.removeprefix("一") if out.startswith("一十") else out


def _letter(count: int) -> str:
    return (
        chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        if 0 < count < 1000
        else str(count)
    )


def _roman(count: int) -> str:
    out = ""
    for value, sign in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        while count >= value and len(out) < 20:
            out, count = out + sign, count - value
    return out


def _circled(count: int) -> str:
    return chr(ord("①") + count - 1) if 0 < count <= 20 else str(count)


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda count: f"{count:02}",
}
