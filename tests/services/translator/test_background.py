"""The background lane waits for an engine, and says in the metric of troubles that it does."""

from unittest.mock import AsyncMock

import pytest

from services.translator.background import Background
from services.translator.priority import Priority
from shared.errors import DependencyDown
from shared.health import Health


def engine(why: str | None) -> AsyncMock:
    made = AsyncMock()
    made.name = "firefox"
    made.health.return_value = why
    return made


async def test_a_missing_engine_is_a_trouble_until_it_is_there() -> None:
    health, one = Health(60), engine("no model")
    background = Background([one], AsyncMock(), Priority(health), 0.01, health)
    with pytest.raises(DependencyDown, match="firefox: no model"):
        await background._engine_there()
    assert health.troubles == {"model-missing"}
    one.health.return_value = None
    await background._engine_there()
    assert health.troubles == frozenset()


async def test_whoever_wants_no_engine_misses_none() -> None:
    health = Health(60)
    with pytest.raises(DependencyDown):
        await Background([], AsyncMock(), Priority(health), 0.01, health)._engine_there()
    assert health.troubles == frozenset()
