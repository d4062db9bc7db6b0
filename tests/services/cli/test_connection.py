"""`mofcom connection` prints where the database is, and says when nothing answers there."""

from socket import create_server
from typing import Any

import pytest
from typer.testing import CliRunner

from services.cli.main import app


@pytest.fixture
def port() -> Any:
    with create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def connection(port: int, **settings: str) -> Any:
    url = f"postgresql://analyst:word@127.0.0.1:{port}/mofcom"
    return CliRunner().invoke(app, ["connection"], env={"MOFCOM_DATABASE_URL": url, **settings})


def test_it_is_printed_alone_for_other_programs(port: int) -> None:
    said = connection(port)
    assert said.stdout == f"postgresql://analyst:word@127.0.0.1:{port}/mofcom\n"
    assert (said.exit_code, said.stderr) == (0, "")


def test_outside_of_containers_it_is_the_published_address(port: int) -> None:
    said = connection(port, MOFCOM_DATABASE_PUBLISHED="127.0.0.1:25432")
    assert said.stdout == "postgresql://analyst:word@127.0.0.1:25432/mofcom\n"


def test_a_database_that_does_not_answer_is_reported_on_standard_error() -> None:
    with create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    said = connection(free)
    assert said.stdout.startswith("postgresql://")
    assert said.stderr.startswith("no database answers there now: is the pipeline running?")
    assert said.exit_code == 0
