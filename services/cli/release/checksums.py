"""SHA256SUMS, as `sha256sum --check` reads it."""

import hashlib
from pathlib import Path

FILE = "SHA256SUMS"


def sums(folder: Path) -> dict[str, str]:
    """SHA-256, in hex, of every file of a folder but SHA256SUMS, by its path in the folder, sorted."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != FILE)
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def write_sums(folder: Path) -> None:
    """Write the sums of a folder's files into it."""
    lines = [f"{digest}  {name}\n" for name, digest in sums(folder).items()]
    (folder / FILE).write_text("".join(lines), encoding="utf-8")


def read_sums(folder: Path) -> dict[str, str]:
    """What the file says. Raises OSError, and ValueError for a line that is none of its form."""
    found = {}
    for line in (folder / FILE).read_text(encoding="utf-8").splitlines():
        digest, gap, name = line.partition("  ")
        if not gap or len(digest) != 64:
            raise ValueError(f"{FILE} has a line that is no checksum: {line[:80]}")
        found[name] = digest
    return found


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
