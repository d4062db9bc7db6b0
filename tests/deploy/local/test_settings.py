"""Every setting in the environment, and so in .env, reaches the services of `mofcom up`."""

from dataclasses import fields
from pathlib import Path

import pytest

from deploy.local.connections import Connections
from deploy.local.leftovers import Record
from deploy.local.processes import Supervisor
from deploy.local.stack import SERVICES, Ports, Stack
from docs.settings import settings
from services.cli.up.settings import wrong_settings
from shared.environment import PREFIX
from shared.settings import DatabaseSettings, KafkaSettings

# Of the servers that it runs itself. In their place settings are refused, not passed over.
SERVERS = {
    PREFIX + name.upper()
    for model in (DatabaseSettings, KafkaSettings)
    for name in model.model_fields
}
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


@pytest.mark.parametrize("name", sorted(SERVERS))
def test_one_of_servers_elsewhere_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, VALUE)
    lines = wrong_settings(watch=True, bundled=True)
    assert [line for line in lines if line.startswith(f"{name} names servers elsewhere")]
