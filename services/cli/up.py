"""`mofcom up`: everything on this machine, without Docker."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import asyncpg
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deploy.local.connections import Connections
from deploy.local.jars import JarsMissing
from deploy.local.lock import AlreadyRunning
from deploy.local.processes import Interrupted, ProgramFailed
from deploy.local.stack import Stack, local_stack
from services.cli.fail import fail
from services.cli.progress import Ledger
from services.cli.report import report
from services.cli.settings import CliSettings
from services.fetcher.addresses import seed_requested
from services.fetcher.seeds import read_seeds
from shared.offsets import Offsets
from shared.settings import KafkaSettings

_BUNDLED = "demo.warc.gz"
# Enough for the second try of one item, not for one that the archive does not play today.
_LATER_SECONDS = 120.0
_LOOK_SECONDS = 0.2


def up(
    once: Annotated[
        bool, typer.Option(help="End when every address in the seeds folder has its outcome.")
    ] = False,
    bundled: Annotated[
        bool, typer.Option(help="Fetch from the captures in seeds/demo.warc.gz, not the archive.")
    ] = False,
) -> None:
    """Run PostgreSQL, Kafka and all services on this machine, until Ctrl-C."""
    settings = CliSettings()
    console = Console()
    status = 0
    try:
        with local_stack(settings.data_dir, console) as stack:
            stack.start(
                settings.seeds_dir / _BUNDLED if bundled else None,
                watch=not (once or bundled),
            )
            if once:
                status = asyncio.run(_until_done(stack, settings, console))
            else:
                console.print(
                    f"Running. The database: {_analyst(stack.connections)}", soft_wrap=True
                )
                stack.follow()
    except Interrupted:
        status = 130
    except (AlreadyRunning, JarsMissing, ProgramFailed) as failed:
        fail(str(failed))
    raise typer.Exit(status)


async def _until_done(stack: Stack, settings: CliSettings, console: Console) -> int:
    """Follow the work to its end, print what came; answers the exit status."""
    connections: Connections = stack.connections
    addresses = _seeded(settings.seeds_dir)
    database = await asyncpg.connect(connections.role_settings().dsn_as("ingest"))
    kafka = KafkaSettings(kafka_bootstrap_servers=connections.kafka_bootstrap_servers)
    try:
        async with Offsets(kafka) as offsets:
            later = await _follow(stack, Ledger(database, offsets, addresses), console)
            return await report(database, _analyst(connections), console, later)
    finally:
        await database.close()


def _analyst(connections: Connections) -> str:
    return connections.role_settings().dsn_as("analyst")


async def _follow(stack: Stack, ledger: Ledger, console: Console) -> int:
    """Show progress until all has an outcome; answers how much waits for a far retry."""
    columns = (
        TextColumn("addresses and captures"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)
        while True:
            stack.check()
            now = await ledger.progress(_LATER_SECONDS)
            bar.update(task, completed=now.ended, total=now.ended + now.soon)
            if now.finished:
                return now.later
            await asyncio.sleep(_LOOK_SECONDS)


def _seeded(folder: Path) -> Sequence[str]:
    """The ids of all addresses in the seeds folder, as the fetcher's watcher gives them."""
    return [
        seed_requested(line.address, file.name, line.number, datetime.now(UTC)).address_id
        for file in sorted(folder.glob("*.txt"))
        for line in read_seeds(file.read_text(errors="replace"))
        if line.address is not None
    ]
