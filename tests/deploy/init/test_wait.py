import asyncio

import asyncpg
import pytest
from aiokafka.errors import (
    InvalidReplicationFactorError,
    KafkaConnectionError,
    PolicyViolationError,
)

from deploy.init import wait
from deploy.init.wait import until_done


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wait, "_PAUSE_SECONDS", 0.0)


async def test_it_waits_for_one_as_for_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    met = [
        KafkaConnectionError("no broker"),
        KafkaConnectionError("no broker"),
        InvalidReplicationFactorError("all brokers are fenced"),
        asyncpg.CannotConnectNowError("the database system is starting up"),
        ConnectionRefusedError(111, "refused"),
    ]

    async def action() -> str:
        if met:
            raise met.pop(0)
        return "done"

    assert await until_done("both", action) == "done"
    lines = capsys.readouterr().out.splitlines()
    # Each reason once.
    assert len(lines) == 4
    assert lines[0] == "waiting for both: KafkaConnectionError: no broker"
    assert lines[-1] == "waiting for both: [Errno 111] refused"


async def test_it_prints_reminders_also_while_nothing_answers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed: list[str] = []

    async def action() -> None:
        # A connection that nobody answers neither fails nor ends.
        while len(printed) < 2:
            await asyncio.sleep(0)
            printed.extend(capsys.readouterr().out.splitlines())

    await until_done("Kafka at k:9092", action, remind_seconds=0.001)
    assert printed[:2] == [
        "still waiting for Kafka at k:9092 after 0.001 s",
        "still waiting for Kafka at k:9092 after 0.002 s",
    ]


@pytest.mark.parametrize(
    "error",
    [asyncpg.InvalidPasswordError("wrong"), PolicyViolationError("too many"), ValueError("own")],
)
async def test_what_no_waiting_mends_is_raised_at_once(error: Exception) -> None:
    async def action() -> None:
        raise error

    with pytest.raises(type(error)):
        await until_done("it", action)
