"""The unprocessed answer to one request to the archive."""

from dataclasses import dataclass
from typing import Literal

Ending = Literal["whole", "short", "broken", "too slow", "too large"]
"""How a body ended: complete; shorter than declared; connection broken; slower than allowed; larger
than allowed."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP response: header names in lower case (repeats possible), the body as received.

    `body` still has its content coding; it is complete only if `ending` is ``whole``.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    ending: Ending = "whole"

    def header(self, name: str) -> str | None:
        """The first header called `name` (lower case); None without one."""
        return next((value for key, value in self.headers if key == name), None)

    def all(self, name: str) -> str:
        """All headers called `name` as one, joined by commas; empty without one."""
        return ", ".join(value for key, value in self.headers if key == name)


@dataclass(frozen=True, slots=True)
class NoReply:
    """No response: the connection was refused or broke, or the headers timed out."""

    why: Literal["refused", "broken", "too slow"]
    detail: str
