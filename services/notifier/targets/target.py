"""What all targets have in common."""

import hashlib
from typing import Protocol

from services.notifier.messages import Message


class NotSent(Exception):
    """A target did not take a message, which is sent again later. The message says why.

    `gone`: it never will. `retry_seconds`: it has asked for so much time.
    """

    def __init__(self, why: str, *, gone: bool = False, retry_seconds: float = 0) -> None:
        super().__init__(why)
        self.gone = gone
        self.retry_seconds = retry_seconds


def digest(url: str) -> str:
    """A few characters by which an address with secrets in it is known."""
    return hashlib.sha256(url.encode()).hexdigest()[:8]


class Target(Protocol):
    """A receiver of messages. `name` says who without its secrets, and is not that of another one."""

    name: str
    together: bool
    """Whether a message has several changes."""

    async def send(self, message: Message) -> None:
        """Hand a message over. Raises NotSent."""
