"""HTTP of the translator: the state of its engines."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.translator.engines.engine import Engine


def engines_app(engines: Sequence[Engine]) -> Starlette:
    """GET /engines: name, version, and why each cannot translate now (null when it can)."""

    async def states(_: Request) -> Response:
        return JSONResponse(
            [
                {"name": engine.name, "version": engine.version, "down": await engine.health()}
                for engine in engines
            ]
        )

    return Starlette(routes=[Route("/engines", states)])
