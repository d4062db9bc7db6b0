"""New wording that a document quotes: “…根据《…》…”."""

from shared.chinese.text import Span


def in_quotation(folded: str, here: Span, start: int, end: int) -> bool:
    """Whether a reference stands in new wording that is quoted: “…根据《…》…”."""
    line = folded.rfind("\n", 0, start) + 1
    opened = folded.rfind("“", line, start)
    if opened == -1 or folded.find("”", opened, start) != -1:
        return False
    newline = folded.find("\n", end)
    close = folded.find("”", end, newline if newline != -1 else len(folded))
    length = (close if close != -1 else here.end) - opened
    return length > (end - start) + 2
