"""Texts: as the `records` view shows them, as they can be stored, and what a document is called."""

import re

# Inner U+3000 stays as printed: it parts signatories on one line.
_RUNS = re.compile(r"[\t\n\v\f\r \xa0]+")


def resulting_text(body_text: str) -> str:
    """A notice's body text on one line: the column `resulting_text` of the view `records`.

    White space at both ends of a line is removed (U+3000 and U+00A0 too), inner runs of ASCII white
    space and U+00A0 become one space, inner U+3000 stays. Lines are joined by one space; empty
    lines are dropped.
    """
    lines = (_RUNS.sub(" ", line.strip()) for line in body_text.split("\n"))
    return " ".join(line for line in lines if line)


def well_formed(text: str) -> str:
    r"""A text of JavaScript (``"\ud83d\ude00"``, ``"\0"``) as one that can be encoded and stored.

    Pairs of surrogates become the character that they mean; lone ones and U+0000 become U+FFFD.
    """
    return (
        text.encode("utf-16-le", "surrogatepass")
        .decode("utf-16-le", "replace")
        .replace("\0", "\N{REPLACEMENT CHARACTER}")
    )


def has_number(title: str | None, number: str | None) -> bool:
    """Whether a title begins with the document's number, as many do."""
    return bool(title and number and title.startswith(number))


def called(number: str | None, title: str | None) -> str:
    """What a document is called: its number and its title, the number once; empty without either.

    >>> called("商务部公告2025年第61号", "商务部公告2025年第61号 公布决定")
    '商务部公告2025年第61号 公布决定'
    """
    return " ".join(filter(None, (None if has_number(title, number) else number, title)))
