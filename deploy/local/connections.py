"""The addresses of what runs: the file `connections.env` in the data folder, mode 0600.

It is there while `mofcom up` runs. A run that was killed leaves it, so it counts only while the folder is
locked: its ports may be those of another run by now.
"""

from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from deploy.local import lock
from deploy.private_files import replace_private
from shared.database_url import with_password_file
from shared.environment import PREFIX
from shared.passwords import (
    KAFKA,
    OPERATOR,
    ROLES,
    Role,
    database_password_file,
    kafka_password_file,
)

if TYPE_CHECKING:
    from shared.settings import KafkaSettings, RoleSettings

FILE_NAME = "connections.env"
# Folders in the data folder that other modules need as well.
MODELS = "models"
LOGS = "logs"


@dataclass(frozen=True)
class Connections:
    """The addresses of all parts. The fields are settings, MOFCOM_DATABASE_URL and so on; empty: not set.

    The database's address is that of its owner, and Kafka's user is the command line's, or the one user
    of a Kafka elsewhere.
    """

    database_url: str
    passwords_dir: str
    kafka_bootstrap_servers: str
    blob_url: str
    service_urls: str
    kafka_sasl_password_file: str = ""
    kafka_sasl_username: str = OPERATOR
    kafka_sasl_mechanism: str = "SCRAM-SHA-512"
    kafka_security_protocol: str = "sasl_plaintext"
    # Only of a Kafka elsewhere.
    kafka_sasl_token_url: str = ""
    kafka_sasl_token_scope: str = ""
    kafka_ssl_ca_location: str = ""
    kafka_ssl_certificate_location: str = ""
    kafka_ssl_key_location: str = ""

    def environment(self) -> dict[str, str]:
        """The settings, as the command line reads them."""
        return {
            PREFIX + one.name.upper(): value
            for one in fields(self)
            if (value := getattr(self, one.name)) or one.default is MISSING
        }

    def init_environment(self) -> dict[str, str]:
        """The same for the init job, which logs in to a broker of our own as the broker itself."""
        own = {"MOFCOM_KAFKA_SASL_MECHANISM": "PLAIN"} if self._has_own_users else {}
        return self._as_user(KAFKA) | own

    def service_environment(self, service: str) -> dict[str, str]:
        """The same for a service, which connects to Kafka and the database as itself, if at all.

        The console asks as an analyst.
        """
        environment = self._as_user(service)
        for owners in ("MOFCOM_DATABASE_URL", "MOFCOM_PASSWORDS_DIR"):
            del environment[owners]
        role = "analyst" if service == "console" else service
        if role in ROLES:
            url = urlsplit(self.database_url)
            own = url._replace(netloc=f"{role}@{url.netloc.rpartition('@')[2]}")
            file = database_password_file(Path(self.passwords_dir), role)
            environment |= {
                "MOFCOM_DATABASE_URL": own.geturl(),
                "MOFCOM_DATABASE_PASSWORD_FILE": str(file),
            }
        return environment

    def url_of(self, role: Role) -> str:
        """The database's address for a role, with its password. Raises OSError."""
        file = database_password_file(Path(self.passwords_dir), role)
        return with_password_file(self.database_url, file, role)

    @property
    def _has_own_users(self) -> bool:
        own = kafka_password_file(Path(self.passwords_dir), OPERATOR)
        return Path(self.kafka_sasl_password_file) == own

    def _as_user(self, user: str) -> dict[str, str]:
        if not self._has_own_users:
            return self.environment()
        file = kafka_password_file(Path(self.passwords_dir), user)
        return self.environment() | {
            "MOFCOM_KAFKA_SASL_USERNAME": user,
            "MOFCOM_KAFKA_SASL_PASSWORD_FILE": str(file),
        }

    def kafka_settings(self) -> "KafkaSettings":
        """Only the settings of Kafka."""
        from shared.settings import KafkaSettings

        return KafkaSettings(
            **{
                name: value
                for name, value in asdict(self).items()
                if name.startswith("kafka_") and value
            }
        )

    def role_settings(self) -> "RoleSettings":
        """Only the settings of the database."""
        # Not at the top: `mofcom psql` reads this file and does not need pydantic.
        from shared.settings import RoleSettings

        return RoleSettings(
            database_url=self.database_url,
            database_password_file=None,
            passwords_dir=Path(self.passwords_dir),
        )


class NoConnections(Exception):
    """Nothing runs on the data folder, or it is just starting."""


def write(data_dir: Path, connections: Connections) -> None:
    """Write the file atomically, readable only by its owner."""
    lines = (f"{name}={value}\n" for name, value in connections.environment().items())
    replace_private(data_dir / FILE_NAME, "".join(lines))


def remove(data_dir: Path) -> None:
    """Remove the file: nothing runs any more, or not yet."""
    (data_dir / FILE_NAME).unlink(missing_ok=True)


def read(data_dir: Path) -> Connections:
    """Where that runs which holds the data folder. Raises NoConnections."""
    nothing = NoConnections(f"nothing runs on {data_dir}: start `mofcom up` first")
    if not lock.is_held(data_dir):
        raise nothing
    path = data_dir / FILE_NAME
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise nothing from None
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    found = {one.name: values.get(PREFIX + one.name.upper()) for one in fields(Connections)}
    for one in fields(Connections):
        if one.default is MISSING and found[one.name] is None:
            lacks = PREFIX + one.name.upper()
            raise NoConnections(f"{path} lacks {lacks}: run `mofcom up` again")
    return Connections(**{name: value for name, value in found.items() if value is not None})


def kafka_elsewhere(environment: Mapping[str, str]) -> dict[str, str]:
    """The fields of a Kafka that these settings name, which is not ours; empty if they name none."""
    names = [one.name for one in fields(Connections) if one.name.startswith("kafka_")]
    given = {name: environment.get(PREFIX + name.upper(), "") for name in names}
    if not given["kafka_bootstrap_servers"]:
        return {}
    # As services read what is not set.
    given["kafka_security_protocol"] = given["kafka_security_protocol"] or "plaintext"
    given["kafka_sasl_mechanism"] = given["kafka_sasl_mechanism"] or "SCRAM-SHA-512"
    return given


def database_elsewhere(environment: Mapping[str, str]) -> str:
    """The address of a database that these settings name, as its owner; empty if they name none.

    Raises OSError when the file with the password cannot be read.
    """
    url, file = (
        environment.get(name, "")
        for name in ("MOFCOM_DATABASE_URL", "MOFCOM_DATABASE_PASSWORD_FILE")
    )
    return with_password_file(url, Path(file) if file else None) if url else ""
