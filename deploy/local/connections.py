"""The file that says how to reach what runs: `connections.env` in the data folder, mode 0600.

It is the only place where the database's password stands; the next run reads it from there.
"""

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from shared.settings import PREFIX

FILE_NAME = "connections.env"


@dataclass(frozen=True)
class Connections:
    """Addresses of the parts. The fields are settings: MOFCOM_DATABASE_URL and so on."""

    database_url: str
    kafka_bootstrap_servers: str
    blob_url: str
    fetcher_url: str

    def environment(self) -> dict[str, str]:
        """The settings, as a service reads them."""
        return {PREFIX + name.upper(): value for name, value in asdict(self).items()}

    def password(self) -> str:
        """The database's password."""
        return urlsplit(self.database_url).password or ""


class NoConnections(Exception):
    """The data folder has no such file, or one that cannot be understood."""


def write(data_dir: Path, connections: Connections) -> None:
    """Write the file in one step, readable by its owner alone."""
    path = data_dir / FILE_NAME
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    lines = (f"{name}={value}\n" for name, value in connections.environment().items())
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(lines)
    new.replace(path)


def read(data_dir: Path) -> Connections:
    """What the last run wrote. Raises NoConnections."""
    path = data_dir / FILE_NAME
    try:
        lines = path.read_text().splitlines()
    except FileNotFoundError:
        raise NoConnections(f"{path} does not exist: start `mofcom up` first") from None
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    try:
        return Connections(
            **{name: values[PREFIX + name.upper()] for name in Connections.__dataclass_fields__}
        )
    except KeyError as missing:
        raise NoConnections(f"{path} lacks {missing.args[0]}: run `mofcom up` again") from None
