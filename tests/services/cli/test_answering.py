"""What keeps a command from the pipeline is one line and exit status 1; anything else is raised."""

import asyncio

import asyncpg
import pytest
import typer
from aiokafka.errors import KafkaConnectionError, KafkaTimeoutError

from services.cli.answering import answering
from services.cli.settings import NothingRuns
from shared.errors import BlobMissing, DependencyDown
from shared.offsets import Offsets
from shared.settings import Settings


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (NothingRuns("start it"), "start it"),
        (ConnectionRefusedError("no"), "the database does not answer (connection refused)"),
        (TimeoutError("late"), "the database does not answer (late)"),
        (asyncpg.CannotConnectNowError("starting"), "the database does not answer (starting)"),
        (KafkaConnectionError("away"), "Kafka does not answer (no broker can be reached)"),
        (KafkaTimeoutError("late"), "Kafka does not answer (KafkaTimeoutError: late)"),
        (DependencyDown("blob store", "away"), "blob store does not answer (away)"),
        (BlobMissing("bodies/00/11/2"), "blob missing: bodies/00/11/2: is MOFCOM_BLOB_URL"),
    ],
)
def test_one_line_and_no_traceback(
    error: Exception, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended, answering():
        raise error
    assert ended.value.exit_code == 1
    said = capsys.readouterr().err
    assert said.startswith(line)
    assert said.count("\n") == 1


def test_an_unreachable_broker_is_reported_once(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async def connect() -> None:
        async with Offsets(Settings(kafka_bootstrap_servers="127.0.0.1:1")):
            pass

    with pytest.raises(typer.Exit), answering():
        asyncio.run(connect())
    assert caplog.messages == []
    said = capfd.readouterr().err
    assert said.startswith("Kafka does not answer (no broker can be reached): is the pipeline")
    assert said.count("\n") == 1


def test_what_is_nobody_s_absence_is_raised() -> None:
    with pytest.raises(ZeroDivisionError), answering():
        raise ZeroDivisionError
