"""Files that list addresses, one per line, as people save them: text, CSV, in any usual charset."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from pathlib import PurePath

from shared.site import SITE

SUFFIXES = (".txt", ".csv", ".tsv")


def is_address_file(path: PurePath) -> bool:
    """Whether a file lists addresses, by its ending in any case: ``urls.TXT``."""
    return path.suffix.lower() in SUFFIXES


def read_lines(data: bytes, name: str) -> Iterator[tuple[int, str]]:
    """Numbers, from 1, and texts of the lines that are neither empty nor comments (``#``).

    The charset is UTF-16 by its byte order mark, else of each line UTF-8 or GB18030; what is neither
    has U+FFFD, which no address may contain. Of a row of a ``.csv`` or ``.tsv`` the text is its cells,
    apart by a tab; a first row without an address is its header.
    """
    text = _decoded(data)
    suffix = PurePath(name).suffix.lower()
    if suffix in (".csv", ".tsv"):
        rows = csv.reader(
            text.splitlines(), delimiter="\t" if suffix == ".tsv" else _delimiter(text)
        )
        lines: Iterator[str] = ("\t".join(filter(None, map(str.strip, row))) for row in rows)
    else:
        lines = iter(text.splitlines())
    for number, line in enumerate(lines, start=1):
        stripped = line.strip()
        header = suffix in (".csv", ".tsv") and number == 1 and SITE not in line.lower()
        if stripped and not stripped.startswith("#") and not header:
            yield number, stripped


def _decoded(data: bytes) -> str:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return "\n".join(map(_line, data.removeprefix(BOM_UTF8).splitlines()))


def _line(line: bytes) -> str:
    for charset in ("utf-8", "gb18030"):
        try:
            return line.decode(charset)
        except UnicodeDecodeError:
            pass
    return line.decode("utf-8", "replace")


def _delimiter(text: str) -> str:
    """``;`` where the first line has more of them: Excel writes so where the comma is a decimal point."""
    first = text.partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","
