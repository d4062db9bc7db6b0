"""Writes files that only their owner may read."""

import os
from pathlib import Path


def create_private(path: Path, text: str) -> None:
    """Write a new file, mode 0600. Raises FileExistsError if there is one, and OSError."""
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)


def replace_private(path: Path, text: str) -> None:
    """Write a file whole or not at all, mode 0600 whatever that of its predecessor. Raises OSError."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    create_private(new, text)
    new.replace(path)
