"""The command line of `mofcom up`."""

from typing import Annotated

import typer


def up(
    once: Annotated[
        bool, typer.Option("--once", help="End when every address in seeds/ has its outcome.")
    ] = False,
    bundled: Annotated[
        bool,
        typer.Option("--bundled", help="Fetch from seeds/demo.warc.gz instead of the archive."),
    ] = False,
) -> None:
    """Run PostgreSQL, Kafka and all services, until Ctrl-C."""
    from services.cli.up.run import run

    raise typer.Exit(run(once=once, bundled=bundled))
