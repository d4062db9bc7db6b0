"""What all targets have in common."""

from typing import Protocol

from services.notifier.messages import Message


class NotTold(Exception):
    """A target did not take a message; it is told again later. The message says why.

    `gone`: it never will. `retry_seconds`: it has asked for so much time.
    """

    def __init__(self, why: str, *, gone: bool = False, retry_seconds: float = 0) -> None:
        super().__init__(why)
        self.gone = gone
        self.retry_seconds = retry_seconds


class Target(Protocol):
    """Somebody to tell. `name` says who without its secrets, and is not that of another one."""

    name: str
    together: bool
    """Whether it is told of several changes at once."""

    async def tell(self, message: Message) -> None:
        """Hand a message over. Raises NotTold."""
