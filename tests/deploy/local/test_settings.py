"""Every setting in the environment, and so in .env, reaches the services of `mofcom up`."""

from dataclasses import fields
from pathlib import Path

import pytest

from deploy.local.connections import Connections
from deploy.local.leftovers import Record
from deploy.local.processes import ProgramFailed, Supervisor
from deploy.local.stack import SERVICES, Ports, Stack
from docs.settings import settings
from services.cli.up.settings import wrong_settings
from shared.environment import PREFIX
from shared.passwords import database_password_file
from shared.settings import DatabaseSettings, KafkaSettings

# Of servers elsewhere, by the one that names the server: without that one the rest is refused.
OF_SERVERS = {
    first: {PREFIX + name.upper() for name in model.model_fields}
    for first, model in (
        ("MOFCOM_DATABASE_URL", DatabaseSettings),
        ("MOFCOM_KAFKA_BOOTSTRAP_SERVERS", KafkaSettings),
    )
}
SERVERS = set().union(*OF_SERVERS.values())
# Where the parts are that it starts, and where it keeps what they store.
OWN = {PREFIX + field.name.upper() for field in fields(Connections)} - {"MOFCOM_BLOB_URL"}
OWN |= {"MOFCOM_DATA_DIR", "MOFCOM_HTTP_PORT", "MOFCOM_PASSWORDS_DIR"}
VALUE = "/some/value"
NAMES = sorted({one.name for one in settings()} - SERVERS - OWN)


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_reaches_every_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, VALUE)
    stack = Stack(tmp_path, Ports.any(), Supervisor(Record(tmp_path / "up.pids")))
    for service in SERVICES:
        own = stack.connections.service_environment(service)
        program = stack._python(service, f"services.{service}", more=own)
        assert program.environment[name] == VALUE


@pytest.mark.parametrize("name", sorted(SERVERS - OF_SERVERS.keys()))
def test_one_of_a_server_that_is_not_named_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for each in SERVERS:
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(name, VALUE)
    line = f"{name} is of a server elsewhere"
    assert [one for one in wrong_settings(watch=True, bundled=True) if one.startswith(line)]
    for first, others in OF_SERVERS.items():
        if name in others:
            monkeypatch.setenv(first, "postgresql://db/x" if "URL" in first else "kafka:9092")
    assert not [one for one in wrong_settings(watch=True, bundled=True) if one.startswith(line)]


def elsewhere(tmp_path: Path, **settings: str) -> Stack:
    given = {f"MOFCOM_{name}": value for name, value in settings.items()}
    record = Supervisor(Record(tmp_path / "up.pids"))
    return Stack(tmp_path, Ports.any(), record, elsewhere=given)


def test_servers_elsewhere_are_those_of_every_service(tmp_path: Path) -> None:
    for name, content in (("owner", "o/w\n"), ("secret", "s"), ("ca", "")):
        (tmp_path / name).write_text(content)
    kafka = {
        "KAFKA_BOOTSTRAP_SERVERS": "a:9096,b:9096",
        "KAFKA_SECURITY_PROTOCOL": "sasl_ssl",
        "KAFKA_SASL_USERNAME": "notices",
        "KAFKA_SASL_PASSWORD_FILE": str(tmp_path / "secret"),
        "KAFKA_SSL_CA_LOCATION": str(tmp_path / "ca"),
    }
    stack = elsewhere(
        tmp_path,
        DATABASE_URL="postgresql://owner@db/notices?sslmode=require",
        DATABASE_PASSWORD_FILE=str(tmp_path / "owner"),
        **kafka,
    )
    init = stack.connections.init_environment()
    assert init["MOFCOM_DATABASE_URL"] == "postgresql://owner:o%2Fw@db/notices?sslmode=require"
    for name, value in kafka.items():
        assert init[f"MOFCOM_{name}"] == value
    fetcher = stack.connections.service_environment("fetcher")
    assert fetcher["MOFCOM_DATABASE_URL"] == "postgresql://fetcher@db/notices?sslmode=require"
    own = database_password_file(tmp_path / "passwords", "fetcher")
    assert fetcher["MOFCOM_DATABASE_PASSWORD_FILE"] == str(own)
    # All of them log in to a Kafka elsewhere as its one user.
    assert fetcher["MOFCOM_KAFKA_SASL_USERNAME"] == "notices"
    assert stack.connections.kafka_settings().kafka_sasl_mechanism == "SCRAM-SHA-512"


def test_one_server_elsewhere_leaves_the_other_as_it_was(tmp_path: Path) -> None:
    alone = elsewhere(tmp_path).connections
    connections = elsewhere(tmp_path, KAFKA_BOOTSTRAP_SERVERS="a:9092").connections
    assert connections.kafka_security_protocol == "plaintext"
    assert connections.kafka_sasl_username == ""
    assert "@127.0.0.1:" in connections.database_url
    assert connections.passwords_dir == alone.passwords_dir
    other = elsewhere(tmp_path, DATABASE_URL="postgresql://owner:p@db:1/x").connections
    assert other.database_url == "postgresql://owner:p@db:1/x"
    assert other.kafka_sasl_password_file == alone.kafka_sasl_password_file


def test_a_password_that_cannot_be_read_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(ProgramFailed, match="MOFCOM_DATABASE_PASSWORD_FILE cannot be read"):
        elsewhere(tmp_path, DATABASE_URL="postgresql://db/x", DATABASE_PASSWORD_FILE="/nowhere")


def test_the_owners_password_reaches_no_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"MOFCOM_DATABASE_URL": "postgresql://owner:secret@db/x"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    stack = Stack(tmp_path, Ports.any(), Supervisor(Record(tmp_path / "up.pids")), elsewhere=given)
    for service in SERVICES:
        own = stack.connections.service_environment(service)
        program = stack._python(service, f"services.{service}", more=own)
        assert "secret" not in " ".join(program.environment.values())


def test_a_console_that_would_not_start_is_said_before_anything_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MOFCOM_HTTP_HOST", "0.0.0.0")
    said = "\n".join(wrong_settings(watch=True, bundled=True))
    assert "the console answers on 0.0.0.0 only with a login" in said
