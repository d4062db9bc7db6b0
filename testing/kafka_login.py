"""How tests log in to their brokers: as the broker itself, which may do everything."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from deploy.local.connections import Connections
from deploy.private_files import create_private
from shared.kafka import client_options
from shared.passwords import KAFKA, kafka_password_file
from shared.settings import KafkaSettings

_OF_ALL_BROKERS = "of all brokers"


def set_password(data_dir: Path) -> None:
    """Let the broker that starts on this folder have the password of `logged_in`."""
    file = kafka_password_file(data_dir / "passwords", KAFKA)
    file.parent.mkdir(parents=True, mode=0o700)
    create_private(file, _OF_ALL_BROKERS)


@contextmanager
def logged_in(folder: Path) -> Iterator[None]:
    """Settings that say nothing else of Kafka log in to any broker with that password.

    So do programs that are started meanwhile. `folder` is for a file.
    """
    file = folder / "kafka-password"
    create_private(file, _OF_ALL_BROKERS)
    with pytest.MonkeyPatch.context() as environment:
        for name, value in _settings(file).items():
            environment.setenv(f"MOFCOM_{name.upper()}", str(value))
        yield


def as_broker(connections: Connections) -> KafkaSettings:
    """Settings for any broker of `mofcom up`."""
    file = kafka_password_file(Path(connections.passwords_dir), KAFKA)
    servers = connections.kafka_bootstrap_servers
    return KafkaSettings(kafka_bootstrap_servers=servers, **_settings(file))


def options(bootstrap_servers: str) -> dict[str, Any]:
    """What aiokafka's clients need for a broker of which `logged_in` has the password."""
    return client_options(KafkaSettings(kafka_bootstrap_servers=bootstrap_servers))


def broker_environment(data_dir: Path) -> dict[str, str]:
    """The login of the broker that runs on this folder, for the init job."""
    file = kafka_password_file(data_dir / "passwords", KAFKA)
    return {f"MOFCOM_{name.upper()}": str(value) for name, value in _settings(file).items()}


def _settings(password_file: Path) -> dict[str, Any]:
    return {
        "kafka_security_protocol": "sasl_plaintext",
        "kafka_sasl_mechanism": "PLAIN",
        "kafka_sasl_username": KAFKA,
        "kafka_sasl_password_file": password_file,
    }
