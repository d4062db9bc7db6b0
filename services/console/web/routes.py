"""The pages. The address of each has its question."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from services.console.api.answers import FORMAT, with_etag
from services.console.bodies import form_fields, upload
from services.console.data import MOST_HITS, as_data, of_all
from services.console.database import Database
from services.console.forms import ANSWER_PAGE, OTHER_PAGE, Form, form_of
from services.console.kept import Kept
from services.console.problems import Problem
from services.console.web.asked import OF_ANSWERS, asked_of, given, known
from services.console.web.drawings import (
    chains,
    history,
    listed_alone,
    listings,
    rates_drawn,
    today,
)
from services.console.web.entity import entity, spans
from services.console.web.further_tables import TABLE, further_table
from services.console.web.home import completeness, news
from services.console.web.lit import Evidence, pieces
from services.console.web.render import LANGUAGE, page
from services.console.web.screening import MOST_BYTES, names_of, screen_all
from services.console.web.search import (
    CHOICES_SECONDS,
    KINDS,
    PARAMETERS,
    ROWS,
    STATUSES,
    Choices,
    asked_of_search,
    choices,
)
from services.console.web.timeline import timeline
from shared.questions import TEXT, Answer, plain
from shared.questions.limits import LONGEST_TEXT
from shared.questions.receipts import make_receipt

_READ = ["GET", "HEAD"]
_MOST_CHOICE = 10_000
# A character takes 12 bytes at most in a form: %F0%9F%98%80.
_MOST_TEXT = 12 * LONGEST_TEXT + 1000
_LISTS = "SELECT DISTINCT list, list_en FROM listed_entities ORDER BY list_en"


def routes(database: Database) -> APIRouter:
    """The pages' routes. Errors of the database reach the app's handlers."""
    router = APIRouter()

    async def count() -> Choices:
        async with database.connection() as connection:
            return await choices(connection)

    offered = Kept(count, CHOICES_SECONDS)

    async def answered(
        request: Request,
        query: Mapping[str, str],
        question: str,
        asked: Mapping[str, str],
        template: str,
        drawing: Callable[[Answer], object] = _nothing_drawn,
        **values: object,
    ) -> Response:
        """The page of a question, its JSON or its table; without an answer while nothing is asked."""
        answer = await database.ask(question, asked) if asked or question in _ALWAYS else None
        if answer is None and query.get(FORMAT, Form.HTML) != Form.HTML:
            raise Problem(400, "Wrong question", "nothing is asked: fill in the form of the page")
        if answer is not None and (other := await data(request, query, answer)):
            return other
        values["drawn"] = drawing(answer) if answer else None
        return page(request, template, query, {"answer": answer, **values})

    async def data(request: Request, query: Mapping[str, str], answer: Answer) -> Response | None:
        """The answer as JSON, a table or a feed, if that is asked for; None for a page."""
        return await as_data(database, request, query.get(FORMAT), answer, ANSWER_PAGE)

    series = Kept(lambda: completeness(database, today().year), CHOICES_SECONDS)

    @router.api_route("/", methods=_READ)
    async def home(request: Request) -> Response:
        form = form_of(request, asked_of(request, FORMAT).get(FORMAT), OTHER_PAGE)
        due = await database.ask("calendar", {})
        async with database.connection() as connection:
            fresh, changes = await news(connection)
        values: dict[str, object] = {"changes": changes, "series": await series(), "fresh": fresh}
        if form is Form.JSON:
            return with_etag(request, plain(values | {"calendar": due.rows}))
        values |= {"answer": due, "feed": "/api/v1/changes", "year": today().year}
        return page(request, "home.html", {}, values)

    @router.api_route("/search", methods=_READ)
    async def search(request: Request) -> Response:
        query = asked_of(request, *PARAMETERS, *OF_ANSWERS)
        asked = asked_of_search(query)
        if asked:
            every = of_all(request, query.get(FORMAT), ANSWER_PAGE)
            asked["max_rows"] = str(MOST_HITS) if every else query.get("rows") or str(ROWS)
        return await answered(
            request,
            query,
            "search",
            asked,
            "search.html",
            choices=await offered(),
            statuses=STATUSES,
            kinds=KINDS,
        )

    @router.api_route("/in-force", methods=_READ)
    async def in_force(request: Request) -> Response:
        query = asked_of(request, "notice", "on", *OF_ANSWERS)
        asked = given(query, "notice", notice="notice", at="on")
        return await answered(request, query, "in_force", asked, "in_force.html", chains)

    @router.api_route("/lists", methods=_READ)
    async def lists(request: Request) -> Response:
        query = asked_of(request, "list", "on", "removed", *OF_ANSWERS)
        async with database.connection() as connection:
            kept = [tuple(row) for row in await connection.fetch(_LISTS)]
        asked = given(query, list="list", at="on")
        removed = query.get("removed") or "false"
        if removed not in ("true", "false"):
            raise Problem(400, "Wrong value", "removed must be true or false")
        # The timeline has those that were removed in any case.
        everything = await database.ask("listed", asked | {"removed": "true"})
        answer = everything if removed == "true" else listed_alone(everything, asked)
        if other := await data(request, query, answer):
            return other
        values = {"answer": answer, "drawn": listings(everything), "lists": kept}
        return page(request, "lists.html", query, values)

    @router.api_route("/entity", methods=_READ)
    async def of_entity(request: Request) -> Response:
        query = asked_of(request, "name", "on", TABLE, *OF_ANSWERS)
        if not query.get("name"):
            raise Problem(400, "Wrong question", "an entity is asked for by its name: ?name=")
        answer = await database.ask("screen", given(query, name="name", at="on"))
        if TABLE not in query and (other := await data(request, query, answer)):
            return other
        async with database.connection() as connection:
            found = await entity(connection, answer, query.get("on"))
        if table := await further_table(request, query, answer, {"decisions": found.decisions}):
            return table
        drawn = timeline(spans(found), today())
        return page(
            request, "entity.html", query, {"answer": answer, "found": found, "drawn": drawn}
        )

    @router.api_route("/applies", methods=_READ)
    async def applies(request: Request) -> Response:
        query = asked_of(request, "hs", *_SHIPMENT, *OF_ANSWERS)
        asked = given(query, "hs", "party", hs="hs", **_SHIPMENT_ASKED)
        return await answered(request, query, "applies", asked, "applies.html", history)

    @router.api_route("/hs/{code}", methods=_READ)
    async def code(request: Request, code: str) -> Response:
        query = asked_of(request, *_SHIPMENT, *OF_ANSWERS) | {"hs": code}
        asked = given(query, hs="hs", **_SHIPMENT_ASKED)
        return await answered(request, query, "applies", asked, "applies.html", history)

    @router.api_route("/screen", methods=_READ)
    async def screen(request: Request) -> Response:
        query = asked_of(request, "name", "on", *OF_ANSWERS)
        asked = given(query, "name", name="name", at="on")
        return await answered(request, query, "screen", asked, "screen.html", screened=None)

    @router.post("/screen")
    async def screen_file(request: Request) -> Response:
        sent = await upload(request, MOST_BYTES)
        known(sent.fields, request.url.path, "file", "column", "names", "on", FORMAT)
        names = await names_of(sent)
        question = (await database.questions())["screen"]
        async with database.connection() as connection:
            at = given(sent.fields, at="on").get("at")
            answer = await screen_all(connection, question, names, at)
        if other := await data(request, sent.fields, answer):
            return other
        values = {"answer": None, "screened": answer, "names": names}
        return page(request, "screen.html", {"on": sent.fields.get("on", "")}, values)

    @router.api_route("/receipt", methods=_READ)
    async def receipt(request: Request) -> Response:
        query = asked_of(request, "name", "on")
        if not (name := query.get("name")):
            raise Problem(
                400, "Wrong question", "a receipt is of a name: /receipt?name=…&on=2025-12-01"
            )
        try:
            day = date.fromisoformat(query["on"]) if query.get("on") else None
        except ValueError as error:
            raise Problem(400, "Wrong value", "on must be a day, as 2025-12-01") from error
        day = day or today()
        async with database.connection() as connection:
            made = await make_receipt(connection, name, day)
        file_name = quote(f"receipt {name} {day}.json", safe="")
        return JSONResponse(
            made, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{file_name}"}
        )

    @router.api_route("/verify", methods=_READ)
    async def verify(request: Request) -> Response:
        return await answered(request, asked_of(request, FORMAT), "verify", {}, "verify.html")

    @router.post("/verify")
    async def verify_text(request: Request) -> Response:
        sent = known(await form_fields(request, _MOST_TEXT), request.url.path, TEXT, "on", FORMAT)
        # Browsers send line ends as in RFC 2046, which would count twice.
        text = sent.get(TEXT, "").replace("\r\n", "\n")
        if not text.strip():
            raise Problem(400, "Wrong question", "paste the text that is to be verified")
        answer = await database.ask("verify", {TEXT: text, **given(sent, at="on")})
        if other := await data(request, sent, answer):
            return other
        cited = [
            Evidence(number, row["starts"], row["starts"] + len(row["quote"]))
            for number, row in enumerate(answer.rows, start=1)
        ]
        values = {"answer": answer, "lines": pieces(text, cited), "feed": None}
        return page(request, "verify.html", sent | {TEXT: text}, values)

    @router.api_route("/duties", methods=_READ)
    async def rates(request: Request) -> Response:
        query = asked_of(request, "product", "origin", "on", *OF_ANSWERS)
        asked = given(query, goods="product", origin="origin", at="on")
        # Of all duties at once a drawing says nothing.
        drawing = rates_drawn if asked else _nothing_drawn
        return await answered(request, query, "duties", asked, "duties.html", drawing)

    @router.api_route("/calendar", methods=_READ)
    async def calendar(request: Request) -> Response:
        query = asked_of(request, *_DAYS, *OF_ANSWERS)
        asked = given(query, **{name: name for name in _DAYS})
        return await answered(request, query, "calendar", asked, "calendar.html")

    @router.post("/language")
    async def language(request: Request) -> Response:
        form = await form_fields(request, _MOST_CHOICE)
        chosen, back = form.get("to", ""), form.get("back", "/")
        # To a page of this console, and no other: browsers take \ for /, and leave tabs and line ends out.
        own = re.fullmatch(r"/(?![/\\])[^\x00-\x20]*", back)
        response = RedirectResponse(back if own else "/", 303)
        response.set_cookie(
            LANGUAGE, "zh" if chosen == "zh" else "en", samesite="strict", httponly=True
        )
        return response

    return router


# Questions that need no parameter.
_ALWAYS = ("calendar", "duties")
_DAYS = ("first_day", "last_day")
# What is asked of a shipment besides its goods, and by which parameter of the page.
_SHIPMENT_ASKED = {"direction": "direction", "country": "country", "party": "party", "at": "on"}
_SHIPMENT = tuple(_SHIPMENT_ASKED.values())


def _nothing_drawn(_: Answer) -> None:
    """Most answers have no timeline."""
