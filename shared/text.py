"""Text as the `records` view shows it."""

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
