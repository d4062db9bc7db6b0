"""The output of child processes by lines: to a log each, or to the console with their names."""

import threading
from collections import deque
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.text import Text

_COLOURS = cycle(("cyan", "magenta", "green", "yellow", "blue", "bright_cyan", "bright_magenta"))
_NAME_WIDTH = 8
_KEPT_LINES = 20
_FINISH_SECONDS = 1.0


class Output:
    """Writes to a log or the console, if any, and keeps the last lines for a message of failure.

    It goes on reading when it can write to neither: a full pipe would stop the program.
    """

    def __init__(self, name: str, console: Console | None = None, log: Path | None = None) -> None:
        """`log` is a file to append to; what goes there is not printed."""
        self._prefix = Text(f"{name:<{_NAME_WIDTH}} | ", style=next(_COLOURS))
        self._console = None if log else console
        self.log = log
        self._file = log.open("a", encoding="utf-8", buffering=1) if log else None
        self._last: deque[str] = deque(maxlen=_KEPT_LINES)
        self._thread: threading.Thread | None = None
        self._awaited: str | None = None
        self.seen = threading.Event()

    def follow(self, stream: IO[bytes], awaited: str | None = None) -> None:
        """Read to the end of `stream` in the background; `seen` is set by a line with `awaited`."""
        self.seen.clear()
        self._awaited = awaited
        self._thread = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Wait for the last lines of a program that has ended."""
        if self._thread is not None:
            self._thread.join(_FINISH_SECONDS)

    def close(self) -> None:
        """Nothing more is written."""
        self.finish()
        self._close_log()

    def unprinted(self) -> str:
        """The last lines, if nobody has seen them."""
        return "" if self._console else "\n".join(self._last)

    def line(self, text: str) -> None:
        """Print one line as if the program had."""
        self._last.append(text)
        if self._file is not None:
            try:
                self._file.write(f"{text}\n")
            except OSError:
                # The disk is full.
                self._close_log()
        if self._console is None:
            return
        try:
            self._console.print(self._prefix + Text.from_ansi(text), soft_wrap=True)
        except OSError:
            # The terminal is gone.
            self._console = None

    def _close_log(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            # It writes what is left in its buffer; the disk may be full.
            with suppress(OSError):
                file.close()

    def _read(self, stream: IO[bytes]) -> None:
        with stream:
            for raw in stream:
                text = raw.decode(errors="replace").rstrip()
                self.line(text)
                if self._awaited is not None and self._awaited in text:
                    self.seen.set()
