"""The file `.env` in the current folder, whose settings `docker compose` reads as well."""

import os
from pathlib import Path

from services.cli.fail import fail

_FILE = Path(".env")
# Of ours, of the blob store's bucket, of the collector of traces. What else there is belongs to others.
_READ = ("MOFCOM_", "AWS_", "OTEL_")


def read_env_file(file: Path = _FILE) -> None:
    """Put its settings into the environment; what is set there already stays as it is.

    Exits 1 with one line when the file cannot be read.
    """
    if not file.is_file():
        return
    # Only where there is one: `mofcom psql` starts at once.
    from dotenv import dotenv_values

    try:
        values = dotenv_values(file, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file} cannot be read: {error}")
    for name, value in values.items():
        if name.startswith(_READ) and value:
            os.environ.setdefault(name, value)
