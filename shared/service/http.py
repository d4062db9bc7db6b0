"""The HTTP app of every service: /live, /ready, /metrics."""

from collections.abc import Mapping

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from shared.health import Health
from shared.service.own_requests import OwnRequestsOnly
from shared.tokens import Token


def create_app(
    health: Health, own: ASGIApp | None, tokens: Mapping[str, Token] | None = None
) -> Starlette:
    """The app of a service, beside one of its `own` if it has any, which needs one of `tokens` if given.

    Not FastAPI, which takes 10 MB of each process: there is nothing here to describe or to validate.
    """

    async def live(_: Request) -> Response:
        """Fails when only a restart would help."""
        return _state(health.why_not_live())

    async def ready(_: Request) -> Response:
        """Fails while the service waits for a dependency, and says which."""
        return _state(health.why_not_ready() + health.why_not_live())

    async def metrics(_: Request) -> Response:
        """For Prometheus."""
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    routes: list[BaseRoute] = [
        Route("/live", live),
        Route("/ready", ready),
        Route("/metrics", metrics),
    ]
    if own is not None:
        routes.append(Mount("/", own))
    return Starlette(routes=routes, middleware=[Middleware(OwnRequestsOnly, tokens=tokens)])


def _state(problems: list[str]) -> Response:
    return JSONResponse({"ok": not problems, "problems": problems}, 503 if problems else 200)
