"""The texts of a document of Word 97 by its piece table (MS-DOC 2.4.1): no formatting, no tables."""

import re
import struct
from io import BytesIO
from struct import unpack_from
from typing import NamedTuple

import olefile

_MAGIC = (0xA5EC, 0xA5DC)
# FibBase: flags; FibRgLw97: lengths of the stories, the first of which is the main text and the seventh that of
# the text boxes; FibRgFcLcb97: where the piece table stands.
_FLAGS, _LENGTHS, _CLX = 0x0A, 0x4C, 0x01A2
_BOXES = 6
_ENCRYPTED, _IN_SECOND_TABLE = 0x0100, 0x0200
_COMPRESSED = 0x40000000
# The code of a field, which its result follows: 0x13 HYPERLINK … 0x14 text 0x15.
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*(?:\x14|(?=\x15))")
_BREAKS = re.compile("[\r\x0b\x0c]")
# A cell's end; two of them end a row.
_CELL = "\x07"


class Texts(NamedTuple):
    """The main text and that of the text boxes: a line for each paragraph, tabs between cells."""

    main: str
    boxes: str


def texts_of(data: bytes) -> Texts | None:
    """The texts of a document; None where they cannot be read."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            document = file.openstream("WordDocument").read()
            (magic,), (flags,) = unpack_from("<H", document), unpack_from("<H", document, _FLAGS)
            if magic not in _MAGIC or flags & _ENCRYPTED:
                return None
            table = file.openstream("1Table" if flags & _IN_SECOND_TABLE else "0Table").read()
        lengths = unpack_from("<7i", document, _LENGTHS)
        start, size = unpack_from("<II", document, _CLX)
        text = _pieces(document, table[start : start + size])
    except (struct.error, OSError, LookupError, ValueError, TypeError, AttributeError):
        return None
    if text is None or min(lengths) < 0:
        return None
    boxes = sum(lengths[:_BOXES])
    return Texts(_plain(text[: lengths[0]]), _plain(text[boxes : boxes + lengths[_BOXES]]))


def _plain(story: str) -> str:
    text = _FIELD_CODE.sub("", story).replace(_CELL * 2, "\n").replace(_CELL, "\t")
    return _BREAKS.sub("\n", text)


def _pieces(document: bytes, clx: bytes) -> str | None:
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + int(unpack_from("<H", clx, at + 1)[0])
    if at >= len(clx) or clx[at] != 2:
        return None
    count = (unpack_from("<I", clx, at + 1)[0] - 4) // 12
    first = at + 5
    if count < 0 or first + 4 + count * 12 > len(clx):
        return None
    places = unpack_from(f"<{count + 1}I", clx, first)
    out = []
    for index in range(count):
        (offset,) = unpack_from("<I", clx, first + 4 * (count + 1) + 8 * index + 2)
        length = places[index + 1] - places[index]
        if offset & _COMPRESSED:
            start = (offset & ~_COMPRESSED) // 2
            out.append(document[start : start + length].decode("cp1252", "replace"))
        else:
            out.append(document[offset : offset + 2 * length].decode("utf-16-le", "replace"))
    return "".join(out)
