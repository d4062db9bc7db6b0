"""PDF files as a scanner makes them: pictures of their pages, leaning a little, blurred, compressed."""

import ctypes
from io import BytesIO

import pypdfium2.raw as pdfium

from services.parser.attachments.ocr.pictures import page_picture

_LEAN, _BLUR, _QUALITY, _DOTS = 0.7, 0.8, 75, 200


def scanned(data: bytes) -> bytes:
    """A PDF file as a PDF file of pictures; needs the extra `ocr`."""
    from PIL import Image, ImageFilter

    pdfium.FPDF_InitLibrary()
    buffer = ctypes.create_string_buffer(data, len(data))
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), None)
    images = []
    for number in range(1, pdfium.FPDF_GetPageCount(document) + 1):
        image = Image.fromarray(page_picture(document, number).pixels)
        image = image.rotate(_LEAN, Image.Resampling.BICUBIC, fillcolor=255)
        images.append(image.filter(ImageFilter.GaussianBlur(_BLUR)))
    pdfium.FPDF_CloseDocument(document)
    out = BytesIO()
    images[0].save(
        out, "PDF", save_all=True, append_images=images[1:], resolution=_DOTS, quality=_QUALITY
    )
    return out.getvalue()
