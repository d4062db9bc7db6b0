"""GET /api/v1/QUESTION."""

import hashlib
import json
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from services.console.api.openapi import document
from services.console.api.paging import page
from services.console.database import Database
from services.console.problems import Problem
from shared.questions import plain

# Parameters of the API; no question has one of these.
PAGING = ("limit", "cursor")
_READ = ["GET", "HEAD"]


def routes(database: Database) -> APIRouter:
    """The API's routes. Errors of the database reach the app's handlers."""
    router = APIRouter(prefix="/api/v1")

    @router.api_route("/openapi.json", methods=_READ)
    async def description(request: Request) -> Response:
        return _json(request, document(await database.questions()))

    @router.api_route("/{question}", methods=_READ)
    async def ask(question: str, request: Request) -> Response:
        known = await database.questions()
        if question not in known:
            raise Problem(404, "No such question", f"there are: {', '.join(known)}")
        given = _parameters(request)
        paging = {name: given.pop(name, None) for name in PAGING}
        answer = await database.ask(question, given)
        rows = plain(answer.rows)
        assert isinstance(rows, list)  # noqa: S101 (of a list)
        part = page(rows, paging["limit"], paging["cursor"])
        after = part.cursor and request.url.path + "?" + urlencode(
            {
                **given,
                **({"limit": paging["limit"]} if paging["limit"] else {}),
                "cursor": part.cursor,
            }
        )
        return _json(
            request,
            {
                "question": answer.question,
                "asked": answer.asked,
                "rows": part.rows,
                "as_of": plain(answer.as_of),
                "index_asked_at": plain(answer.index_asked_at),
                "not_held": answer.not_held,
                "next": after,
            },
        )

    return router


def _parameters(request: Request) -> dict[str, str]:
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in given:
            raise Problem(400, "Wrong question", f"{name} is given twice")
        given[name] = value
    return given


def _json(request: Request, content: object) -> Response:
    """JSON with the hash of what it says as its ETag."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    # It may be kept, but is asked for again: time alone can change what is in force.
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
