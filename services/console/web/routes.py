"""The pages. The address of each has its question."""

from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from services.console.api.answers import FORMAT, parameters
from services.console.bodies import form_fields, upload
from services.console.data import as_data
from services.console.database import Database
from services.console.feeds.response import FORMATS, as_feed
from services.console.forms import Form
from services.console.problems import Problem
from services.console.web.duties import duties
from services.console.web.lit import Evidence, pieces
from services.console.web.notice import legislation, parts_of, side_by_side
from services.console.web.render import LANGUAGE, notice_address, page
from services.console.web.screening import MOST_BYTES, names_of, screen_all
from shared.chinese.dates import BEIJING
from shared.questions import TEXT, Answer
from shared.questions.limits import LONGEST_TEXT
from shared.questions.receipts import make_receipt

_READ = ["GET", "HEAD"]
# A day that is asked for is asked for at its end.
_END_OF_DAY = " 23:59:59+08"
_MOST_CHOICE = 10_000
# A character takes 12 bytes at most in a form: %F0%9F%98%80.
_MOST_TEXT = 12 * LONGEST_TEXT + 1000
_LISTS = "SELECT DISTINCT list, list_en FROM listed_entities ORDER BY list_en"


def routes(database: Database) -> APIRouter:
    """The pages' routes. Errors of the database reach the app's handlers."""
    router = APIRouter()

    async def answered(
        request: Request, question: str, asked: Mapping[str, str], template: str, **values: object
    ) -> Response:
        """The page of a question, its JSON or its table; without an answer while nothing is asked."""
        query = parameters(request)
        if query.get(FORMAT) in FORMATS:
            asked = as_feed(question, asked)
        answer = await database.ask(question, asked) if asked or question in _ALWAYS else None
        if answer is not None and (other := await data(request, query, answer)):
            return other
        return page(request, template, query, {"answer": answer, **values})

    async def data(request: Request, query: Mapping[str, str], answer: Answer) -> Response | None:
        """The answer as JSON, a table or a feed, if that is asked for; None for a page."""
        return await as_data(database, request, query.get(FORMAT), answer, Form.HTML)

    @router.api_route("/", methods=_READ)
    async def home(request: Request) -> Response:
        answer, changes = await database.ask("calendar", {}), await database.ask("changes", {})
        recent = [
            row
            for row in changes.rows
            if row["page_kind"] in ("notice", "law") and row["fields"] != ["translation_state"]
        ]
        newest = recent[: -_NEWEST - 1 : -1]
        values = {"answer": answer, "changes": newest, "feed": "/api/v1/changes"}
        return page(request, "home.html", {}, values)

    @router.api_route("/search", methods=_READ)
    async def search(request: Request) -> Response:
        query = parameters(request)
        asked = _given(query, words="q", since="since", last_day="last_day")
        if "words" not in asked:
            asked = {}
        return await answered(request, "search", asked, "search.html")

    @router.api_route("/in-force", methods=_READ)
    async def in_force(request: Request) -> Response:
        query = parameters(request)
        asked = _given(query, notice="notice") and _given(query, notice="notice", at="on")
        return await answered(request, "in_force", asked, "in_force.html")

    @router.api_route("/lists", methods=_READ)
    async def lists(request: Request) -> Response:
        async with database.connection() as connection:
            known = [tuple(row) for row in await connection.fetch(_LISTS)]
        asked = _given(parameters(request), list="list", at="on")
        return await answered(request, "listed", asked, "lists.html", lists=known)

    @router.api_route("/applies", methods=_READ)
    async def applies(request: Request) -> Response:
        query = parameters(request)
        asked = _given(
            query, hs="hs", direction="direction", country="country", party="party", at="on"
        )
        if not asked.keys() & {"hs", "party"}:
            asked = {}
        return await answered(request, "applies", asked, "applies.html")

    @router.api_route("/hs/{code}", methods=_READ)
    async def code(request: Request, code: str) -> Response:
        asked = {"hs": code} | _given(parameters(request), at="on")
        query = {"hs": code} | parameters(request)
        answer = await database.ask("applies", asked)
        other = await data(request, query, answer)
        return other or page(request, "applies.html", query, {"answer": answer})

    @router.api_route("/screen", methods=_READ)
    async def screen(request: Request) -> Response:
        query = parameters(request)
        asked = _given(query, name="name") and _given(query, name="name", at="on")
        return await answered(request, "screen", asked, "screen.html", screened=None)

    @router.post("/screen")
    async def screen_file(request: Request) -> Response:
        sent = await upload(request, MOST_BYTES)
        names = await names_of(sent)
        question = (await database.questions())["screen"]
        async with database.connection() as connection:
            at = _given(sent.fields, at="on").get("at")
            answer = await screen_all(connection, question, names, at)
        if other := await data(request, sent.fields, answer):
            return other
        values = {"answer": None, "screened": answer, "names": names}
        return page(request, "screen.html", {"on": sent.fields.get("on", "")}, values)

    @router.api_route("/receipt", methods=_READ)
    async def receipt(request: Request) -> Response:
        query = parameters(request)
        if not (name := query.get("name")):
            raise Problem(
                400, "Wrong question", "a receipt is of a name: /receipt?name=…&on=2025-12-01"
            )
        try:
            day = date.fromisoformat(query["on"]) if query.get("on") else None
        except ValueError as error:
            raise Problem(400, "Wrong value", "on must be a day, as 2025-12-01") from error
        day = day or datetime.now(BEIJING).date()
        async with database.connection() as connection:
            made = await make_receipt(connection, name, day)
        file_name = quote(f"receipt {name} {day}.json", safe="")
        return JSONResponse(
            made, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{file_name}"}
        )

    @router.api_route("/verify", methods=_READ)
    async def verify(request: Request) -> Response:
        return page(request, "verify.html", parameters(request), {"answer": None})

    @router.post("/verify")
    async def verify_text(request: Request) -> Response:
        given = await form_fields(request, _MOST_TEXT)
        # Browsers send line ends as in RFC 2046, which would count twice.
        text = given.get(TEXT, "").replace("\r\n", "\n")
        if not text.strip():
            raise Problem(400, "Wrong question", "paste the text that is to be verified")
        answer = await database.ask("verify", {TEXT: text, **_given(given, at="on")})
        if other := await data(request, given, answer):
            return other
        cited = [
            Evidence(number, row["starts"], row["starts"] + len(row["quote"]))
            for number, row in enumerate(answer.rows, start=1)
        ]
        values = {"answer": answer, "lines": pieces(text, cited), "feed": None}
        return page(request, "verify.html", given | {TEXT: text}, values)

    @router.api_route("/duties", methods=_READ)
    async def rates(request: Request) -> Response:
        query = parameters(request)
        async with database.connection() as connection:
            asked = _given(query, product="product", origin="origin", at="on")
            answer = await duties(connection, asked)
        other = await data(request, query, answer)
        return other or page(request, "duties.html", query, {"answer": answer})

    @router.api_route("/calendar", methods=_READ)
    async def calendar(request: Request) -> Response:
        asked = _given(parameters(request), first_day="first_day", last_day="last_day")
        return await answered(request, "calendar", asked, "calendar.html")

    @router.api_route("/n/{key:path}", methods=_READ)
    async def notice(request: Request, key: str) -> Response:
        answer = await database.ask("notice", {"named": key})
        if other := await data(request, parameters(request), answer):
            return other
        if len(answer.rows) != 1:
            raise Problem(
                300, "Several notices", ", ".join(row["notice_key"] for row in answer.rows)
            )
        row = answer.rows[0]
        if row["notice_key"] != key:
            return RedirectResponse(notice_address(row["notice_key"]), 307)
        (status,) = (await database.ask("in_force", {"notice": key})).rows
        cited = await database.ask("cites", {"notice": key})
        async with database.connection() as connection:
            parts = await parts_of(connection, key)
        values = {
            "answer": answer,
            "row": row,
            "status": status,
            "lines": side_by_side(row["body_text"] or "", row["text_en"], parts.evidence),
            "values": parts.evidence,
            "citations": cited.rows,
            "copies": parts.copies,
            "attachments": parts.attachments,
            "legislation": legislation(row, str(request.url)),
        }
        return page(request, "notice.html", {}, values)

    @router.post("/language")
    async def language(request: Request) -> Response:
        form = await form_fields(request, _MOST_CHOICE)
        chosen, back = form.get("to", ""), form.get("back", "/")
        # To a page of this console, and no other.
        parts = urlsplit(back)
        own = back.startswith("/") and not parts.netloc and not back.startswith(("//", "/\\"))
        response = RedirectResponse(back if own else "/", 303)
        response.set_cookie(
            LANGUAGE, "zh" if chosen == "zh" else "en", samesite="strict", httponly=True
        )
        return response

    return router


_NEWEST = 20
# Questions that need no parameter.
_ALWAYS = ("listed", "calendar")


def _given(query: Mapping[str, str], **names: str) -> dict[str, str]:
    """Parameters of a question by those of the page that are filled in; `at` is the end of a day."""
    found = {name: query[own] for name, own in names.items() if query.get(own)}
    if "at" in found:
        found["at"] += _END_OF_DAY
    return found
