"""一、二、三: the headings of sections of the main text, and 第一章 of regulations."""

import re

from services.parser.document.document import Document, Reading
from shared.chinese.numerals import HUNDREDS, TENS
from shared.notice import Evidence

_HEADING = re.compile(
    rf"^\s*(?P<heading>(?:[{TENS}]{{1,3}}\s?[、.．]|第[{HUNDREDS}]{{1,4}}[章节编]\s?)[^。\n]*)"
)
_LONGEST = 200


def read(document: Document) -> Reading[tuple[str, ...]]:
    """Headings in order, each up to its first full stop, without it; annexes have their own."""
    body = document.body
    values: list[str] = []
    evidence: list[Evidence] = []
    for line in document.main_lines:
        match = _HEADING.match(line.folded)
        if match is None or "\t" in line.raw:
            continue
        start = line.start + match.start("heading")
        text = body.raw[start : line.start + match.end("heading")].rstrip(" \u3000：:；;")
        if len(text) > _LONGEST:
            continue
        evidence.append(body.evidence(f"section_heads[{len(values)}]", start, start + len(text)))
        values.append(text)
    return Reading(tuple(values), tuple(evidence))
