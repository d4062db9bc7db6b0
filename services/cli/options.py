"""Options that several commands have."""

from typing import Annotated, Any

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def day_option(meaning: str) -> Any:
    """An option that takes a day, e.g. 2025-10-09; `meaning` is its line in the help."""
    return typer.Option(help=meaning, formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")
