"""Installs the packages of a lock file, saying how far it is: ``python -m deploy.local.packages LOCK``.

With the standard library alone, for there is nothing else yet. pip prints either nothing or a page
of lines for each package; this prints one line that counts.
"""

import re
import subprocess
import sys
from pathlib import Path

_PACKAGE = re.compile(r"^[a-z0-9][\w.-]*==", re.IGNORECASE | re.MULTILINE)
_STEP = 20


def main(lock: Path) -> int:
    """Exit status: pip's own; the end of its output is printed when it failed."""
    total = len(_PACKAGE.findall(lock.read_text()))
    print(f"installing {total} Python packages; the first time takes a minute or two", flush=True)
    pip = subprocess.Popen(  # noqa: S603 - pip itself
        [
            *(sys.executable, "-m", "pip", "install", "--disable-pip-version-check"),
            *("--progress-bar=off", "--require-hashes", "-r", str(lock)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    collected = 0
    for line in pip.stdout or ():
        said.append(line)
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            collected += 1
            _count(collected, total)
        if line.startswith("Installing collected packages"):
            print("\nunpacking them" if sys.stdout.isatty() else "unpacking them", flush=True)
    if status := pip.wait():
        print("".join(said[-20:]), file=sys.stderr)
    return status


def _count(number: int, total: int) -> None:
    if sys.stdout.isatty():
        print(f"\r{number} of {total} packages", end="", flush=True)
    elif number % _STEP == 0:
        print(f"{number} of {total} packages", flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
