"""Starts everything, and follows the work until it is done or until Ctrl-C."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deploy.local.connections import LOGS, Connections
from deploy.local.disk import disk_full
from deploy.local.jars import JarsMissing
from deploy.local.lock import AlreadyRunning
from deploy.local.processes import Interrupted, ProgramFailed
from deploy.local.stack import Stack, local_stack
from services.cli.fail import fail
from services.cli.settings import CliSettings, cli_settings
from services.cli.up.progress import Ledger
from services.cli.up.report import Outcomes, next_steps, report
from services.cli.up.settings import wrong_settings
from services.fetcher.addresses import seed_requested
from services.fetcher.seeds import read_seeds, seed_files
from shared.database import connect
from shared.loops import until_result
from shared.offsets import Offsets
from shared.settings import KafkaSettings

_BUNDLED = "demo.warc.gz"
# Enough for the second try of one item, not for one that the archive does not play today.
_LATER_SECONDS = 120.0
_LOOK_SECONDS = 0.2


def run(*, once: bool, bundled: bool) -> int:
    """Run the pipeline; returns the exit status. Exits 1 with one line if it cannot start."""
    settings = cli_settings()
    console = Console()
    captures = settings.seeds_dir / _BUNDLED if bundled else None
    if captures is not None and not captures.exists():
        fail(
            f"{captures} does not exist: run this in the project's folder, or set MOFCOM_SEEDS_DIR"
        )
    if not settings.seeds_dir.is_dir():
        fail(f"{settings.seeds_dir} is not a folder: create it, or set MOFCOM_SEEDS_DIR to another")
    watch = not (once or bundled)
    if wrong := wrong_settings(watch=watch, bundled=bundled):
        fail("\n".join(wrong))
    source = "the bundled captures" if bundled else "the Wayback Machine"
    logs = settings.data_dir / LOGS
    console.print(f"Fetching from {source}; logs are in {logs}", soft_wrap=True, highlight=False)
    try:
        with local_stack(settings.data_dir, console) as stack:
            stack.start(captures, watch=watch)
            if once:
                return asyncio.run(_until_done(stack, settings, console))
            database = stack.connections.role_settings().dsn_as("analyst")
            steps = next_steps(database, watching=stack.watches)
            console.print(steps, soft_wrap=True, highlight=False)
            stack.follow()
    except Interrupted:
        return 130
    except (AlreadyRunning, JarsMissing) as failed:
        fail(str(failed))
    except (ProgramFailed, OSError) as failed:
        # Whatever failed, that is why.
        full = disk_full(settings.data_dir)
        if full is None and isinstance(failed, OSError):
            raise
        fail(str(full or failed))
    return 0


async def _until_done(stack: Stack, settings: CliSettings, console: Console) -> int:
    """Follow the work to its end and print the results; returns the exit status."""
    connections: Connections = stack.connections
    addresses = _seeded(settings.seeds_dir)
    database = await connect(connections.role_settings().dsn_as("operator"))
    kafka = KafkaSettings(kafka_bootstrap_servers=connections.kafka_bootstrap_servers)
    try:
        async with Offsets(kafka) as offsets:
            ledger = Ledger(database, offsets, addresses)
            later = await _follow(stack, ledger, Outcomes(database, console), console)
            return await report(database, console, later)
    finally:
        await database.close()


async def _follow(stack: Stack, ledger: Ledger, outcomes: Outcomes, console: Console) -> int:
    """Show progress until all work has an outcome; returns how much waits for a distant retry."""
    columns = (TextColumn("requests"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        async def look() -> int | None:
            stack.check()
            now = await ledger.progress(_LATER_SECONDS)
            await outcomes.print_new()
            bar.update(task, completed=now.ended, total=now.ended + now.soon)
            return now.later if now.finished else None

        return await until_result(_LOOK_SECONDS, look)


def _seeded(folder: Path) -> Sequence[str]:
    """The ids of all addresses in the seeds folder, as the fetcher's watcher gives them."""
    return [
        seed_requested(line.address, file.name, line.number, datetime.now(UTC)).address_id
        for file in sorted(seed_files(folder))
        for line in read_seeds(file.read_bytes(), file.name)
        if line.address is not None
    ]
