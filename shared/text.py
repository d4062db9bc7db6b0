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
