"""Ends a command that cannot do its work."""

from typing import NoReturn

import typer


def fail(why: str) -> NoReturn:
    """Print one line to standard error and exit 1."""
    typer.echo(why, err=True)
    raise typer.Exit(1)
