"""GET /api/v1/QUESTION, and POST for verify, whose text may be longer than an address."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from services.console.api.answers import FORMAT, PAGING, json_response, parameters, with_etag
from services.console.api.openapi import document
from services.console.bodies import json_object
from services.console.data import MOST_HITS, as_data, of_all
from services.console.database import Database
from services.console.forms import API
from services.console.problems import Problem
from shared.questions.limits import LONGEST_TEXT

_READ = ["GET", "HEAD"]
# A character of JSON takes 12 at most: \\ud83d\\ude00.
_MOST_BYTES = 12 * LONGEST_TEXT + 1000


def routes(database: Database) -> APIRouter:
    """The API's routes. Errors of the database reach the app's handlers."""
    router = APIRouter(prefix="/api/v1")

    @router.api_route("/openapi.json", methods=_READ)
    async def description(request: Request) -> Response:
        return with_etag(request, document(await database.questions()))

    async def answered(question: str, asked: Mapping[str, str], request: Request) -> Response:
        answer = await database.ask(question, asked)
        form = request.query_params.get(FORMAT)
        data = await as_data(database, request, form, answer, API)
        return data or json_response(request, answer)

    @router.api_route("/verify", methods=[*_READ, "POST"])
    async def verify(request: Request) -> Response:
        if request.method != "POST":
            return await ask("verify", request)
        if unknown := parameters(request).keys() - {FORMAT, *PAGING}:
            wrong = f"{', '.join(sorted(unknown))} must be in the body"
            raise Problem(400, "Wrong question", wrong)
        return await answered("verify", await json_object(request, _MOST_BYTES), request)

    @router.api_route("/{question}", methods=_READ)
    async def ask(question: str, request: Request) -> Response:
        known = await database.questions()
        if question not in known:
            raise Problem(404, "No such question", f"there are: {', '.join(known)}")
        given = parameters(request)
        form = given.pop(FORMAT, None)
        asked = {name: value for name, value in given.items() if name not in PAGING}
        if question == "search" and of_all(request, form, API):
            asked = {"max_rows": str(MOST_HITS)} | asked
        return await answered(question, asked, request)

    return router
