"""GET /api/v1/QUESTION."""

from fastapi import APIRouter, Request, Response

from services.console.api.answers import FORMAT, PAGING, json_response, parameters, with_etag
from services.console.api.openapi import document
from services.console.database import Database
from services.console.feeds.response import FORMATS, as_feed, feed_response
from services.console.problems import Problem

_READ = ["GET", "HEAD"]


def routes(database: Database) -> APIRouter:
    """The API's routes. Errors of the database reach the app's handlers."""
    router = APIRouter(prefix="/api/v1")

    @router.api_route("/openapi.json", methods=_READ)
    async def description(request: Request) -> Response:
        return with_etag(request, document(await database.questions()))

    @router.api_route("/{question}", methods=_READ)
    async def ask(question: str, request: Request) -> Response:
        known = await database.questions()
        if question not in known:
            raise Problem(404, "No such question", f"there are: {', '.join(known)}")
        given = parameters(request)
        form = given.pop(FORMAT, "json")
        asked = {name: value for name, value in given.items() if name not in PAGING}
        if form in FORMATS:
            answer = await database.ask(question, as_feed(question, asked))
            return feed_response(request, answer, await database.changed_at(answer))
        if form != "json":
            raise Problem(400, "Wrong value", f"format must be json, {' or '.join(FORMATS)}")
        return json_response(request, await database.ask(question, asked))

    return router
