"""What is asked of the API, and an answer as JSON."""

import hashlib
import json
from urllib.parse import urlencode

from fastapi import Request, Response

from services.console.addresses import path_of
from services.console.api.paging import Page, page
from services.console.problems import Problem
from shared.questions import Answer, plain

# Parameters of the API; no question has one of these.
FORMAT = "format"
PAGING = ("limit", "cursor")


def parameters(request: Request) -> dict[str, str]:
    """The query of a request. Raises Problem for a parameter that is given twice."""
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in given:
            raise Problem(400, "Wrong question", f"{name} is given twice")
        given[name] = value
    return given


def json_response(request: Request, answer: Answer) -> Response:
    """The rows that the request's `limit` and `cursor` ask for, with what is to be known of the whole."""
    query = request.query_params
    part, content = part_of(answer, query.get("limit"), query.get("cursor"))
    after = None
    if part.cursor is not None:
        after = f"{path_of(request)}?{urlencode({**query, 'cursor': part.cursor})}"
    return with_etag(request, {**content, "next": after})


def part_of(
    answer: Answer, limit: str | None, cursor: str | None
) -> tuple[Page, dict[str, object]]:
    """The rows of an answer from a cursor on, and the answer with these, ready for JSON. Raises Problem."""
    part = page([plain(row) for row in answer.rows], limit, cursor)
    content = {
        "question": answer.question,
        "asked": answer.asked,
        "rows": part.rows,
        **known_of(answer),
    }
    return part, content


def known_of(answer: Answer) -> dict[str, object]:
    """How fresh an answer is, and what it cannot know, ready for JSON."""
    return {
        "as_of": plain(answer.as_of),
        "index_asked_at": plain(answer.index_asked_at),
        "not_held": answer.not_held,
    }


def with_etag(request: Request, content: object) -> Response:
    """JSON with its ETag; 304 where the client has it."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return hashed(request, body, "application/json")


def hashed(request: Request, body: bytes, media_type: str) -> Response:
    """A body with the hash of what it says as its ETag; 304 where the client has it."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    # It may be kept, but is asked for again: time alone can change what is in force.
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
