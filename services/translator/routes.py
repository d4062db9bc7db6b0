"""HTTP of the translator: the state of its engines."""

from collections.abc import Sequence

from fastapi import APIRouter

from services.translator.engines.engine import Engine


def routes(engines: Sequence[Engine]) -> APIRouter:
    """GET /engines: name, version, and why each cannot translate now (null when it can)."""
    router = APIRouter()

    @router.get("/engines", summary="Which engines there are, and what those wait for that wait.")
    async def states() -> list[dict[str, str | None]]:
        return [
            {"name": engine.name, "version": engine.version, "down": await engine.health()}
            for engine in engines
        ]

    return router
