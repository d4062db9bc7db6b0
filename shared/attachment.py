"""What an attachment contains: the model that is printed, and that events carry."""

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from shared import notice
from shared.notice import Deadline, DutyRate, Evidence, ListedEntity, RegulatedItem
from shared.value import Value

# Told by the bytes, whatever name or header says; `other` is a kind without a name here.
Kind = Literal[
    "pdf", "docx", "doc", "wps", "rtf", "odt", "xlsx", "xlsb", "xls", "et", "ods", "pptx", "ppt",
    "zip", "rar", "7z", "ofd", "image", "html", "text", "other",
]  # fmt: skip

# `read`, or why it was not.
State = Literal["read", "encrypted", "too large", "damaged", "unread kind"]

# Left, top, right and bottom edge in points (1/72 inch) from the top left corner of the page as it is
# shown, turned if the file says so.
Box = tuple[float, float, float, float]


class Cell(notice.Cell):
    """A table cell in a file; `name` is that of a sheet's cell: B7.

    `confidence`, from 0 to 1, is that of the least certain of its words, where they were recognised in a picture.
    """

    name: str | None = None
    page: int | None = None
    box: Box | None = None
    confidence: float | None = None


class Table(Value):
    """A table as a page has one: a cell that spans rows stands in the first of them alone.

    A table that goes on over pages is one, without the header rows that each page repeats.
    """

    type: Literal["table"] = "table"
    rows: tuple[tuple[Cell, ...], ...]
    sheet: str | None = None


class Paragraph(Value):
    """A paragraph in one line; `page` counts from 1, `confidence` is as of a cell."""

    type: Literal["paragraph"] = "paragraph"
    text: str
    page: int | None = None
    sheet: str | None = None
    confidence: float | None = None


Block = Paragraph | Table


class AttachmentContent(Value):
    """An attachment as it was read: blocks in their order, or a state other than `read` and its reason.

    `pages` is known of PDF files alone. A warning says what may be wrong or missing in the blocks.
    """

    kind: Kind
    state: State = "read"
    reason: str | None = None
    pages: int | None = None
    blocks: tuple[Block, ...] = ()
    members: "tuple[Member, ...]" = ()
    warnings: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in their order, without those of members."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def text(self) -> str:
        """A line for each paragraph and table row, tabs between cells; without that of members."""
        return "\n".join(line for block in self.blocks for line in _lines(block))


class Member(Value):
    """A file in an archive; `name` is its path there."""

    name: str
    size: int = Field(ge=0)
    content: AttachmentContent


def least_certain(confidences: Iterable[float | None]) -> float | None:
    """The lowest of some confidences; None where nothing was recognised."""
    return min((one for one in confidences if one is not None), default=None)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
        return
    for row in block.rows:
        yield "\t".join(cell.text for cell in row)


class AttachmentEvidence(Value):
    """Where a value of a notice was read in one of its attachments.

    `field` is that of the notice's evidence: ``regulated_items[3].name``. `attachment` is the address of the file, with
    the path in it of a member of an archive behind ``#``; `block` and `row` count from 0, `page` from 1; `cell` is the name of a
    sheet's cell (B7), or the cell's number in its row. `quote` is the text that the value was read from, `confidence` how
    sure its recognition in a picture is.
    """

    field: str
    attachment: str
    block: int
    row: int | None = None
    cell: str | None = None
    page: int | None = None
    sheet: str | None = None
    quote: str
    confidence: float | None = None


class Lists(Value):
    """What a notice lists, read together with its attachments: fields of `Notice`, in place of those of the page alone.

    `evidence` is all evidence in the page, `in_attachments` that of the lists in files. `doubts` are warnings that the page alone
    does not have, `settled` those that it has alone: it states 15 entities, and they stand in an attachment.
    """

    regulated_items: tuple[RegulatedItem, ...] = ()
    listed_entities: tuple[ListedEntity, ...] = ()
    duty_rates: tuple[DutyRate, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    in_attachments: tuple[AttachmentEvidence, ...] = ()
    doubts: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
