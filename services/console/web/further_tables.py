"""The tables of a page besides its answer's, as files: /n/KEY?table=copies&format=csv."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from fastapi import Request, Response

from services.console.api.answers import FORMAT
from services.console.forms import Form, form_of
from services.console.problems import Problem
from services.console.tables import table_response
from shared.questions import Answer

TABLE = "table"


async def further_table(
    request: Request,
    query: Mapping[str, str],
    answer: Answer,
    tables: Mapping[str, Iterable[Mapping[str, Any]]],
) -> Response | None:
    """The table of that name, with what is to be known of the page's answer; None where none is asked for.

    Raises Problem for a table that the page does not have.
    """
    name = query.get(TABLE)
    if name is None:
        return None
    if name not in tables:
        raise Problem(400, "Wrong value", f"table must be one of {', '.join(tables)}")
    form = form_of(request, query.get(FORMAT), (Form.CSV, Form.XLSX))
    return await table_response(
        replace(answer, question=name, rows=[dict(row) for row in tables[name]]), form
    )
