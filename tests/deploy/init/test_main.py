"""The job as it is run: a process with settings, lines and an exit status."""

import os
import subprocess
import sys

from deploy.local.connections import Connections
from deploy.local.ports import any_port
from shared.topics import TOPICS


def init(**settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deploy.init"],
        env={**os.environ, **{f"MOFCOM_{name.upper()}": value for name, value in settings.items()}},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_it_says_what_it_made_and_a_second_time_makes_nothing(
    servers: Connections, empty_database_url: str
) -> None:
    settings = {
        "kafka_bootstrap_servers": servers.kafka_bootstrap_servers,
        "database_url": empty_database_url,
    }
    first, second = init(**settings), init(**settings)
    assert (first.returncode, first.stderr) == (0, "")
    assert "0001_" in first.stdout
    assert second.stdout == f"topics: none made, {len(TOPICS)} were there\nmigrations: none run\n"


def test_it_says_what_it_waits_for_and_gives_up_in_the_end() -> None:
    nobody = f"127.0.0.1:{any_port()}"
    result = init(kafka_bootstrap_servers=nobody, init_seconds="1")
    assert result.returncode == 1
    assert result.stdout.startswith(f"waiting for Kafka at {nobody}: ")
    assert result.stdout.count("waiting") == 1
    assert result.stderr == "gave up after 1 s\n"


def test_a_wrong_password_is_said_at_once(servers: Connections) -> None:
    url = servers.database_url.replace(servers.password(), "wrong")
    result = init(
        kafka_bootstrap_servers=servers.kafka_bootstrap_servers, database_url=url, init_seconds="30"
    )
    assert result.returncode == 1
    assert "password authentication failed" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_wrong_setting_is_said_at_once() -> None:
    result = init(replication_factor="none")
    assert result.returncode == 2
    assert result.stderr.startswith("MOFCOM_REPLICATION_FACTOR='none' is wrong:")
