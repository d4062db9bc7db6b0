"""The addresses of what runs: the file `connections.env` in the data folder, mode 0600.

It is there while `mofcom up` runs. A run that was killed leaves it, so it counts only while the folder is
locked: its ports may be those of another run by now.
"""

from dataclasses import asdict, dataclass
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
    """The addresses of all parts. The fields are settings: MOFCOM_DATABASE_URL and so on.

    The database's address is that of its owner, and Kafka's user is the command line's.
    """

    database_url: str
    passwords_dir: str
    kafka_bootstrap_servers: str
    kafka_sasl_password_file: str
    blob_url: str
    fetcher_url: str
    service_urls: str = ""
    kafka_sasl_username: str = OPERATOR
    kafka_sasl_mechanism: str = "SCRAM-SHA-512"
    kafka_security_protocol: str = "sasl_plaintext"

    def environment(self) -> dict[str, str]:
        """The settings, as the command line reads them."""
        return {PREFIX + name.upper(): value for name, value in asdict(self).items()}

    def init_environment(self) -> dict[str, str]:
        """The same for the init job, which logs in to Kafka as the broker itself."""
        return self._as_user(KAFKA) | {"MOFCOM_KAFKA_SASL_MECHANISM": "PLAIN"}

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
            own = url._replace(netloc=f"{role}@{url.hostname}:{url.port}")
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

    def _as_user(self, user: str) -> dict[str, str]:
        file = kafka_password_file(Path(self.passwords_dir), user)
        return self.environment() | {
            "MOFCOM_KAFKA_SASL_USERNAME": user,
            "MOFCOM_KAFKA_SASL_PASSWORD_FILE": str(file),
        }

    def kafka_settings(self) -> "KafkaSettings":
        """Only the settings of Kafka."""
        from shared.settings import KafkaSettings

        return KafkaSettings(
            **{name: value for name, value in asdict(self).items() if name.startswith("kafka_")}
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
    try:
        return Connections(
            **{name: values[PREFIX + name.upper()] for name in Connections.__dataclass_fields__}
        )
    except KeyError as missing:
        raise NoConnections(f"{path} lacks {missing.args[0]}: run `mofcom up` again") from None
