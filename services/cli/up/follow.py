"""Follows the work of `mofcom up --once` to its end."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deploy.local.stack import Stack
from services.cli.up.progress import Ledger
from services.cli.up.report import Outcomes, report
from services.fetcher.addresses import seed_requested
from services.fetcher.seeds import read_seeds, seed_files
from shared.database import connect
from shared.loops import until_result
from shared.offsets import Offsets

# Enough for the second try of one item, not for one that the archive does not play today.
_LATER_SECONDS = 120.0
_LOOK_SECONDS = 0.2


def until_done(stack: Stack, seeds_dir: Path, console: Console) -> int:
    """Follow the work to its end and print the results; returns the exit status."""
    return asyncio.run(_until_done(stack, _seeded(seeds_dir), console))


async def _until_done(stack: Stack, addresses: Sequence[str], console: Console) -> int:
    connections = stack.connections
    database = await connect(connections.url_of("operator"))
    try:
        async with Offsets(connections.kafka_settings()) as offsets:
            ledger = Ledger(database, offsets, addresses)
            later = await _follow(stack, ledger, Outcomes(database, console), console)
            return await report(database, console, later, stack.console_url)
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
