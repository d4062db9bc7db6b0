"""An answer as a table that people open: CSV and Excel."""

import asyncio
import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from fastapi import Response

from services.console.forms import MEDIA_TYPES, Form
from services.console.problems import Problem
from shared.questions import Answer, flat
from shared.tables.about import about
from shared.tables.values import Column, Rows, Table

# As many as a person looks through; `mofcom export` writes any number.
MOST_ROWS = 20_000
# Excel files take a second of the processor for some thousand rows: one at a time, beside the event loop.
_one_workbook = asyncio.Semaphore(1)
# With what a spreadsheet takes for a formula, in full width too.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


async def table_response(answer: Answer, form: Form, columns: Iterable[str] = ()) -> Response:
    """All rows as a file to be kept, with what is missing; `columns` where there may be no row to tell them.

    Raises Problem for more rows than a person looks through.
    """
    if len(answer.rows) > MOST_ROWS:
        raise Problem(
            413,
            "Too many rows",
            f"{len(answer.rows)} rows, and a table has {MOST_ROWS} at most: ask for less, or use "
            "`mofcom export`",
        )
    names = list(answer.rows[0]) if answer.rows else list(columns)
    if form is Form.XLSX:
        async with _one_workbook:
            content = await asyncio.to_thread(_workbook, answer, names)
    else:
        content = _lines(answer, names)
    media_type = MEDIA_TYPES[form] + ("; charset=utf-8" if form is Form.CSV else "")
    disposition = f'attachment; filename="{answer.question}.{form}"'
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})


def _lines(answer: Answer, names: Sequence[str]) -> bytes:
    """As Excel reads them; with what is missing in lines at the end, which begin with #."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in answer.rows)
    if not answer.rows:
        writer.writerow(['# nothing is held, which is no "no"'])
    writer.writerows([f"# not held: {line}"] for line in answer.not_held)
    # With the mark by which Excel knows UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula: https://owasp.org/www-community/attacks/CSV_Injection."""
    one = flat(value)
    return f"'{one}" if isinstance(one, str) and one.startswith(_FORMULA) else one


def _workbook(answer: Answer, names: Sequence[str]) -> bytes:
    """As `mofcom export` writes it: numbers are numbers, and the second sheet says whence they come."""
    from shared.tables.excel import write_xlsx

    said = about(
        f"question {answer.question}",
        answer.asked,
        (),
        answer.as_of,
        answer.index_asked_at,
        answer.not_held,
    )
    table = Table(answer.question, [Column(name, "") for name in names], said)

    async def rows() -> Rows:
        yield [[_number(row[name]) for name in names] for row in answer.rows]

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "table.xlsx")
        asyncio.run(write_xlsx(file, table, rows()))
        return file.read_bytes()


def _number(value: Any) -> Any:
    """A real has 7 digits, and as a number of 16 it would show others: 0.8999999761581421."""
    return float(f"{value:.7g}") if isinstance(value, float) else value
