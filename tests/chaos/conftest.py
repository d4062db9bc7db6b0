"""One stage for all tests of a file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.chaos.stage import Stage
from tests.chaos.stage import stage as staged


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running() -> AsyncIterator[Stage]:
    async with staged() as ready:
        yield ready


@pytest_asyncio.fixture(loop_scope="module")
async def stage(running: Stage) -> Stage:
    """Whole again, however the test before has ended."""
    await running.all_there()
    return running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes many minutes runs when asked for; the kill suite in short always runs."""
    for item in items:
        if Path(__file__).parent in item.path.parents and item.path.name != "test_chaos.py":
            item.add_marker(pytest.mark.chaos)
