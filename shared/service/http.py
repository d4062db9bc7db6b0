"""The HTTP app of every service: /live, /ready, /metrics."""

from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.health import Health
from shared.service.own_requests import OwnRequestsOnly
from shared.version import __version__


def create_app(service: str, health: Health, router: APIRouter | None) -> FastAPI:
    """The app of `service`, with its own routes if it has any."""
    # Without the pages that call these routes from a browser.
    app = FastAPI(title=f"mofcom {service}", version=__version__, docs_url=None, redoc_url=None)

    @app.get("/live", summary="Fails when only a restart would help.")
    async def live() -> Response:
        return _state(health.why_not_live())

    @app.get("/ready", summary="Fails while the service waits for a dependency, and says which.")
    async def ready() -> Response:
        return _state(health.why_not_ready() + health.why_not_live())

    @app.get("/metrics", summary="Prometheus metrics.")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    app.add_middleware(OwnRequestsOnly)
    if router is not None:
        app.include_router(router)
    return app


def _state(problems: list[str]) -> Response:
    return JSONResponse({"ok": not problems, "problems": problems}, 503 if problems else 200)
