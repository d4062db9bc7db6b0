"""Traditional characters to simplified ones, where a text has any."""

from functools import cache

from opencc import OpenCC

# Firefox's model degrades on traditional text (mozilla/translations issue 45), the glossary and
# the rules know only simplified.


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """`text` in simplified characters, as long as it was; what is simplified stays as it is."""
    made = str(_converter().convert(text))
    return made if len(made) == len(text) else text
