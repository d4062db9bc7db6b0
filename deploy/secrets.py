"""Creates files with random passwords, once: ``python -m deploy.secrets FILE...``."""

import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path

from deploy.private_files import create_private


def make_secrets(files: Iterable[Path]) -> list[Path]:
    """Write those that are missing, mode 0600; answers which. Raises OSError."""
    created = []
    for file in files:
        new = file.with_name(f"{file.name}.{os.getpid()}")
        create_private(new, secrets.token_urlsafe(24))
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


if __name__ == "__main__":
    created = make_secrets(map(Path, sys.argv[1:]))
    print(f"created {', '.join(file.name for file in created)}" if created else "all of them exist")
