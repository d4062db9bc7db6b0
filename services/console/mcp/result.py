"""An answer as the result of a tool: quotations, marked as such, and nothing that rests on none."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mcp_types import CallToolResult, TextContent

from services.console.api.answers import PAGING, part_of
from services.console.mcp.tools import LIMIT, MOST, QUOTATIONS, ROWS_ARE
from services.console.problems import Problem
from shared.questions import Answer


def asked_of(arguments: Mapping[str, Any]) -> dict[str, str]:
    """The parameters of a question among the arguments of a call, as text; null is not given.

    Raises Problem for a value that is neither text, number nor boolean.
    """
    asked = {}
    for name, value in arguments.items():
        if value is None or name in PAGING:
            continue
        if not isinstance(value, str | int | float | bool):
            raise Problem(400, "Wrong value", f"{name} must be a text, a number, true or false")
        asked[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return asked


def result(answer: Answer, arguments: Mapping[str, Any]) -> CallToolResult:
    """The rows from the argument `cursor` on, `limit` at most. Raises Problem."""
    limit, cursor = arguments.get("limit"), arguments.get("cursor")
    limit = LIMIT if limit is None else limit
    if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MOST:
        raise Problem(400, "Wrong value", f"limit must be a number from 1 to {MOST}")
    if not (cursor is None or isinstance(cursor, str)):
        raise Problem(400, "Wrong value", "cursor must be next_cursor of an earlier answer")
    part, content = part_of(_quoted(answer), str(limit), cursor)
    structured = {**content, "rows_are": ROWS_ARE, "next_cursor": part.cursor}
    text = f"{QUOTATIONS}\n<quoted-data>\n{_unmarked(structured)}\n</quoted-data>"
    return CallToolResult(content=[TextContent(text=text)], structured_content=structured)


def refusal(problem: Problem) -> CallToolResult:
    """What was wrong and what to do, as the model reads it."""
    return CallToolResult(content=[TextContent(text=str(problem))], is_error=True)


def _quoted(answer: Answer) -> Answer:
    """The answer without rows that have no words of a notice: no quote, and no title."""
    rows = [row for row in answer.rows if row.get("quote") or row.get("title")]
    if len(rows) == len(answer.rows):
        return answer
    left_out = f"{len(answer.rows) - len(rows)} rows that rest on no words of a notice are left out"
    return replace(answer, rows=rows, not_held=[*answer.not_held, left_out])


def _unmarked(content: object) -> str:
    """JSON in which no text can close the mark that it stands in."""
    text = json.dumps(content, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e")
