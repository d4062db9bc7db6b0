"""What stands on a page, by PDFium: characters, ruled lines, pictures, in points from the page's top left corner."""

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import pi
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

# More things than this on a page are a map or a pattern of lines, and no table.
_MOST_OBJECTS = 50_000
_MOST_CHARACTERS = 50_000
_MOST_NESTED = 5
# A filled rectangle that is thinner is a ruled line; a line that leans more is none.
_THIN = 2.5
_LEAN = 1.0
# Text that is not painted: what a program has recognised in a scan, laid under its picture.
_INVISIBLE = 3
_QUARTERS = 4
_NO_WIDTH = 0.01
# Forms of characters that some fonts give in place of the characters: ⾦ for 金.
_RADICALS = range(0x2F00, 0x2FD6)


class Character(NamedTuple):
    """A character and its box; `turned` if it does not stand upright on the page as it is shown, with a `confidence`
    if it was recognised in a picture.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    turned: bool = False
    confidence: float | None = None

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A ruled line, level or upright: two of its coordinates are the same."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.bottom - self.top <= self.right - self.left


@dataclass
class PdfPage:
    """A page as it is shown: turned if the file says so, or if most of its text stands on its side."""

    number: int
    width: float
    height: float
    characters: list[Character] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    # The share of the page that its largest picture covers, and of the texts those that are not painted.
    pictured: float = 0.0
    unpainted: float = 0.0
    # Characters that the font does not say the meaning of.
    unknown: int = 0
    # More things than are looked at, more characters than are read.
    crowded: bool = False
    cut: bool = False


# A place of the file's own coordinates, as it is shown.
_Place = Callable[[float, float], tuple[float, float]]
_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_page(document: Any, number: int) -> PdfPage:
    """A page of an open document; `number` counts from 1. Raises ValueError if it cannot be loaded."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise ValueError(f"page {number} cannot be loaded")
    try:
        _widen_empty_texts(page)
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            raise ValueError(f"the text of page {number} cannot be loaded")
        try:
            return _page(page, text, number)
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(page)


def _widen_empty_texts(page: Any) -> None:
    """Give texts without a width the width of a stroke: PDFium's text of a page passes over them.

    A letter or digit that stands alone has none where its Chinese font is only named in the file, as 序号 in tables
    with SimSun: the font that PDFium takes instead has no outline for it.
    """
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for at in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        one = pdfium.FPDFPage_GetObject(page, at)
        if pdfium.FPDFPageObj_GetType(one) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        if pdfium.FPDFTextObj_GetTextRenderMode(one) == _INVISIBLE:
            continue
        pdfium.FPDFPageObj_GetBounds(one, left, bottom, right, top)
        if min(abs(right.value - left.value), abs(top.value - bottom.value)) < _NO_WIDTH:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(one, matrix)
            pdfium.FPDFTextObj_SetTextRenderMode(one, pdfium.FPDF_TEXTRENDERMODE_STROKE)
            # (Its extent is computed anew when it is placed.)
            pdfium.FPDFPageObj_SetMatrix(one, matrix)


def _page(page: Any, text: Any, number: int) -> PdfPage:
    whole = pdfium.FPDFText_CountChars(text)
    count = min(whole, _MOST_CHARACTERS)
    angles = [
        round(pdfium.FPDFText_GetCharAngle(text, at) / (pi / 2)) % _QUARTERS for at in range(count)
    ]
    # Landscape tables stand on their side in
    # pages that are turned, and in some that are not.
    own = Counter(angles).most_common(1)[0][0] if angles else 0
    turns = -own % _QUARTERS if angles else pdfium.FPDFPage_GetRotation(page) % _QUARTERS
    place, width, height = _placing(page, turns)
    found = PdfPage(number, width, height, cut=whole > count)
    _read_characters(text, angles, own, place, found)
    objects = list(_objects(page, found))
    _read_objects(objects, place, found)
    return found


def _placing(page: Any, turns: int) -> tuple[_Place, float, float]:
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        box.left, box.bottom, box.right, box.top = 0.0, 0.0, 595.0, 842.0
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    width, height = right - left, top - bottom
    places: tuple[_Place, ...] = (
        lambda x, y: (x - left, top - y),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (top - y, right - x),
    )
    return places[turns], *((height, width) if turns % 2 else (width, height))


def _read_characters(text: Any, angles: list[int], own: int, place: _Place, found: PdfPage) -> None:
    box = pdfium.FS_RECTF()
    seen: set[tuple[str, int, int]] = set()
    high = ""
    for at, angle in enumerate(angles):
        if pdfium.FPDFText_IsGenerated(text, at) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text, at)
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        if 0xDC00 <= code < 0xE000:
            character = (
                (high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            )
        else:
            character = _character(code)
        high = ""
        if not character or not pdfium.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box)):
            continue
        one, other = place(box.left, box.top), place(box.right, box.bottom)
        left, right = sorted((one[0], other[0]))
        top, bottom = sorted((one[1], other[1]))
        # Bold type is printed twice by some programs, a hair apart.
        key = (character, round(left), round(top))
        if key in seen and not character.isspace():
            continue
        seen.add(key)
        found.unknown += character == "\N{REPLACEMENT CHARACTER}"
        found.characters.append(Character(character, left, top, right, bottom, angle != own))


def _character(code: int) -> str:
    if code in _RADICALS:
        return unicodedata.normalize("NFKC", chr(code))
    if code in (9, 10, 13, 0xA0, 0x2028, 0x2029):
        return " "
    if code == 0 or 0xE000 <= code < 0xF900:
        return "\N{REPLACEMENT CHARACTER}"
    # A hyphen at a line's end stands as U+0002 or U+FFFE.
    return "-" if code in (2, 0xFFFE) else "" if code < 32 else chr(code)


def _objects(page: Any, found: PdfPage) -> Iterator[tuple[Any, _Matrix]]:
    """The objects of a page and of the forms on it, each with the matrix of the forms around it."""
    count = pdfium.FPDFPage_CountObjects(page)
    found.crowded = count > _MOST_OBJECTS
    stack = [
        (pdfium.FPDFPage_GetObject(page, at), _SAME, 0)
        for at in reversed(range(0 if found.crowded else count))
    ]
    seen = 0
    while stack:
        one, matrix, depth = stack.pop()
        if not one:
            continue
        seen += 1
        if seen > _MOST_OBJECTS:
            found.crowded = True
            return
        if pdfium.FPDFPageObj_GetType(one) != pdfium.FPDF_PAGEOBJ_FORM:
            yield one, matrix
        elif depth < _MOST_NESTED:
            inner = _product(_matrix(one), matrix)
            count = min(pdfium.FPDFFormObj_CountObjects(one), _MOST_OBJECTS - seen)
            stack += [
                (pdfium.FPDFFormObj_GetObject(one, at), inner, depth + 1)
                for at in reversed(range(count))
            ]


def _read_objects(objects: list[tuple[Any, _Matrix]], place: _Place, found: PdfPage) -> None:
    texts = unpainted = 0
    for one, matrix in objects:
        kind = pdfium.FPDFPageObj_GetType(one)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts += 1
            unpainted += pdfium.FPDFTextObj_GetTextRenderMode(one) == _INVISIBLE
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.pictured = max(found.pictured, _share(one, matrix, place, found))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.rules += _rules(one, matrix, place)
    found.unpainted = unpainted / texts if texts else 0.0


def _share(image: Any, matrix: _Matrix, place: _Place, found: PdfPage) -> float:
    # A picture is the unit square under its matrix.
    whole = _product(_matrix(image), matrix)
    corners = [place(*_moved(whole, x, y)) for x, y in ((0, 0), (1, 1))]
    wide = abs(corners[0][0] - corners[1][0])
    high = abs(corners[0][1] - corners[1][1])
    return wide * high / max(found.width * found.height, 1.0)


def _rules(path: Any, matrix: _Matrix, place: _Place) -> Iterator[Rule]:
    """The ruled lines of a path: its level and upright strokes, or a rectangle that is as thin as a line."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    whole = _product(_matrix(path), matrix)
    lines = [
        (place(*_moved(whole, *start)), place(*_moved(whole, *end)))
        for start, end in _segments(path)
    ]
    if stroke.value:
        for start, end in lines:
            yield from _straight(start, end)
    elif fill.value and lines:
        points = [point for line in lines for point in line]
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        if min(right - left, bottom - top) <= _THIN:
            if bottom - top <= right - left:
                yield Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
            else:
                yield Rule((left + right) / 2, top, (left + right) / 2, bottom)


def _straight(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    if bottom - top <= _LEAN < right - left:
        yield Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
    elif right - left <= _LEAN < bottom - top:
        yield Rule((left + right) / 2, top, (left + right) / 2, bottom)


def _segments(path: Any) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    start = at = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        to = (x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = to
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield at, to
        at = to
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield at, start
            at = start


def _matrix(one: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(one, ctypes.byref(matrix)):
        return _SAME
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _moved(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
