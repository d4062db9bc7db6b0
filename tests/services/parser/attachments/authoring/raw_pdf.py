"""PDF files object by object (ISO 32000-1, 7.5), for what no writer writes."""

import zlib
from collections.abc import Sequence

_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
# A Chinese font that is named, and not in the file.
SIMSUN = (
    b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
    b"/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500 814 939 500]"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[-8 -145 1000 859]/ItalicAngle 0"
    b"/Ascent 859/Descent -141/StemV 78/CapHeight 683>>>>]>>"
)


def pdf(contents: Sequence[bytes], *, pages: int | None = None, font: bytes = _FONT) -> bytes:
    """A file with a page for each content stream, or `pages` pages that all have the first; the font is /F."""
    count = len(contents) if pages is None else pages
    streams = [4 + index for index in range(len(contents))]
    first = 4 + len(contents)
    kids = b" ".join(b"%d 0 R" % (first + index) for index in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        font,
        *map(_stream, contents),
        *(_PAGE % streams[min(index, len(streams) - 1)] for index in range(count)),
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
    return bytes(out)


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
