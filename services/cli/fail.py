"""How a command ends that cannot do what it was asked."""

from typing import NoReturn

import typer


def fail(why: str) -> NoReturn:
    """Print one line to standard error and exit 1."""
    typer.echo(why, err=True)
    raise typer.Exit(1)
