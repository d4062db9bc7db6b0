"""`mofcom up`, when it has done all that there is."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import psutil

from bench.idle.processes import Used, tree, used
from bench.idle.waiting import DONE, wait_until
from deploy.local.connections import NoConnections, read
from deploy.local.ports import HOST, any_port

_SEEDS = Path(__file__).parents[2] / "seeds"


class Embedded:
    """The processes of a running `mofcom up`."""

    def __init__(self, pid: int) -> None:
        self._main = psutil.Process(pid)

    def used(self) -> dict[str, Used]:
        """What each part has used, that of `mofcom up` itself without the others."""
        parts = {"mofcom up": used([self._main.pid])}
        for child in self._main.children():
            parts[_name(child.cmdline())] = used(tree(child.pid))
        return parts


@contextmanager
def embedded() -> Iterator[Embedded]:
    """One on a new folder. The archive that it watches has the bundled pages, and is not measured."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="mofcom-")))
        seeds = folder / "seeds"
        seeds.mkdir()
        for name in ("demo.txt", "watch.toml"):
            shutil.copy(_SEEDS / name, seeds)
        port = any_port()
        archive = ("deploy.local.archive", str(_SEEDS / "demo.warc.gz"), "--port", str(port))
        _start(stack, archive, {})
        environment = {
            "MOFCOM_DATA_DIR": str(folder / "var"),
            "MOFCOM_SEEDS_DIR": str(seeds),
            "MOFCOM_ARCHIVE_URL": f"http://{HOST}:{port}",
            "MOFCOM_ARCHIVE_CDX_PER_MINUTE": "6000",
            "MOFCOM_FIREFOX_MODEL_MIRROR": "none",
        }
        up = _start(stack, ("services.cli", "up"), environment)
        wait_until(lambda: _is_done(up, folder / "var"))
        yield Embedded(up.pid)


def _start(
    stack: ExitStack, module: Sequence[str], environment: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", *module],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
    )

    def end() -> None:
        process.terminate()
        process.wait()

    stack.callback(end)
    return process


def _is_done(up: "subprocess.Popen[bytes]", folder: Path) -> bool:
    if up.poll() is not None:
        raise RuntimeError(f"mofcom up has ended with status {up.returncode}")
    try:
        return asyncio.run(_asked(read(folder).database_url))
    except (NoConnections, OSError, asyncpg.PostgresError):
        # It is starting.
        return False


async def _asked(database_url: str) -> bool:
    database = await asyncpg.connect(database_url)
    try:
        return bool(await database.fetchval(DONE))
    finally:
        await database.close()


def _name(command: Sequence[str]) -> str:
    """As in ``python -m services.parser``, ``java ... kafka.Kafka`` and ``postgres -D ...``."""
    module = next((word for word in command if word.startswith("services.")), None)
    if module:
        return module.removeprefix("services.")
    return "Kafka" if "kafka.Kafka" in command else "PostgreSQL"
