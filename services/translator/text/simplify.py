"""One form of each character: simplified, and digits and Latin letters of normal width."""

from functools import cache

from opencc import OpenCC

# Firefox's model degrades on traditional text (mozilla/translations issue 45), the glossary and
# the rules know only simplified.


# Some pages print numbers as ﹝２０２４﹞０８６号.
_NORMAL = {0xFF00 + code: 0x20 + code for block in ((0x10, 0x1A), (0x21, 0x3B), (0x41, 0x5B)) for code in range(*block)} | {ord("﹝"): "〔", ord("﹞"): "〕", ord("［"): "[", ord("］"): "]"}  # fmt: skip


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """`text` in simplified characters of normal width, as long as it was; the rest stays as it is."""
    text = text.translate(_NORMAL)
    converted = str(_converter().convert(text))
    return converted if len(converted) == len(text) else text
