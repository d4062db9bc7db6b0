"""A workbook says what it has cut."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from shared.tables.excel import write_xlsx
from shared.tables.values import Column, Table

LONG = "长" * 40_000


async def test_texts_and_lists_that_are_longer_than_a_cell_are_counted(tmp_path: Path) -> None:
    async def rows() -> AsyncIterator[Sequence[Sequence[Any]]]:
        yield [[LONG, ["a", "b"]], ["short", [LONG, "b"]], [None, None]]

    table = Table("notices", [Column("body_text", "text"), Column("issuers", "text[]")], {})
    said = await write_xlsx(tmp_path / "notices.xlsx", table, rows())
    assert said == ["2 texts were cut to the 32767 characters that a cell holds"]
    sheet = load_workbook(tmp_path / "notices.xlsx")["notices"]
    assert [len(sheet[cell].value) for cell in ("A2", "B2", "B3")] == [32_767, 4, 32_767]
