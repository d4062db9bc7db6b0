"""`mofcom up --bundled` as a user runs it, on a data folder of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil

from testing.environment import without_settings
from testing.waiting import LIMIT_SECONDS, until_now

ROOT = Path(__file__).parents[1]

# A query, and its answer when all that seeds/ asks for has its outcome.
DONE = (
    "SELECT addresses + requests + lists, (SELECT count(*) FROM requests) >= 28 FROM pipeline_open",
    "0|t",
)


class Up:
    """Started, ended, and the commands that go with it."""

    def __init__(self, folder: Path, columns: int = 200) -> None:
        self.folder = folder
        self.temporary = folder / "tmp"
        self._environment = without_settings(
            MOFCOM_DATA_DIR=str(folder), COLUMNS=str(columns), TMPDIR=str(self.temporary)
        )
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0

    def start(self) -> None:
        self.temporary.mkdir(exist_ok=True)
        with (self.folder / "up.log").open("ab") as log:
            self._started_at = log.tell()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "services.cli", "up", "--bundled"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        # Before anybody asks for the database, who would start it alone.
        until_now(self._holds_the_folder)

    def wait_ready(self) -> None:
        """Return when it has said what can be done, which it does when all runs."""
        before = self._started_at

        def said() -> bool:
            self._check()
            return "Running until Ctrl-C" in self.log().encode()[before:].decode()

        until_now(said, lambda: self.log()[-5000:])

    def log(self) -> str:
        """What it has printed, in all its runs."""
        return (self.folder / "up.log").read_text()

    def _check(self) -> int:
        assert self._process is not None
        assert self._process.poll() is None, self.log()[-5000:]
        return self._process.pid

    def _holds_the_folder(self) -> bool:
        process = self._check()
        lock = self.folder / "up.lock"
        return lock.exists() and lock.read_text() == str(process)

    def end(self, number: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(LIMIT_SECONDS)

    def setting(self, name: str) -> str:
        lines = (self.folder / "connections.env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)[name]

    def mofcom(self, *arguments: str, folder: Path = ROOT) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "services.cli", *arguments],
            cwd=folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT_SECONDS,
        )

    def psql(self, sql: str) -> str:
        return self.mofcom("psql", "-c", sql, "--", "--pset=footer=off").stdout.rstrip("\n") + "\n"

    def wait_until(self, sql: str, wanted: str) -> None:
        until_now(
            lambda: self.mofcom("psql", "-c", sql, "--", "-At").stdout.strip() == wanted,
            lambda: self.log()[-5000:],
        )

    def left_running(self) -> list[str]:
        found = []
        for process in psutil.process_iter():
            try:
                environment, command = process.environ(), " ".join(process.cmdline())
            except psutil.Error:
                continue
            ours = environment.get("MOFCOM_DATA_DIR") == str(self.folder)
            if process.pid != os.getpid() and (ours or str(self.folder) in command):
                found.append(command)
        return found
