"""Repeats a request to the fetcher while it answers 503, as it does while Kafka restarts."""

import time
from collections.abc import Callable
from typing import TypeVar

import typer

T = TypeVar("T")

_TRIES = 6
_PAUSE_SECONDS = 2


def until_answered(ask: Callable[[], tuple[T, str]]) -> tuple[T, str]:
    """What `ask` returns: an answer, and why there is none yet, which is empty if there is one.

    Asked up to six times, since asking twice is asking once. Each time the reason is printed.
    """
    for tries_left in reversed(range(_TRIES)):
        answer, why = ask()
        if not (why and tries_left):
            break
        typer.echo(f"{why}; trying again", err=True)
        time.sleep(_PAUSE_SECONDS)
    return answer, why
