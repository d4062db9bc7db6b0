"""Starts everything, and keeps it running until Ctrl-C, or until the work is done."""

import subprocess
import sys

from rich.console import Console

from deploy.local.connections import LOGS
from deploy.local.disk import disk_full
from deploy.local.jars import JarsMissing
from deploy.local.lock import AlreadyRunning
from deploy.local.processes import Interrupted, ProgramFailed
from deploy.local.stack import local_stack
from services.cli.fail import fail
from services.cli.settings import cli_settings
from services.cli.up.report import next_steps

_BUNDLED = "demo.warc.gz"


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
    _check_settings(watch=watch, bundled=bundled)
    source = "the bundled captures" if bundled else "the Wayback Machine"
    logs = settings.data_dir / LOGS
    console.print(f"Fetching from {source}; logs are in {logs}", soft_wrap=True, highlight=False)
    try:
        with local_stack(settings.data_dir, console) as stack:
            stack.start(captures, watch=watch)
            if once:
                # With libraries that nothing needs which runs for years.
                from services.cli.up.follow import until_done

                return until_done(stack, settings.seeds_dir, console)
            database = stack.connections.url_of("analyst")
            steps = next_steps(database, stack.console_url, watching=stack.watches)
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


def _check_settings(*, watch: bool, bundled: bool) -> None:
    """Exit 1 with a line for each wrong setting of a service.

    A process of its own looks at them, so that what it loads for that is not kept for years.
    """
    asked = [name for name, wanted in (("watch", watch), ("bundled", bundled)) if wanted]
    command = [sys.executable, "-m", "services.cli.up.settings", *asked]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    if done.stdout:
        fail(done.stdout.rstrip())
