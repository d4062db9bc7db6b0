"""XLSX (ECMA-376, 18): the cells that are there, by the XML.

Readers of values alone lose the formats, by which 106 is 0106 and 0.25 is 25%, and what is hidden; those that give a
sheet as a rectangle need 17 billion places for two cells in its corners.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from services.parser.attachments.limits import Damaged, check_cells
from services.parser.attachments.sheets.dates import is_date, moment
from services.parser.attachments.sheets.sheet import At, Sheet, Span, cell_name
from services.parser.attachments.sheets.shown import (
    BUILT_IN,
    GENERAL,
    LOST_DIGITS,
    has_lost_digits,
    shown,
)
from services.parser.attachments.xml import Parts, local

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"(?P<column>[A-Z]{1,3})(?P<row>[0-9]{1,7})")
_MOST_COLUMNS = 16_384


class _Format(NamedTuple):
    code: str
    is_date: bool


class _Book(NamedTuple):
    texts: list[str]
    formats: list[_Format]
    from_1904: bool


def read_xlsx(data: bytes) -> list[Sheet]:
    """The sheets of a workbook, those of charts left out. Raises Damaged or TooLarge."""
    parts = Parts(data)
    try:
        workbook = parts.tree("xl/workbook.xml")
        book = _Book(
            texts=list(_texts(parts)),
            formats=list(_formats(parts)),
            from_1904=any(_is(one, "date1904") for one in workbook.iter("{*}workbookPr")),
        )
        targets = _targets(parts)
        sheets = []
        for element in workbook.iter("{*}sheet"):
            part = targets.get(element.get(_RELATION), "")
            if part in parts.names and "/worksheets/" in f"/{part}":
                hidden = element.get("state", "visible") != "visible"
                sheets.append(_Reader(parts, part, book).sheet(element.get("name", ""), hidden))
        return sheets
    except (KeyError, ValueError, OverflowError) as error:
        raise Damaged(f"{type(error).__name__}: {error}") from error


def _targets(parts: Parts) -> dict[str, str]:
    """The part that each relation of the workbook leads to."""
    return {
        relation.get("Id"): posixpath.normpath(
            posixpath.join("/xl", relation.get("Target", ""))
        ).lstrip("/")
        for relation in parts.tree("xl/_rels/workbook.xml.rels")
    }


def _texts(parts: Parts) -> Iterator[str]:
    """The texts that cells refer to by number."""
    name = "xl/sharedStrings.xml"
    if name in parts.names:
        for element in parts.elements(name):
            if local(element.tag) == "si":
                yield _text(element)
                element.clear()


def _text(element: Any) -> str:
    """A text of runs, without the readings of its characters (phonetic runs)."""
    out = []
    for child in element:
        if local(child.tag) == "t":
            out.append(child.text or "")
        elif local(child.tag) == "r":
            out += [run.text or "" for run in child if local(run.tag) == "t"]
    return "".join(out)


def _formats(parts: Parts) -> Iterator[_Format]:
    """The number format of each cell style."""
    if "xl/styles.xml" not in parts.names:
        return
    styles = parts.tree("xl/styles.xml")
    own = {
        int(one.get("numFmtId", "0")): one.get("formatCode", GENERAL)
        for one in styles.iter("{*}numFmt")
    }
    for group in styles.iter("{*}cellXfs"):
        for style in group.iter("{*}xf"):
            identity = int(style.get("numFmtId", "0"))
            code = own.get(identity, BUILT_IN.get(identity, GENERAL))
            yield _Format(code, is_date(code, identity if identity not in own else None))


class _Reader:
    """Reads one sheet."""

    def __init__(self, parts: Parts, part: str, book: _Book) -> None:
        self._elements = parts.elements(part)
        self._book = book
        self._cells: dict[At, str] = {}
        self._merged: dict[At, Span] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._warnings: list[str] = []
        # (A tag of a cell may have another prefix; those are counted as they are read.)
        check_cells(parts.bytes_of(part).count(b"<c "))
        self._count = 0

    def sheet(self, name: str, hidden: bool) -> Sheet:
        """The sheet. Raises Damaged or TooLarge."""
        # Rows and cells may leave out where they are: behind the one before.
        row, column = 0, 0
        for element in self._elements:
            tag = local(element.tag)
            if tag == "c":
                self._count += 1
                check_cells(self._count)
                reference = _REFERENCE.fullmatch(element.get("r", ""))
                if reference:
                    row, column = int(reference["row"]) - 1, _column(reference["column"])
                self._cell(element, At(row, column))
                column += 1
            elif tag == "row":
                row = int(element.get("r", row + 1)) - 1
                if _is(element, "hidden"):
                    self._hidden_rows.add(row)
                row, column = row + 1, 0
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            elif tag == "col" and _is(element, "hidden"):
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                self._hidden_columns |= set(range(first - 1, min(last, _MOST_COLUMNS)))
            elif tag == "mergeCell":
                self._merge(element.get("ref", ""))
        return Sheet(
            name=name,
            cells=self._cells,
            merged=self._merged,
            hidden=hidden,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            warnings=self._warnings,
        )

    def _cell(self, cell: Any, at: At) -> None:
        children = {local(child.tag): child for child in cell}
        value = children["v"].text if "v" in children else None
        kind = cell.get("t", "n")
        text = ""
        if kind == "inlineStr":
            text = _text(children["is"]) if "is" in children else ""
        elif kind == "e":
            self._warnings.append(f"{cell_name(at)}: an error where a value should be")
        elif value is None or value == "":
            if "f" in children:
                self._warnings.append(f"{cell_name(at)}: a formula without a value")
        elif kind == "s":
            text = self._book.texts[int(value)]
        elif kind == "b":
            text = shown(value.strip() == "1")
        elif kind == "n":
            text = self._number(float(value), int(cell.get("s", "0")), at)
        else:
            # A formula's text, or a day as text (ISO 8601).
            text = value
        if text:
            self._cells[at] = text

    def _number(self, value: float, style: int, at: At) -> str:
        formats = self._book.formats
        number_format = formats[style] if style < len(formats) else _Format(GENERAL, False)
        found = moment(value, self._book.from_1904) if number_format.is_date else None
        if found is not None:
            return shown(found)
        if has_lost_digits(value):
            self._warnings.append(f"{cell_name(at)}: {LOST_DIGITS}")
        return shown(value, number_format.code)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start and end:
            top, left = int(start["row"]) - 1, _column(start["column"])
            down, right = int(end["row"]) - 1, _column(end["column"])
            if down >= top and right >= left:
                self._merged[At(top, left)] = Span(down - top + 1, right - left + 1)


def _is(element: Any, name: str) -> bool:
    return element.get(name) in ("1", "true")


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
