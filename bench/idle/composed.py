"""`docker compose up`, when it has done all that there is."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench.idle.processes import Used, cgroup, cgroup_seconds, used
from bench.idle.waiting import DONE, wait_until
from deploy.local.ports import any_port

_ROOT = Path(__file__).parents[2]
_FILES = ("-f", "docker-compose.yml", "-f", "deploy/docker/bundled.yml")
_SERVICE = "com.docker.compose.service"
_PROJECT = "com.docker.compose.project"
# Not part of what is measured.
_ARCHIVE = "archive"


class Composed:
    """The running containers of a project."""

    def __init__(self, project: str) -> None:
        ids = _docker("ps", "-q", "--no-trunc", "--filter", f"label={_PROJECT}={project}").split()
        self._containers = {
            one["Config"]["Labels"][_SERVICE]: (one["Id"], one["State"]["Pid"])
            for one in json.loads(_docker("inspect", *ids))
        }

    def used(self) -> dict[str, Used]:
        """What each container has used, with the health checks in it, and what Docker's own processes
        have that belong to them: they start the health checks.
        """
        everything = psutil.pids()
        parts, shims = {}, []
        for service, (container, pid) in sorted(self._containers.items()):
            if service == _ARCHIVE:
                continue
            group = cgroup(pid)
            inside = used([each for each in everything if cgroup(each) == group])
            parts[service] = inside.with_cpu(cgroup_seconds(group))
            shims += [
                each.pid
                for each in psutil.process_iter(["cmdline"])
                if container in (each.info["cmdline"] or ())
            ]
        parts["containerd-shim"] = used(shims)
        return parts


@contextmanager
def composed() -> Iterator[Composed]:
    """A project of its own, on the bundled captures."""
    project = f"mofcom-idle-{os.getpid()}"
    environment = {
        **os.environ,
        "COMPOSE_PROJECT_NAME": project,
        "MOFCOM_POSTGRES_PORT": str(any_port()),
        "MOFCOM_FETCHER_PORT": str(any_port()),
        "MOFCOM_CONSOLE_PORT": str(any_port()),
    }

    def compose(*arguments: str) -> str:
        return _docker("compose", *_FILES, *arguments, environment=environment)

    psql = ("exec", "-T", "postgres", "psql", "-U", "mofcom", "-d", "mofcom", "-Atqc", DONE)
    try:
        compose("up", "-d")
        wait_until(lambda: compose(*psql).strip() == "t")
        yield Composed(project)
    finally:
        compose("--profile", "cli", "down", "-v", "--timeout", "20")


def _docker(*arguments: str, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(  # noqa: S603
        ["docker", *arguments],  # noqa: S607
        cwd=_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"docker {' '.join(arguments)}: {done.stderr[-2000:]}")
    return done.stdout
