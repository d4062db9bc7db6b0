"""Known vulnerabilities of the pinned packages: ``python -m deploy.audit PIP_AUDIT LOCK``.

Asks PyPI, and where that has no advisories (a mirror of files alone) OSV, which knows the same ones.
Exits 1 for a vulnerability, and 2 with a line where nobody who was asked has advisories: that is no
"none".
"""

import subprocess
import sys
from collections.abc import Callable, Sequence

# pip-audit's services, in the order in which they are asked.
_SERVICES = ("pypi", "osv")
# It exits 1 for vulnerabilities and also when it cannot ask: what it prints says which.
_FOUND = "known vulnerabilit"
_NONE = "No known vulnerabilities found"

Run = Callable[[Sequence[str]], tuple[int, str]]


def audit(command: Sequence[str], lock: str, run: Run) -> tuple[int, str]:
    """The exit status and what to print, of pip-audit as `command` on the packages of `lock`."""
    said = []
    for service in _SERVICES:
        options = ("--strict", "--disable-pip", "--require-hashes", "-r", lock)
        status, output = run((*command, "-s", service, *options))
        if status == 0 and _NONE in output:
            return 0, f"{output.strip()} ({service}, {lock})"
        if _FOUND in output:
            return 1, output
        said.append(f"{service}: {(output.strip().splitlines() or ['nothing'])[-1][:300]}")
    return 2, "not audited, no advisories can be had here:\n" + "\n".join(said)


def _run(command: Sequence[str]) -> tuple[int, str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.returncode, done.stdout + done.stderr


if __name__ == "__main__":
    status, words = audit(sys.argv[1:2], sys.argv[2], _run)
    print(words)
    sys.exit(status)
