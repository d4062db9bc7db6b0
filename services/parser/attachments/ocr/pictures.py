"""Pages of PDF files and image files as pictures: rows of pixels in grey, with their scale."""

import ctypes
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from services.parser.attachments.limits import Damaged, TooLarge

# What 200 dots per inch make of A4, and a little more; characters of a larger picture are read no better.
_LONGEST = 2400
# Of a picture, in memory 3 bytes each.
_MOST_PIXELS = 60_000_000
_POINTS = 72
_DOTS = 200
# The width of a sheet that is upright, and of one that lies, in points (A4).
_UPRIGHT, _LYING = 595.0, 842.0
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")


class Picture(NamedTuple):
    """An array of pixels (rows, columns) in grey, and how many of them a point is."""

    pixels: Any
    scale: float


def page_picture(document: Any, number: int) -> Picture:
    """A page of an open PDF document as it is shown; `number` counts from 1. Raises ValueError if it cannot be loaded."""
    import numpy as np

    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise ValueError(f"page {number} cannot be loaded")
    try:
        wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        scale = min(_DOTS / _POINTS, _LONGEST / max(wide, high, 1.0))
        width, height = max(1, round(wide * scale)), max(1, round(high * scale))
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
        if not bitmap:
            raise ValueError(f"page {number} cannot be drawn")
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
    finally:
        pdfium.FPDF_ClosePage(page)
    return Picture(np.frombuffer(data, np.uint8).reshape(height, stride)[:, :width].copy(), scale)


def image_pictures(data: bytes, most: int) -> Iterator[Picture]:
    """The pictures of an image file, at most so many: a TIFF file may have several. Raises Damaged, TooLarge."""
    import numpy as np
    from PIL import Image, ImageSequence

    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            for count, frame in enumerate(ImageSequence.Iterator(image)):
                if count == most:
                    return
                wide, high = frame.size
                if wide * high > _MOST_PIXELS:
                    raise TooLarge(f"{wide} by {high} pixels, over {_MOST_PIXELS}")
                grey = (
                    frame.convert("RGBA").convert("L") if frame.mode == "P" else frame.convert("L")
                )
                grey.thumbnail((_LONGEST, _LONGEST))
                width, height = grey.size
                sheet = _UPRIGHT if height >= width else _LYING
                yield Picture(np.asarray(grey).copy(), width / sheet)
    except Image.DecompressionBombError as error:
        raise TooLarge(str(error)) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Damaged(f"the picture cannot be opened: {error}") from error
