"""Fixtures for all tests."""

import asyncio
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from testing.kafka_login import logged_in
from testing.servers import (
    data_dir,
    database_url,
    empty_database_url,
    kafka_bootstrap,
    migrated_template,
    servers,
)

__all__ = [
    "data_dir",
    "database_url",
    "empty_database_url",
    "kafka_bootstrap",
    "migrated_template",
    "servers",
]


@pytest.fixture(scope="session", autouse=True)
def kafka_login(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Clients in tests log in to the tests' brokers."""
    with logged_in(tmp_path_factory.mktemp("kafka")):
        yield


# A busy machine is not a failure: what is slow here is measured in bench/.
hypothesis.settings.register_profile(
    "mofcom", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("mofcom")

# looptime asks for the loop of every test, also of one without: asyncio would make it one, and
# nobody closes that. Once a loop was set, be it none, asyncio makes none.
asyncio.set_event_loop(None)


# Mostly by waiting. In the end all other workers would wait for them.
_LONGEST = (
    "tests/chaos/test_chaos.py",
    "tests/services/fetcher/test_service.py",
    "tests/pipeline/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring forward what lasts longest."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONGEST))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """The order of work under `pytest -n`."""
    from testing.parallel import ByFile

    return ByFile(config, log)
