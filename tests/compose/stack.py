"""The compose stack as tests drive it."""

import asyncio
import json
import os
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncpg

from deploy.local.ports import any_port
from testing.environment import without_settings
from testing.waiting import until_now

ROOT = Path(__file__).parents[2]
FILES = ("docker-compose.yml", "deploy/docker/bundled.yml")
OURS = ("fetcher", "parser", "indexer", "translator", "console", "notifier", "archive")
LATER = "99.0.0"
LASTING = (*OURS, "postgres", "kafka")


class Compose:
    """The stack under a name, on ports and volumes of its own; `files` come after the usual ones."""

    def __init__(self, name: str, *files: Path, folder: Path = ROOT) -> None:
        """`folder`: where the project is, and where the files are that `cli` names."""
        self.name = f"mofcom-{name}-{os.getpid()}"
        self.folder = folder
        self._environment = {
            **without_settings(),
            "PWD": str(folder),
            # As docs/operating.md has it, so that every command is of the same containers.
            "COMPOSE_FILE": os.pathsep.join(map(str, (*FILES, *files))),
            "COMPOSE_PROJECT_NAME": self.name,
            "MOFCOM_POSTGRES_PORT": str(any_port()),
            "MOFCOM_FETCHER_PORT": str(any_port()),
            "MOFCOM_CONSOLE_PORT": str(any_port()),
        }

    def __call__(self, *arguments: str) -> str:
        """What `docker compose` prints; fails the test when it fails."""
        return self.run(*arguments).decode()

    def run(self, *arguments: str, given: bytes | None = None) -> bytes:
        """The same as bytes, with something on standard input; it must not warn of orphans."""
        done = subprocess.run(
            ["docker", "compose", *arguments],
            cwd=self.folder,
            env=self._environment,
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            check=False,
        )
        said = (done.stdout + done.stderr).decode(errors="replace")
        assert done.returncode == 0, f"{arguments}: {said[-3000:]}"
        assert b"orphan" not in done.stderr, said
        return done.stdout

    def end(self) -> None:
        """Leave nothing; without its profile the volume of the command line would stay."""
        self("--profile", "cli", "down", "-v", "--timeout", "20")

    def health(self) -> dict[str, str]:
        """Of each service that lasts; of several containers, the one that is worst off."""
        rows = [json.loads(line) for line in self("ps", "--format", "json").splitlines()]
        state: dict[str, str] = {}
        for row in rows:
            if row["Service"] in LASTING and state.get(row["Service"], "healthy") == "healthy":
                state[row["Service"]] = row["Health"]
        return state

    def wait_healthy(self) -> float:
        """Return when all services are healthy, after how many seconds."""
        started = time.monotonic()
        until_now(
            lambda: self.health() == dict.fromkeys(LASTING, "healthy"),
            lambda: (self.health(), self("logs", "--tail", "20")),
        )
        return time.monotonic() - started

    def connection(self) -> str:
        return self("run", "--rm", "cli", "connection").strip()

    def query(self, sql: str, *parameters: object) -> list[Any]:
        async def ask() -> list[Any]:
            database = await asyncpg.connect(self.connection())
            try:
                return list(await database.fetch(sql, *parameters))
            finally:
                await database.close()

        return asyncio.run(ask())

    def wait_for(self, sql: str, *parameters: object) -> list[Any]:
        """The rows of a query, once it has any, from a Postgres that may still be starting."""
        rows: list[Any] = []

        def there() -> bool:
            with suppress(OSError, asyncpg.PostgresError):
                rows.extend(self.query(sql, *parameters))
            return bool(rows)

        until_now(there, lambda: (sql, self("logs", "--tail", "40")))
        return rows

    def containers(self, service: str) -> list[str]:
        """The containers of a service, running or not."""
        return self("ps", "-aq", service).split()

    def inspect(self, service: str) -> dict[str, Any]:
        return dict(json.loads(docker("inspect", self.containers(service)[0]))[0])


def docker(*arguments: str) -> str:
    """What the Docker command prints; fails the test when it fails."""
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments}: {done.stderr[-3000:]}"
    return done.stdout


def engine_answers() -> bool:
    """Whether there is Docker here."""
    if shutil.which("docker") is None:
        return False
    done = subprocess.run(["docker", "info"], capture_output=True, check=False)
    return done.returncode == 0


def compose_plugin_answers() -> bool:
    """Whether there is the `docker compose` command here, with or without an engine."""
    if shutil.which("docker") is None:
        return False
    done = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return done.returncode == 0
