"""A service waits for dependencies that are not up yet, and stops when asked to."""

import asyncio
import subprocess
import sys

import pytest
import structlog

from shared.errors import DependencyDown, Stalled, TopicsMissing
from shared.health import Health
from shared.service.run import until_stalled, waited_for


def test_a_start_that_swallows_its_cancellation_is_left() -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.shared.service.stubborn"], stdout=subprocess.PIPE
    )
    assert program.stdout is not None
    try:
        while b"starting" not in program.stdout.readline():
            assert program.poll() is None
        program.terminate()
        assert program.wait(300) == 1
    finally:
        program.kill()
        program.stdout.close()


async def test_what_starts_later_is_waited_for_and_reported() -> None:
    health = Health(60, started=True)
    missing: list[Exception] = [
        ConnectionRefusedError("nobody listens"),
        TopicsMissing("no topics a: run the init job first"),
        DependencyDown("database", "no table"),
    ]
    said: list[str] = []

    async def step() -> None:
        said.extend(health.why_not_ready())
        assert health.why_not_live() == []
        if missing:
            raise missing.pop(0)

    with structlog.testing.capture_logs() as lines:
        await waited_for("kafka", step, health, 0.001)
    # Another reason of the same dependency is no line of its own.
    assert [line["waiting_for"] for line in lines] == ["kafka", "database"]
    assert "run the init job first" in said[1]
    assert health.why_not_ready() == []


async def test_what_no_waiting_mends_is_raised() -> None:
    async def step() -> None:
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        await waited_for("kafka", step, Health(60), 0.001)


@pytest.mark.looptime
async def test_a_service_without_progress_ends() -> None:
    health = Health(60, clock=asyncio.get_running_loop().time, started=True)
    health.saw_lag(3, moved=False)
    with pytest.raises(Stalled, match="no progress for 65 s with work waiting"):
        await until_stalled(health)
