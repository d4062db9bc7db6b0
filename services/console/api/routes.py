"""GET /api/v1/QUESTION."""

from fastapi import APIRouter, Request, Response

from services.console.api.answers import PAGING, json_response, parameters, with_etag
from services.console.api.openapi import document
from services.console.database import Database
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
        asked = {name: value for name, value in parameters(request).items() if name not in PAGING}
        return json_response(request, await database.ask(question, asked))

    return router
