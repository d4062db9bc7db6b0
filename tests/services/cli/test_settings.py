"""Where the command line finds the services: in the environment, else in what `mofcom up` has written."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deploy.local import lock
from deploy.local.connections import Connections, write
from services.cli.options import begins
from services.cli.settings import CliSettings, NothingRuns, fetcher_url, service_urls
from testing.waiting import LIMIT_SECONDS

OWN = {
    "fetcher": "http://127.0.0.1:1",
    "parser": "http://127.0.0.1:2",
    "indexer": "http://127.0.0.1:3",
}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Path]:
    """A data folder in which `mofcom up` runs."""
    connections = Connections(
        database_url="postgresql://x@127.0.0.1:4/x",
        passwords_dir="",
        kafka_bootstrap_servers="127.0.0.1:5",
        kafka_sasl_password_file="",
        blob_url=tmp_path.as_uri(),
        service_urls=",".join(f"{name}={url}" for name, url in OWN.items()),
    )
    with lock.exclusive(tmp_path):
        write(tmp_path, connections)
        yield tmp_path


def test_the_services_are_those_of_mofcom_up(running: Path) -> None:
    assert service_urls(CliSettings(data_dir=running)) == OWN


def test_of_a_pipeline_elsewhere_none_of_mofcom_up_is_asked(running: Path) -> None:
    elsewhere = CliSettings(
        data_dir=running, service_urls="fetcher=http://there:8000, parser=http://there:8001/,"
    )
    assert service_urls(elsewhere) == {
        "fetcher": "http://there:8000",
        "parser": "http://there:8001",
    }
    assert fetcher_url(elsewhere) == "http://there:8000"
    without = CliSettings(data_dir=running, service_urls="parser=http://there:8001")
    with pytest.raises(NothingRuns, match="MOFCOM_SERVICE_URLS names no fetcher"):
        fetcher_url(without)


def test_where_nothing_runs_none_is_known(tmp_path: Path) -> None:
    assert service_urls(CliSettings(data_dir=tmp_path)) == {}


DEAD = "postgresql://nobody@127.0.0.1:1/none"


OF_KAFKA = [
    ("KAFKA_SECURITY_PROTOCOL", "tls"),
    ("KAFKA_BOOTSTRAP_SERVERS", "broker:port"),
    ("KAFKA_SSL_CA_LOCATION", "/not/there"),
    ("STALL_SECONDS", "long"),
]
OF_ALL = [
    ("DATABASE_URL", "nonsense"),
    ("DATABASE_URL", "postgresql://x:hidden@h:port/d"),
    ("SERVICE_URLS", "parser"),
    ("SERVICE_URLS", "fetcher=ftp://x"),
]


@pytest.mark.parametrize(
    ("command", "name", "value"),
    [
        (command, *one)
        for command, read in (
            ("status --once", OF_ALL + OF_KAFKA),
            ("rebuild", OF_ALL + OF_KAFKA),
            ("dead-letters list", OF_ALL),
            ("connection", OF_ALL),
        )
        for one in read
    ],
)
def test_a_wrong_setting_is_one_line(command: str, name: str, value: str) -> None:
    given = {"MOFCOM_DATABASE_URL": DEAD, "MOFCOM_SERVICE_URLS": "fetcher=http://127.0.0.1:1"}
    done = subprocess.run(
        [sys.executable, "-m", "services.cli", *command.split()],
        env={**os.environ, **given, f"MOFCOM_{name}": value},
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"MOFCOM_{name}")
    assert "hidden" not in line


def test_a_day_begins_in_china() -> None:
    assert begins(None) is None
    given = datetime(2026, 1, 2)  # noqa: DTZ001 - as typer gives it
    assert begins(given) == datetime(2026, 1, 1, 16, tzinfo=UTC)
