"""The interface of engines: they translate sentences and have a health, a name and a version."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable


class Request(NamedTuple):
    """A piece of simplified Chinese, masked; `terms` are the glossary's words in it.

    `retry` says that the first answer failed its checks: the second is kept beside it.
    """

    text: str
    terms: tuple[tuple[str, str], ...] = ()
    retry: bool = False


class Answer(NamedTuple):
    """An engine's answer; `fault` is a fault that the engine itself reports, "" if none.

    Faults are short constant phrases: "length" (it ran into its limit), "no answer".
    """

    text: str
    fault: str = ""


class EngineDown(Exception):
    """An engine cannot translate anything now; its sentences are not judged but wait.

    `why` is written for people: no model, no connection, the key refused.
    """

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


class Engine(Protocol):
    """Sentences of at most 120 characters into English. Used from one event loop."""

    name: str
    version: str
    """What decides its output: model and prompt. Part of the key of cached sentences."""

    at_once: int
    """Sentences that it takes in one call at most: between calls other work may pass."""

    async def start(self) -> None:
        """Start; returns at once, and `health` tells when the engine is ready."""

    async def started(self) -> None:
        """Return when starting has succeeded or failed: `health` says which."""

    async def health(self) -> str | None:
        """Why it cannot translate now; None if it can. Never raises."""

    async def translate(self, requests: Sequence[Request]) -> list[Answer]:
        """One answer for each request, in order. Raises EngineDown; bounded in time."""

    async def close(self) -> None:
        """Release all resources."""


@runtime_checkable
class Summariser(Protocol):
    """An engine that can also summarise a document."""

    async def summarise(self, text: str) -> Answer:
        """Two to five English sentences on an English text. Raises EngineDown."""
