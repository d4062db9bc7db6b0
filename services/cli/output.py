"""Output for programs: JSON, with times as ISO 8601."""

import json
from datetime import date, timedelta
from typing import Any

import typer


def print_json(value: Any) -> None:
    """Print `value` on one line. Dates, times and intervals become text, intervals in seconds."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=_plain))


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case bytes():
            return value.decode("utf-8", "replace")
    return str(value)
