"""Any folder of pages as captures."""

from collections.abc import Callable
from pathlib import Path

from deploy.local.archive.captures import Capture

_TYPES = {".html": "text/html", ".htm": "text/html", ".shtml": "text/html"}


def folder_captures(
    folder: Path, original: Callable[[Path], str], timestamp: str = "20240101000000"
) -> list[Capture]:
    """A capture for every file directly in `folder`, in order of name, status 200.

    `original` gives a file's original URL; all are captured at `timestamp` (14 digits). A file of
    another kind than HTML is served as `application/octet-stream`. Raises FileNotFoundError
    without the folder.
    """
    return [
        Capture(
            original=original(path),
            timestamp=timestamp,
            body=path.read_bytes(),
            headers=(("Content-Type", _TYPES.get(path.suffix, "application/octet-stream")),),
        )
        for path in sorted(folder.iterdir())
        if path.is_file()
    ]
