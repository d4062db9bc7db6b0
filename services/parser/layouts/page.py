"""What reading a layout yields: a page's text with its structure, and no word of what it means.

Offsets count characters of `PageText.body_text`.
"""

from dataclasses import dataclass, field, replace
from typing import TypeVar

from shared.notice import Attachment, Cell, PageKind

_Cell = TypeVar("_Cell", bound=Cell)


# (Not frozen: that takes three times as long to make, and a table has hundreds.)
@dataclass(slots=True)
class TextCell:
    """A table cell, where its text stands in the body, and how many rows and columns it spans."""

    text: str
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class TextTable:
    rows: tuple[tuple[TextCell, ...], ...]

    @property
    def start(self) -> int:
        return self.rows[0][0].start

    @property
    def end(self) -> int:
        return self.rows[-1][-1].end

    def cells(self, cell: type[_Cell]) -> tuple[tuple[_Cell, ...], ...]:
        """The rows as cells of a notice or of a file, which are without a place in the text."""
        return tuple(
            tuple(
                cell(text=one.text, row_span=one.row_span, column_span=one.column_span)
                for one in row
            )
            for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class PageText:
    """A content block as text: one line a paragraph, a table row one line with tabs. With
    `failed_include` the server printed an error where a part of it should stand.
    """

    body_text: str
    tables: tuple[TextTable, ...] = ()
    failed_include: bool = False

    def up_to(self, line: int) -> "PageText":
        """The text before a line, by its index."""
        lines = self.body_text.split("\n")[:line]
        end = len("\n".join(lines))
        tables = tuple(table for table in self.tables if table.end <= end)
        return replace(self, body_text="\n".join(lines), tables=tables)

    def without_first_line(self) -> "PageText":
        """The text behind its first line, which is no row of a table."""
        cut = len(self.body_text.split("\n", 1)[0]) + 1
        return PageText(
            self.body_text[cut:],
            tuple(
                TextTable(
                    tuple(
                        tuple(replace(c, start=c.start - cut, end=c.end - cut) for c in row)
                        for row in table.rows
                    )
                )
                for table in self.tables
            ),
            self.failed_include,
        )


@dataclass(frozen=True, slots=True)
class Page:
    """One page, taken apart. `kind` is set only when the markup alone tells it; for a page that is no
    document, `rejection` says why in a constant phrase.

    `meta` holds everything that stands outside the content block under its own name: meta tags,
    page variables, the labels of an information table (索引号, 发文字号 …), and under ``header``
    the visible line of source and time.
    """

    layout: str
    confidence: float
    kind: PageKind | None = None
    title: str | None = None
    text: PageText = PageText("")
    meta: dict[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    redirect_to: str | None = None
    rejection: str | None = None
    warnings: tuple[str, ...] = ()
