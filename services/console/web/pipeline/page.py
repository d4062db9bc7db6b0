"""The route of the page."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.console.access import Login, operator_of
from services.console.addresses import address
from services.console.api.answers import FORMAT, with_etag
from services.console.bodies import form_fields
from services.console.database import Database
from services.console.forms import OTHER_PAGE, Form, form_of
from services.console.kept import Kept
from services.console.problems import Problem
from services.console.web.asked import asked_of
from services.console.web.further_tables import TABLE, further_table
from services.console.web.pipeline.chart import stacked
from services.console.web.pipeline.state import Curves, State, curves_of, quality_of, state_of
from services.console.web.render import page
from shared.dead_letters.letters import Letter, Wanted, letters
from shared.errors import DependencyDown, InvalidEvent
from shared.postgres_errors import DATABASE_ERRORS
from shared.questions import Answer, plain
from shared.reading_quality import Quality
from shared.troubles.kinds import BY_CODE

log = structlog.get_logger()

# All who look at once see the same.
_STATE_SECONDS, _CURVES_SECONDS, _QUALITY_SECONDS = 5.0, 60.0, 600.0
_AT_ONCE = 100
_MOST_BYTES = 10_000
_AGAIN_SECONDS = 5
Replay = Callable[[Sequence[Letter]], Awaitable[Mapping[str, int]]]
"""Sends dead letters back to where they came from. Raises InvalidEvent, Kafka's errors, DependencyDown."""


def routes(
    database: Database, services: Mapping[str, str], login: Login, replay: Replay | None
) -> APIRouter:
    """The page's routes; `services` are the addresses of the others, by name, `replay` what a token of the
    scope to operate may do, if there is any.
    """
    router = APIRouter()
    state = Kept(lambda: state_of(database, services), _STATE_SECONDS)
    curves = Kept(lambda: curves_of(database), _CURVES_SECONDS)
    quality = Kept(lambda: quality_of(database), _QUALITY_SECONDS)

    @router.api_route("/pipeline", methods=["GET", "HEAD"])
    async def pipeline(request: Request) -> Response:
        query = asked_of(request, "replayed", TABLE, FORMAT)
        form = Form.HTML if TABLE in query else form_of(request, query.get(FORMAT), OTHER_PAGE)
        now = await state()
        drawn: Curves | None = None
        judged: Quality | None = None
        # A database that does not answer is the first of the troubles already.
        with suppress(*DATABASE_ERRORS):
            drawn, judged = await curves(), await quality()
        tables = {
            "services": _services(services, now),
            "requests": now.outcomes,
            "dead-letters": now.dead,
            "unread": judged.unread if judged else [],
        }
        known = Answer("pipeline", {}, [], None, None, [])
        if table := await further_table(request, query, known, tables):
            return table
        if form is Form.JSON:
            content = _as_json(now) | {
                "curves": drawn and vars(drawn),
                "check": judged
                and {"wrong": judged.wrong, "unread": plain([dict(one) for one in judged.unread])},
            }
            return with_etag(request, content)
        charts = [
            (name, unit, stacked(values))
            for name, unit, values in (
                ("captures by outcome", "a day", drawn.outcomes),
                ("from request to the archive's answer", "s", drawn.lag),
                ("failed, to be retried", "an hour", drawn.failures),
                ("requests to the archives, of their budgets", "an hour", drawn.requests),
                ("archives left alone", "minutes", drawn.paused),
            )
        ] if drawn else []  # fmt: skip
        values = {
            "state": now,
            "services": services,
            "kinds": BY_CODE,
            "charts": charts,
            "quality": judged,
            "operator": replay and operator_of(request.headers.items(), login),
        }
        return page(request, "pipeline.html", query, values)

    @router.post("/pipeline/replay")
    async def replay_letters(request: Request) -> Response:
        who = operator_of(request.headers.items(), login)
        if replay is None or who is None:
            raise Problem(
                403, "No operator", "dead letters are replayed with a token that operates"
            )
        reason = (await form_fields(request, _MOST_BYTES)).get("reason")
        if reason is None:
            raise Problem(400, "Wrong question", "say of which reason: reason=")
        async with database.connection() as connection:
            found = await letters(connection, Wanted(reason=reason, limit=_AT_ONCE))
        try:
            done = await replay(found)
        except InvalidEvent as error:
            raise Problem(409, "Stopped", f"{error}: see mofcom dead-letters replay") from error
        except DependencyDown as error:
            raise Problem(
                503, "Kafka away", f"nothing was sent: {error}", _AGAIN_SECONDS
            ) from error
        log.info("dead letters replayed", by=who, reason=reason, letters=len(found))
        sent = address("/pipeline", replayed=done.get("replayed", 0))
        return RedirectResponse(f"{sent}#dead-letters", 303)

    return router


def _services(names: Iterable[str], state: State) -> list[dict[str, object]]:
    return [
        {
            "service": name,
            "silent": name in state.report.silent,
            "problems": state.report.problems.get(name, []),
            "waiting": state.measured.waiting.get(name),
        }
        for name in names
    ]


def _as_json(state: State) -> dict[str, object]:
    return {
        "troubles": [one._asdict() for one in state.troubles],
        "services": {
            "problems": state.report.problems,
            "silent": state.report.silent,
            "waiting": state.measured.waiting,
        },
        "archive": {"used": state.measured.used, "pauses": state.measured.pauses},
        "outcomes": plain([dict(row) for row in state.outcomes]),
        "saves": plain([dict(row) for row in state.saves]),
        "dead_letters": plain([dict(row) for row in state.dead]),
    }
