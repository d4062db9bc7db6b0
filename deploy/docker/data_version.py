"""Stops when a volume holds data of another PostgreSQL: ``python -m deploy.docker.data_version DIR MAJOR``.

The image keeps each major version's data in a separate folder, and so would start an empty database
next to the old one.
"""

import sys
from pathlib import Path

_BACKUP = "/var/lib/mofcom/backups/upgrade"
_WHAT_TO_DO = f"""\
The volume postgres holds data of PostgreSQL {{found}}, and this is PostgreSQL {{major}}.
With the release that wrote it:
    docker compose run --rm cli backup {_BACKUP}
    docker compose down && docker volume rm mofcom_postgres
Then with this one:
    docker compose up -d postgres && docker compose run --rm cli restore {_BACKUP}
    docker compose up"""


def other_version(volume: Path, major: str) -> str | None:
    """The version of the data on a volume, if there is data, but none of version `major`."""
    files = [
        *volume.glob("PG_VERSION"),
        *volume.glob("*/PG_VERSION"),
        *volume.glob("*/*/PG_VERSION"),
    ]
    found = {file.read_text().strip() for file in files}
    return None if major in found else max(found, default=None)


def main(volume: str, major: str) -> None:
    """Exit with instructions if the data is of another version."""
    if found := other_version(Path(volume), major):
        sys.exit(_WHAT_TO_DO.format(found=found, major=major))


if __name__ == "__main__":
    main(*sys.argv[1:])
