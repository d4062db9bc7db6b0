"""One-shot job: random passwords on a volume, made once: ``python -m deploy.docker.secrets DIR``."""

import os
import secrets
import sys
from pathlib import Path

NAMES = ("database-password",)


def make_secrets(folder: Path) -> list[str]:
    """Write what is missing, mode 0600; answers the names written. Raises OSError."""
    made = []
    for name in NAMES:
        path = folder / name
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(24))
        made.append(name)
    return made


if __name__ == "__main__":
    made = make_secrets(Path(sys.argv[1]))
    print(f"made {', '.join(made)}" if made else "nothing to make")
