"""What comes back for one request to the archive, before anything is made of it."""

from dataclasses import dataclass
from typing import Literal

Ending = Literal["whole", "short", "broken", "too slow", "too large"]
"""How a body ended: whole; less than was declared; connection broken off; longer in coming than
allowed; larger than allowed."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer: header names in lower case (a name may come twice), the body as received.

    `body` still has its content coding on; unless `ending` is ``whole`` it is not all of it.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    ending: Ending = "whole"

    def header(self, name: str) -> str | None:
        """The first header called `name` (lower case), None without one."""
        return next((value for key, value in self.headers if key == name), None)

    def all(self, name: str) -> str:
        """All headers called `name` as one, joined by commas; empty without one."""
        return ", ".join(value for key, value in self.headers if key == name)


@dataclass(frozen=True, slots=True)
class NoReply:
    """No answer came: the connection was refused, broke, or time ran out before the headers."""

    why: Literal["refused", "broken", "too slow"]
    detail: str
