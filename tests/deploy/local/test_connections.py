import stat
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.local import lock
from deploy.local.connections import FILE_NAME, Connections, NoConnections, read, write
from shared.passwords import database_password_file

CONNECTIONS = Connections(
    database_url="postgresql://mofcom:a-b_c=@127.0.0.1:15432/mofcom",
    passwords_dir="/somewhere else/passwords",
    kafka_bootstrap_servers="127.0.0.1:19092",
    kafka_sasl_password_file="/somewhere else/passwords/operator/kafka-password",
    blob_url="file:///somewhere%20else/blobs",
    service_urls="fetcher=http://127.0.0.1:18080",
)


def test_what_is_written_is_read_as_long_as_it_runs(tmp_path: Path) -> None:
    with lock.exclusive(tmp_path):
        write(tmp_path, CONNECTIONS)
        assert read(tmp_path) == CONNECTIONS
    # As after a kill: the ports may be another's by now.
    with pytest.raises(NoConnections, match="nothing runs on"):
        read(tmp_path)


def test_only_the_owner_may_read_it_also_when_one_was_there(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch(0o644)
    (tmp_path / f"{FILE_NAME}.new").touch(0o644)
    write(tmp_path, CONNECTIONS)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_the_lines_are_settings_of_the_services(tmp_path: Path) -> None:
    write(tmp_path, CONNECTIONS)
    lines = (tmp_path / FILE_NAME).read_text().splitlines()
    assert "MOFCOM_KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:19092" in lines
    assert len(lines) == 9


def test_each_logs_in_to_the_database_as_itself_and_knows_no_other_password(tmp_path: Path) -> None:
    for role in ("analyst", "fetcher"):
        (tmp_path / role).mkdir()
        database_password_file(tmp_path, role).write_text(f"p/w of {role}")
    connections = replace(CONNECTIONS, passwords_dir=str(tmp_path))
    environment = connections.service_environment("fetcher")
    assert environment["MOFCOM_DATABASE_URL"] == "postgresql://fetcher@127.0.0.1:15432/mofcom"
    file = environment["MOFCOM_DATABASE_PASSWORD_FILE"]
    assert file == str(database_password_file(tmp_path, "fetcher"))
    assert "MOFCOM_PASSWORDS_DIR" not in environment
    assert not [name for name in connections.service_environment("parser") if "DATABASE" in name]
    roles = connections.role_settings()
    assert (
        roles.dsn_as("analyst")
        == "postgresql://analyst:p%2Fw%20of%20analyst@127.0.0.1:15432/mofcom"
    )
    assert roles.dsn() == CONNECTIONS.database_url


def test_a_missing_file_and_a_missing_line_are_reported(tmp_path: Path) -> None:
    with lock.exclusive(tmp_path):
        with pytest.raises(NoConnections, match="start `mofcom up` first"):
            read(tmp_path)
        (tmp_path / FILE_NAME).write_text("MOFCOM_DATABASE_URL=postgresql://x\n")
        with pytest.raises(NoConnections, match="lacks MOFCOM_PASSWORDS_DIR"):
            read(tmp_path)
