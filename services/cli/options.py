"""Options that several commands have."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

import typer

from services.cli.fail import fail

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def day_option(meaning: str) -> Any:
    """An option that takes a day, e.g. 2025-10-09; `meaning` is its line in the help."""
    return typer.Option(help=meaning, formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")


def begins(day: datetime | None) -> datetime | None:
    """The moment at which a day of an option begins, in China as all days of the command line."""
    # With all its tables of forms, which most commands need not wait for.
    from shared.chinese.dates import BEIJING

    return day.replace(tzinfo=BEIJING) if day else None


def named(parameters: Iterable[str]) -> dict[str, str]:
    """Parameters given as NAME=VALUE. Ends the command for what is none."""
    found = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            fail(f"{parameter} is no parameter: write NAME=VALUE, e.g. hs=2805.30")
        found[name] = value
    return found
