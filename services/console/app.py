"""The console's app: its parts, and what holds for every request."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from math import inf
from time import perf_counter

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from services.console.access import Login, refused
from services.console.allowance import Allowance
from services.console.api.routes import routes as api_routes
from services.console.database import Database
from services.console.mcp.http import Tools
from services.console.mcp.http import route as mcp_route
from services.console.problems import Problem, problem_of
from services.console.web.alerts import routes as alert_routes
from services.console.web.map import routes as map_routes
from services.console.web.notice_page import routes as notice_routes
from services.console.web.pipeline.page import Replay
from services.console.web.pipeline.page import routes as pipeline_routes
from services.console.web.render import STATIC, page
from services.console.web.routes import routes as page_routes
from shared.health import Health
from shared.postgres_errors import DATABASE_ERRORS
from shared.version import __version__

log = structlog.get_logger()

# Where no login is needed: nothing there is of the notices.
_PROBES = ("/live", "/ready", "/metrics")
_WORTH_COMPRESSING = 2_000
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; form-action 'self'; "
    "base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_app(
    database: Database,
    login: Login,
    allowance: Allowance,
    health: Health | None = None,
    services: Mapping[str, str] | None = None,
    replay: Replay | None = None,
) -> FastAPI:
    """The app; starts and stops the database's pool.

    `health` keeps whether the database answers, `services` are the addresses of the others, by name, `replay`
    sends dead letters again, for who may.
    """
    health = health or Health(stall_seconds=inf, started=True)
    tools = Tools(database)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await database.start()
        async with tools.running():
            yield
        await database.stop()

    # The API describes itself.
    app = FastAPI(version=__version__, openapi_url=None, lifespan=lifespan)

    @app.middleware("http")
    async def guard(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        began = perf_counter()
        try:
            response = _refusal(request, login, allowance) or await call_next(request)
        except Exception as error:  # noqa: BLE001 (it is logged, and answered)
            response = _answered(request, error)
        response.headers.update(_HEADERS)
        # https://www.w3.org/TR/server-timing/: browsers show it beside a request.
        response.headers["Server-Timing"] = f"app;dur={1000 * (perf_counter() - began):.1f}"
        return response

    @app.exception_handler(HTTPException)
    async def wrong(request: Request, error: HTTPException) -> Response:
        # Starlette's own: no such page, a method that is not allowed.
        problem = Problem(error.status_code, str(error.detail), "see /api/v1/openapi.json")
        return _problem_response(request, problem, dict(error.headers or {}))

    @app.get("/live")
    async def live() -> Response:
        return JSONResponse({"ok": True, "problems": []})

    async def look() -> list[str]:
        """Why it is not ready."""
        try:
            await database.look()
        except DATABASE_ERRORS as error:
            health.hold(database, "postgres", repr(error))
        else:
            health.release(database)
        return health.why_not_ready()

    @app.get("/ready")
    async def ready() -> Response:
        problems = await look()
        return JSONResponse({"ok": not problems, "problems": problems}, 503 if problems else 200)

    @app.get("/metrics")
    async def metrics() -> Response:
        # The metric of troubles says what is so now.
        await look()
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    for routes in (api_routes, page_routes, notice_routes, map_routes, alert_routes):
        app.include_router(routes(database))
    app.include_router(pipeline_routes(database, services or {}, login, replay))
    app.router.routes.append(mcp_route(tools))
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_COMPRESSING, compresslevel=4)
    return app


def _refusal(request: Request, login: Login, allowance: Allowance) -> Response | None:
    if request.url.path in _PROBES:
        return None
    if problem := refused(request.method, request.headers.items(), login):
        basic = {"WWW-Authenticate": 'Basic realm="MOFCOM notices"'} if login.tokens else {}
        return _problem_response(request, problem, basic if problem.status == 401 else {})
    wait = allowance.seconds_to_wait(request.client.host if request.client else "")
    if wait:
        many = "too many requests of this address in a minute"
        problem = Problem(429, "Too many requests", many, retry_after=int(wait) + 1)
        return _problem_response(request, problem, {})
    return None


def _answered(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    if problem is None:
        log.error("a request failed", why=repr(error), exc_info=error)
        problem = Problem(500, "Fault", "this is a fault of the console: its log has more")
    elif problem.status == 503:
        log.warning("the database does not answer", why=repr(error))
    return _problem_response(request, problem, {})


def _problem_response(request: Request, problem: Problem, headers: dict[str, str]) -> Response:
    """A problem as a page for browsers, else as ``application/problem+json``."""
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    if "text/html" in request.headers.get("accept", ""):
        response: Response = page(request, "problem.html", {}, {"problem": problem}, problem.status)
        response.headers.update(headers)
        return response
    content = {"title": problem.title, "status": problem.status, "detail": problem.detail}
    body = json.dumps(content, ensure_ascii=False)
    return Response(body, problem.status, headers, "application/problem+json")
