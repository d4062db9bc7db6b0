"""Where the command line finds the services: in the environment, else in what `mofcom up` has written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import lock
from deploy.local.connections import Connections, write
from services.cli.settings import CliSettings, service_urls

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
        analyst_password_file="",
        ingest_password_file="",
        kafka_bootstrap_servers="127.0.0.1:5",
        blob_url=tmp_path.as_uri(),
        fetcher_url=OWN["fetcher"],
        service_urls=",".join(f"{name}={url}" for name, url in OWN.items() if name != "fetcher"),
    )
    with lock.exclusive(tmp_path):
        write(tmp_path, connections)
        yield tmp_path


def test_the_services_are_those_of_mofcom_up(running: Path) -> None:
    assert service_urls(CliSettings(data_dir=running)) == OWN


def test_of_a_pipeline_elsewhere_none_of_mofcom_up_is_asked(running: Path) -> None:
    elsewhere = CliSettings(data_dir=running, fetcher_url="http://there:8000")
    assert service_urls(elsewhere) == {"fetcher": "http://there:8000"}
    named = CliSettings(
        data_dir=running,
        fetcher_url="http://there:8000",
        service_urls="parser=http://there:8001/, indexer=http://there:8002,",
    )
    assert service_urls(named) == {
        "fetcher": "http://there:8000",
        "parser": "http://there:8001",
        "indexer": "http://there:8002",
    }


def test_where_nothing_runs_none_is_known(tmp_path: Path) -> None:
    assert service_urls(CliSettings(data_dir=tmp_path)) == {}
