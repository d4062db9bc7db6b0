"""The pages of alerts: all of them, and what one has found."""

from fastapi import APIRouter, Request, Response

from services.console.alerts import alerts, matches
from services.console.api.answers import FORMAT
from services.console.data import as_data
from services.console.database import Database
from services.console.forms import ANSWER_PAGE
from services.console.web.asked import OF_ANSWERS, asked_of
from services.console.web.render import page

_READ = ["GET", "HEAD"]


def routes(database: Database) -> APIRouter:
    """The pages' routes. Errors of the database reach the app's handlers."""
    router = APIRouter()

    @router.api_route("/alerts", methods=_READ)
    async def all_alerts(request: Request) -> Response:
        async with database.connection() as connection:
            found = await alerts(connection)
        query = asked_of(request, *OF_ANSWERS)
        other = await as_data(database, request, query.get(FORMAT), found.answer, ANSWER_PAGE)
        return other or page(request, "alerts.html", query, found._asdict() | {"feed": None})

    @router.api_route("/alerts/{name}", methods=_READ)
    async def alert(request: Request, name: str) -> Response:
        async with database.connection() as connection:
            answer = await matches(connection, name)
        query = asked_of(request, *OF_ANSWERS)
        other = await as_data(database, request, query.get(FORMAT), answer, ANSWER_PAGE)
        return other or page(request, "alert.html", query, {"answer": answer, "alert": name})

    return router
