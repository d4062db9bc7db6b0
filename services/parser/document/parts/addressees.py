"""主送机关: the line before the first paragraph that ends with a colon (GB/T 9704)."""

import re
from itertools import islice

from services.parser.document.document import Document, Reading
from services.parser.document.parts.addressee_forms import (
    BARE_WORDS,
    BODY_WORDS,
    NOT_ADDRESSED,
    REGIONS,
)
from shared.chinese.bodies import short_name
from shared.chinese.characters import compact, squeeze
from shared.chinese.text import Line, Span, Text, trimmed

_FIRST_LINES = 14


def read(document: Document) -> Reading[tuple[str, ...]]:
    """The addressees one by one, in order; none when there is no such line.

    Kinds of body are parted by ， or ；, bodies of a kind by 、; regions that share one body stay
    with it: 各省、自治区、直辖市商务主管部门 is one addressee.
    """
    line = _addressed_line(document)
    if line is None:
        return Reading(())
    body = document.body
    spans = _split(body, _first_start(document, line), line.start + line.folded.index("："))
    return Reading(
        tuple(body.raw[start:end] for start, end in spans),
        tuple(body.evidence(f"addressees[{index}]", *span) for index, span in enumerate(spans)),
    )


def _first_start(document: Document, last: Line) -> int:
    """Where the addressees begin: behind a number on their line; previous lines that end with ， or 、
    belong to them.
    """
    own = document.number
    if own is not None and own.text is document.body and last.start <= own.start < last.end:
        return own.end
    start, after = last.start, document.label_block.end
    for line in reversed(document.body.lines[: last.index]):
        text = line.folded.strip()
        if line.start < after or not text.endswith(("，", "、", "；")):
            break
        if NOT_ADDRESSED.search(text[:-1]) or not BODY_WORDS.search(text):
            break
        start = line.start
    return start


def _addressed_line(document: Document) -> Line | None:
    below = (line for line in document.body.lines if line.start >= document.label_block.end)
    for line in islice(below, _FIRST_LINES):
        text = line.folded.strip()
        if text.endswith("：") and not NOT_ADDRESSED.search(text[:-1]):
            clean = squeeze(text[:-1])
            if 2 <= len(clean) <= 400 and (BODY_WORDS.search(clean) or short_name(clean)):
                return line
        if "。" in text:
            return None
    return None


def _split(body: Text, start: int, end: int) -> list[Span]:
    pieces: list[tuple[int, int]] = []
    waiting: int | None = None
    kind_begins = True
    for piece_start, piece_end, separator in _pieces(body.folded, start, end):
        text = compact(body.folded, piece_start, piece_end).text
        if not text:
            continue
        begins = piece_start if waiting is None else waiting
        if BARE_WORDS.match(text) and pieces and not kind_begins:
            # 有关部门、机构: the second word shares what stands before the first.
            pieces[-1] = (pieces[-1][0], piece_end)
        elif _stands_alone(text):
            pieces.append((begins, piece_end))
            waiting = None
        else:
            waiting = begins
        kind_begins = separator in "，；,;"
        if kind_begins and waiting is not None:
            pieces.append((waiting, piece_end))
            waiting = None
    if waiting is not None:
        pieces.append((waiting, end))
    return [trimmed(body.folded, *piece) for piece in pieces]


def _pieces(folded: str, start: int, end: int) -> list[tuple[int, int, str]]:
    pieces = []
    depth = 0
    begins = start
    for at in range(start, end):
        char = folded[at]
        if char == "（":
            depth += 1
        elif char == "）":
            depth = max(0, depth - 1)
        elif char in "、，；,;" and depth == 0:
            pieces.append((begins, at, char))
            begins = at + 1
    pieces.append((begins, end, "；"))
    return pieces


def _stands_alone(text: str) -> bool:
    if short_name(text) is not None:
        return True
    # (A bracket that does not close is not looked for once more from each that opens.)
    closed = text.rfind("）") + 1
    without_brackets = re.sub(r"（[^）]*）", "", text[:closed]) + text[closed:]
    regions = REGIONS.match(without_brackets)
    rest = without_brackets[regions.end :] if regions else without_brackets
    return bool(BODY_WORDS.search(rest))
