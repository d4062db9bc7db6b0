"""Readers of tables: ours, and others that are not needed by anything else."""

import re
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from services.parser.attachments.ocr.recognise import is_installed
from services.parser.attachments.read import read_attachment
from testing.attachments import grid
from testing.scans import scanned

Rows = list[list[str]]
# What it reads (None: everything), and how.
Reader = tuple[frozenset[str] | None, Callable[[Path], Rows]]

MISSING: list[str] = []


def readers() -> dict[str, Reader]:
    """The readers that are installed; the others are listed in `MISSING`."""
    found: dict[str, Reader] = {"ours": (None, _ours)}
    if is_installed():
        found["ours, scans"] = (frozenset({"pdf"}), _scans)
    else:
        MISSING.append("ours, scans (extra ocr)")
    for name, kinds, read in (
        ("pdfplumber", {"pdf"}, _pdfplumber),
        ("markitdown", {"pdf", "docx", "xlsx", "xls"}, _markitdown),
    ):
        if find_spec(name):
            found[name] = (frozenset(kinds), read)
        else:
            MISSING.append(name)
    return found


def _ours(file: Path) -> Rows:
    return [row for table in read_attachment(file.read_bytes()).tables for row in grid(table)]


def _scans(file: Path) -> Rows:
    """The tables of a PDF file as a scanner makes it."""
    content = read_attachment(scanned(file.read_bytes()), ocr=True)
    return [row for table in content.tables for row in grid(table)]


def _pdfplumber(file: Path) -> Rows:
    with import_module("pdfplumber").open(file) as pdf:
        return [
            [cell or "" for cell in row]
            for page in pdf.pages
            for table in page.extract_tables()
            for row in table
        ]


def _markitdown(file: Path) -> Rows:
    text = import_module("markitdown").MarkItDown().convert(str(file)).text_content
    rows = [line.strip().strip("|").split("|") for line in text.split("\n") if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows if not re.fullmatch(r"[-: ]*", row[0])]
