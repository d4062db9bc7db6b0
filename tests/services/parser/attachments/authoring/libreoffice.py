"""What LibreOffice makes of a file."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory


@cache
def converted(data: bytes, ending: str, to: str) -> bytes:
    """A file in another format; `to` is its ending, with a filter and its options behind a colon if need be."""
    with TemporaryDirectory() as folder:
        source = Path(folder, f"a.{ending}")
        source.write_bytes(data)
        command = [
            "soffice",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            f"{folder}/out",
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return Path(folder, "out", f"a.{to.partition(':')[0]}").read_bytes()
