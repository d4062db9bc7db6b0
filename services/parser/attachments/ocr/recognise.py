"""The characters of a picture, by RapidOCR: PaddleOCR's models in a wheel, run by ONNX Runtime; no network."""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

from services.parser.attachments.ocr.pictures import Picture
from services.parser.attachments.ocr.rules import rules_of, straightened
from services.parser.attachments.pdf.page import Character, PdfPage

# Pages that are recognised of a file: each takes some ten seconds.
MOST_RECOGNISED = 40
NEEDS = ("rapidocr", "onnxruntime", "cv2", "PIL")
_PARAMETERS = {
    "Global.log_level": "critical",
    "Global.max_side_len": 2600,
    "Global.return_word_box": True,
    "Global.return_single_char_box": True,
    # One file has one process.
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_WIDE = "\u2e80"
_FULL = 1.0


def is_installed() -> bool:
    """Whether the extra `ocr` is."""
    return all(find_spec(name) for name in NEEDS)


def recognised(picture: Picture, number: int) -> PdfPage:
    """A picture as the page `number`: its characters, each with a confidence, and its ruled lines, in points."""
    picture = straightened(picture)
    high, wide = picture.pixels.shape
    page = PdfPage(number, wide / picture.scale, high / picture.scale, pictured=1.0)
    page.rules = rules_of(picture)
    page.characters = [
        Character(text, left / picture.scale, top / picture.scale, right / picture.scale,
                  bottom / picture.scale, confidence=round(score, 3))
        for text, score, (left, top, right, bottom) in _characters(picture.pixels)
    ]  # fmt: skip
    return page


@cache
def _engine() -> Any:
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    return RapidOCR(params=_PARAMETERS)


_Box = tuple[float, float, float, float]


def _characters(pixels: Any) -> Iterator[tuple[str, float, _Box]]:
    """Each character, how sure it is, and its box in pixels."""
    import cv2

    found = _engine()(cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR))
    if found.txts is None or found.boxes is None:
        return
    words = found.word_results or ()
    for index, (line, score, box) in enumerate(
        zip(found.txts, found.scores, found.boxes, strict=True)
    ):
        each = words[index] if len(words) == len(found.txts) else ()
        if "".join(text for text, _, _ in each) == line.replace(" ", ""):
            yield from _placed(line, float(score), each)
        else:
            yield from _spread(line, float(score), _edges(box))


def _placed(line: str, score: float, each: Any) -> Iterator[tuple[str, float, _Box]]:
    """The characters of a line where they stand, with the line's spaces; none is inferred from a gap in it."""
    boxes = [_edges(corners) for _, _, corners in each]
    at = 0
    for index, (text, certain, _) in enumerate(each):
        left, top, right, bottom = boxes[index]
        if line[at].isspace():
            yield " ", _FULL, (boxes[index - 1][2], top, left, bottom)
            at += 1
        at += len(text)
        behind = boxes[index + 1][0] if index + 1 < len(boxes) else right
        wide = max(right, min(behind, 2 * right - left))
        # (A line that is unsure as a whole has no sure character.)
        yield text, min(float(certain), score**0.5), (left, top, wide, bottom)


def _edges(corners: Any) -> _Box:
    across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return min(across), min(down), max(across), max(down)


def _spread(line: str, score: float, box: _Box) -> Iterator[tuple[str, float, _Box]]:
    """The characters of a line by their widths: a Latin one is half as wide."""
    left, top, right, bottom = box
    widths = [1.0 if character >= _WIDE else 0.5 for character in line]
    unit = (right - left) / sum(widths)
    at = left
    for character, wide in zip(line, widths, strict=True):
        if not character.isspace():
            yield character, score, (at, top, at + wide * unit, bottom)
        at += wide * unit
