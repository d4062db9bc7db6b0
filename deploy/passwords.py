"""Creates random passwords, once: ``python -m deploy.passwords FOLDER [OWNERS]``; shared.passwords says which.

`OWNERS` is a file with the password of the database's owner, for a database that is elsewhere; an empty
one says nothing.
"""

import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path

from deploy.private_files import create_private, replace_private
from shared.passwords import KAFKA, POSTGRES, database_password_file, password_files


def new_password() -> str:
    """A random one, of letters, digits, - and _."""
    return secrets.token_urlsafe(24)


def make_passwords(files: Iterable[Path]) -> list[Path]:
    """Write those that are missing, mode 0600, the broker's 0640; answers which. Raises OSError."""
    created = []
    for file in files:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.{os.getpid()}")
        create_private(new, new_password())
        if file.parent.name == KAFKA:
            # Kafka's image has a user of its own, which compose puts into this one's group.
            new.chmod(0o640)
        try:
            # Whole, or not there; and never in the place of one that is.
            os.link(new, file)
        except FileExistsError:
            pass
        else:
            created.append(file)
        finally:
            new.unlink()
    return created


def main(folder: Path, owners: Path | None = None) -> None:
    """Create all of them, and print which were missing."""
    owners_file = database_password_file(folder, POSTGRES)
    if owners is not None and (given := owners.read_text().strip()):
        replace_private(owners_file, given)
    files = [owners_file, *password_files(folder)]
    created = [str(file.relative_to(folder)) for file in make_passwords(files)]
    print(f"created {', '.join(created)}" if created else "all of them exist")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
