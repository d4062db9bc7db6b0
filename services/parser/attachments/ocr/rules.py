"""The ruled lines of a picture, and how far it leans."""

from collections.abc import Iterator
from typing import Any

from services.parser.attachments.ocr.pictures import Picture
from services.parser.attachments.pdf.page import Rule

# In points. No stroke of a character is as long; no ruled line is as thick. How far beside a line there is no ink, and the
# share of it that characters in the cells may have there.
_LEVEL, _UPRIGHT = 24.0, 15.0
_THICK = 4.0
_BESIDE = 1.2
_MOST_BESIDE = 0.25
# A sheet on a scanner leans by less, in degrees; one that leans by so little is straight.
_MOST_LEAN, _STRAIGHT = 5.0, 0.05
_MOST_LINES = 2_000


def straightened(picture: Picture) -> Picture:
    """The picture turned so that its long lines are level; the same where it has none."""
    import cv2
    import numpy as np

    pixels = picture.pixels
    high, wide = pixels.shape
    lines = cv2.HoughLinesP(
        _ink(pixels),
        1,
        np.pi / 1800,
        threshold=120,
        minLineLength=wide / 5,
        maxLineGap=8 * picture.scale,
    )
    if lines is None:
        return picture
    ends = lines.reshape(-1, 4)[:_MOST_LINES].astype(float)
    across, down = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    angles = np.degrees(np.arctan2(down, across))
    level = np.abs(angles) <= _MOST_LEAN
    if not level.any():
        return picture
    angle = float(np.median(angles[level]))
    if abs(angle) < _STRAIGHT:
        return picture
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    turned = cv2.warpAffine(pixels, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=255)
    return Picture(turned, picture.scale)


def rules_of(picture: Picture) -> list[Rule]:
    """The level and upright lines of a picture, in points."""
    ink = _ink(picture.pixels)
    return [*_lines(ink, picture.scale, level=True), *_lines(ink, picture.scale, level=False)]


def _ink(pixels: Any) -> Any:
    """White where a picture is darker than what is around it."""
    import cv2

    return cv2.adaptiveThreshold(
        pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12
    )


def _lines(ink: Any, scale: float, *, level: bool) -> Iterator[Rule]:
    import cv2

    length = max(3, round((_LEVEL if level else _UPRIGHT) * scale))
    # (A line that leans by a pixel in its length stays one.)
    thicker = cv2.getStructuringElement(cv2.MORPH_RECT, (1, 3) if level else (3, 1))
    opening = cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1) if level else (1, length))
    lines = cv2.morphologyEx(cv2.dilate(ink, thicker), cv2.MORPH_OPEN, opening)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
    beside = max(2, round(_BESIDE * scale))
    for left, top, wide, high, _ in boxes[1 : min(count, _MOST_LINES)].tolist():
        thick = high if level else wide
        if thick > _THICK * scale or not _stands_alone(ink, left, top, wide, high, beside, level):
            continue
        x, y = (left + wide / 2) / scale, (top + high / 2) / scale
        if level:
            yield Rule(left / scale, y, (left + wide) / scale, y)
        else:
            yield Rule(x, top / scale, x, (top + high) / scale)


def _stands_alone(
    ink: Any, left: int, top: int, wide: int, high: int, beside: int, level: bool
) -> bool:
    """Whether there is little ink on both sides of a line: the strokes of characters have theirs."""
    rows, columns = ink.shape
    if level:
        sides = [
            ink[row, left : left + wide]
            for row in (top - beside, top + high + beside)
            if 0 <= row < rows
        ]
    else:
        sides = [
            ink[top : top + high, column]
            for column in (left - beside, left + wide + beside)
            if 0 <= column < columns
        ]
    return all(float(side.mean()) < _MOST_BESIDE * 255 for side in sides)
