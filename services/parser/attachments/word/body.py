"""Paragraphs and tables of WordprocessingML (ECMA-376, 17), as a reader of the final text sees them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from services.parser.attachments.limits import check_cells
from services.parser.attachments.texts import one_line
from services.parser.attachments.word.numbering import Numbering
from services.parser.attachments.xml import local
from shared.attachment import Block, Cell, Paragraph, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What holds paragraphs, tables and runs without being one.
_TRANSPARENT = frozenset(
    {
        "sdt",
        "sdtContent",
        "customXml",
        "smartTag",
        "hyperlink",
        "ins",
        "moveTo",
        "fldSimple",
        "dir",
        "bdo",
    }
)
_DELETED = frozenset({"del", "moveFrom"})
# Both say the same, for newer and older programs.
_FOR_OLDER = "Fallback"


@dataclass
class _Line:
    """A paragraph that is read: its lines, and the text boxes that hang on it."""

    text: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


class Body:
    """Reads the body and the notes of one document; the numbers of its lists are counted on."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._seen: Counter[str] = Counter()
        self._cells = 0

    def blocks(self, body: Any) -> list[Block]:
        """The blocks of a body, a text box or a cell; the text of a box stands behind its paragraph."""
        blocks: list[Block] = []
        open_text: list[str] = []
        for element in _content(body):
            name = local(element.tag)
            if name == "tbl":
                blocks += self._table(element)
                continue
            line = self._paragraph(element)
            open_text.append("".join(line.text))
            if not _is_mark_deleted(element):
                blocks += _paragraphs("".join(open_text))
                open_text = []
            for box in line.boxes:
                self._seen["text boxes"] += 1
                blocks += self.blocks(box)
        return [*blocks, *_paragraphs("".join(open_text))]

    def notes(self, notes: Any) -> Iterator[Paragraph]:
        """The footnotes or endnotes of a document, each with the mark by which the text refers to it."""
        for note in notes:
            if note.get(f"{W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            text = " ".join(
                block.text for block in self.blocks(note) if isinstance(block, Paragraph)
            )
            if text:
                yield Paragraph(text=f"{_note_mark(note.get(f'{W}id', ''))}{text}")

    def warnings(self) -> Iterator[str]:
        """What a reader of the file as it is shown may see otherwise."""
        changes = self._seen["insertions"] + self._seen["deletions"]
        if changes:
            yield (
                f"it has tracked changes ({self._seen['insertions']} insertions, "
                f"{self._seen['deletions']} deletions), read as if accepted"
            )
        if self._seen["hidden"]:
            yield f"hidden text is left out: {self._seen['hidden']} runs"
        if self._seen["pictures"]:
            yield f"pictures are not read: {self._seen['pictures']}"

    def _paragraph(self, paragraph: Any) -> _Line:
        line = _Line()
        self._inline(paragraph, line)
        if "".join(line.text).strip():
            line.text.insert(0, self._numbering.number_of(paragraph))
        return line

    def _inline(self, element: Any, line: _Line) -> None:
        for child in element:
            name = local(child.tag)
            if name in _DELETED:
                self._seen["deletions"] += 1
            elif name == "r":
                self._run(child, line)
            elif name in _TRANSPARENT:
                self._seen["insertions"] += name in ("ins", "moveTo")
                self._inline(child, line)

    def _run(self, run: Any, line: _Line) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None and _is_on(properties.find(f"{W}vanish")):
            if "".join(run.itertext(f"{W}t")).strip():
                self._seen["hidden"] += 1
            return
        for child in run:
            name = local(child.tag)
            if name == "t":
                line.text.append(child.text or "")
            elif name in ("br", "cr"):
                line.text.append("\n")
            elif name in ("tab", "ptab"):
                line.text.append(" ")
            elif name == "noBreakHyphen":
                line.text.append("-")
            elif name in ("footnoteReference", "endnoteReference"):
                line.text.append(_note_mark(child.get(f"{W}id", "")))
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._drawing(child, line)

    def _drawing(self, element: Any, line: _Line) -> None:
        boxes = list(_boxes(element))
        line.boxes += boxes
        if not boxes and any(local(one.tag) in ("blip", "imagedata") for one in element.iter()):
            self._seen["pictures"] += 1

    def _table(self, table: Any) -> list[Block]:
        rows = [row for row in _content(table, "tr") if not self._is_row_deleted(row)]
        if len(rows) == 1 and len(cells := list(_content(rows[0], "tc"))) == 1:
            # A frame around a text.
            return self.blocks(cells[0])
        placed: list[list[Cell]] = []
        # The cell that a column's merged cells belong to: its row and its index there.
        open_above: dict[int, tuple[int, int]] = {}
        for row in rows:
            placed.append(self._row(row, placed, open_above))
        kept = [row for row in placed if row]
        if not any(cell.text for row in kept for cell in row):
            return []
        return [Table(rows=tuple(map(tuple, kept)))]

    def _row(
        self, row: Any, above: list[list[Cell]], open_above: dict[int, tuple[int, int]]
    ) -> list[Cell]:
        cells: list[Cell] = []
        column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        if column:
            cells.append(Cell(text="", column_span=column))
        for element in _content(row, "tc"):
            self._cells += 1
            check_cells(self._cells)
            properties = element.find(f"{W}tcPr")
            width = _number(properties.find(f"{W}gridSpan") if properties is not None else None, 1)
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            if goes_on and column in open_above:
                at, index = open_above[column]
                owner = above[at][index]
                above[at][index] = owner.model_copy(update={"row_span": owner.row_span + 1})
            else:
                open_above.pop(column, None)
                if merge is not None:
                    open_above[column] = (len(above), len(cells))
                cells.append(Cell(text=self._cell_text(element), column_span=width))
            column += width
        return cells

    def _cell_text(self, cell: Any) -> str:
        lines: list[str] = []
        for block in self.blocks(cell):
            if isinstance(block, Paragraph):
                lines.append(block.text)
            else:
                lines += [" ".join(one.text for one in row) for row in block.rows]
        return one_line("\n".join(lines))

    def _is_row_deleted(self, row: Any) -> bool:
        properties = row.find(f"{W}trPr")
        if properties is None:
            return False
        self._seen["insertions"] += properties.find(f"{W}ins") is not None
        deleted = properties.find(f"{W}del") is not None
        self._seen["deletions"] += deleted
        return deleted


def _content(element: Any, *names: str) -> Iterator[Any]:
    """The paragraphs and tables, or what `names` says, that stand in an element or its controls."""
    wanted = names or ("p", "tbl")
    for child in element:
        name = local(child.tag)
        if name in wanted:
            yield child
        elif name in _TRANSPARENT:
            yield from _content(child, *wanted)


def _boxes(element: Any) -> Iterator[Any]:
    if local(element.tag) == "txbxContent":
        yield element
        return
    for child in element:
        if local(child.tag) != _FOR_OLDER:
            yield from _boxes(child)


def _paragraphs(text: str) -> list[Paragraph]:
    return [Paragraph(text=line) for part in text.split("\n") if (line := one_line(part))]


def _is_mark_deleted(paragraph: Any) -> bool:
    """Whether the end of a paragraph is deleted, so that the next one goes on in it."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off")


def _number(element: Any, otherwise: int) -> int:
    digits = element.get(f"{W}val", "") if element is not None else ""
    return (
        min(max(int(digits), otherwise), 1000)
        if digits.isascii() and digits.isdigit()
        else otherwise
    )


def _note_mark(identity: str) -> str:
    return f"[{identity}]"
