"""Clients that connect and do not ask: they must not use up the files that a process may open."""

import asyncio
import resource
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

# A service's own clients are few; the head of a request comes at once.
MOST_WAITING = 200
HEAD_SECONDS = 10.0


def open_as_many_files_as_allowed() -> None:
    """Raise the soft limit of open files, often 1,024, to the hard one."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class ImpatientProtocol(H11Protocol):
    """HTTP/1.1 that closes a connection whose request has no head after `HEAD_SECONDS`, and the one that
    has waited longest when more than `MOST_WAITING` wait.
    """

    _waiting: ClassVar[dict["ImpatientProtocol", asyncio.TimerHandle]] = {}

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """A part of a request."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._has_come()
        elif self not in self._waiting:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone, or was closed."""
        self._has_come()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting[self] = self.loop.call_later(HEAD_SECONDS, self._close)
        if len(self._waiting) > MOST_WAITING:
            next(iter(self._waiting))._close()

    def _has_come(self) -> None:
        if timer := self._waiting.pop(self, None):
            timer.cancel()

    def _close(self) -> None:
        self._has_come()
        self.transport.abort()
