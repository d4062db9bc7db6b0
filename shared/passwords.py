"""Where passwords lie: a folder of files for each who has any, so that a container is given its own alone.

``FOLDER/WHO/database-password`` is of a role of the database, ``FOLDER/WHO/kafka-password`` of a user
of Kafka. `POSTGRES` and `KAFKA` stand for the servers themselves: the owner of the database, and the
broker, whose user may do everything.
"""

from pathlib import Path
from typing import Final, Literal

Role = Literal["analyst", "operator", "fetcher", "indexer", "notifier"]
"""A role of the database: who queries it, the command line, and each service that speaks to it."""

ROLES: Final[tuple[Role, ...]] = ("analyst", "operator", "fetcher", "indexer", "notifier")
# The users of Kafka: the command line, and each service.
USERS: Final = ("operator", "fetcher", "parser", "indexer", "translator", "console", "notifier")
OPERATOR: Final = "operator"
POSTGRES: Final = "postgres"
KAFKA: Final = "kafka"


def database_password_file(folder: Path, who: str) -> Path:
    """The file with the password of a role, or of the owner (`POSTGRES`)."""
    return folder / who / "database-password"


def kafka_password_file(folder: Path, who: str) -> Path:
    """The file with the password of a user, or of the broker (`KAFKA`)."""
    return folder / who / "kafka-password"


def password_files(folder: Path) -> list[Path]:
    """All files but the owner's, which belongs to a database that is there already."""
    return [
        *(database_password_file(folder, role) for role in ROLES),
        *(kafka_password_file(folder, user) for user in (KAFKA, *USERS)),
    ]
