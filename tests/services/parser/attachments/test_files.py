"""Every file in `files/` reads as the JSON beside it says: kind, state, rows, texts, warnings.

`authoring/` makes both: what a file must read as is written where the file is, and never by a reader.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from services.parser.attachments.read import read_attachment
from shared.attachment import AttachmentContent, Member, Paragraph, Table
from testing.attachments import FILES, grid


@cache
def read(file: Path) -> AttachmentContent:
    return read_attachment(file.read_bytes())


def as_golden(content: AttachmentContent) -> dict[str, Any]:
    values: dict[str, Any] = {"kind": content.kind, "state": content.state}
    if content.reason is not None:
        values["reason"] = content.reason
    if content.pages is not None:
        values["pages"] = content.pages
    values |= {
        "tables": [["\t".join(row) for row in grid(table)] for table in content.tables],
        "texts": [block.text for block in content.blocks if isinstance(block, Paragraph)],
        "warnings": list(content.warnings),
    }
    if content.members:
        values["members"] = [_member(member) for member in content.members]
    return values


def _member(member: Member) -> list[str]:
    return [member.name, member.content.kind, member.content.reason or member.content.text]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_file_reads_as_its_author_says(file: Path) -> None:
    golden = json.loads(Path(f"{file}.json").read_text("utf-8"))
    assert as_golden(read(file)) == golden


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_tables_are_rectangles(file: Path) -> None:
    for table in read(file).tables:
        widths = {len(row) for row in grid(table)}
        assert len(widths) == 1, table.rows


def test_the_text_has_a_line_for_each_row() -> None:
    content = read(next(file for file in FILES if file.name == "items.docx"))
    tables = [block for block in content.blocks if isinstance(block, Table)]
    assert len(content.text.split("\n")) == len(content.blocks) - 1 + len(tables[0].rows)
