"""Runs programs as children: start, readiness, restart, and an end that leaves nothing behind."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import psutil
from rich.console import Console

from deploy.local.leftovers import Record, Started, end
from deploy.local.output import Output

_POLL_SECONDS = 0.05
_PROBE_SECONDS = 2.0
_NEEDED = "has ended, and nothing works without it"
# Loopback is asked directly, whatever proxy the environment names.
_LOOPBACK = build_opener(ProxyHandler({}))
# After a run this long the pause before a new start is the first one again.
_STEADY_SECONDS = 60.0


class ProgramFailed(Exception):
    """A program did not start, or one that all others need has ended. Says which, and why."""


class Interrupted(Exception):
    """Ctrl-C or SIGTERM came."""


@dataclass(frozen=True)
class Program:
    """What to run. `ready_line` or `ready_url` (answers 200) tells when it can be used."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path | None = None
    user: str | None = None
    stdin: str = ""
    ready_line: str | None = None
    ready_url: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    restart: bool = False
    # Prints nothing; its last lines stand in the message when it fails.
    quiet: bool = False


@dataclass
class _Child:
    program: Program
    output: Output
    process: subprocess.Popen[bytes]
    started_at: float
    pause: float = 0.0
    due: float | None = None


class Supervisor:
    """Programs that run together. Its methods raise Interrupted once `interrupt` was called."""

    def __init__(
        self,
        record: Record,
        console: Console | None = None,
        *,
        logs: Path | None = None,
        first_pause: float = 1.0,
        longest_pause: float = 30.0,
    ) -> None:
        """`logs`: a folder for a log of each program, which then print nothing to the console.

        `first_pause`, `longest_pause`: seconds before a dead service is started again.
        """
        self._record = record
        self._console = console
        self._logs = logs
        self._first_pause = first_pause
        self._longest_pause = longest_pause
        self._children: dict[str, _Child] = {}
        self._interrupted = threading.Event()

    def interrupt(self) -> None:
        """Make whatever goes on stop waiting; fit for a signal handler."""
        self._interrupted.set()

    def say(self, text: str) -> None:
        """Print a line of our own."""
        if self._console is None:
            return
        # The terminal may be gone; what runs goes on all the same.
        with suppress(OSError):
            self._console.print(text, soft_wrap=True, highlight=False, markup=False)

    def end_leftovers(self) -> None:
        """End what the record still names: the programs of a run that was killed."""
        if ended := self._record.end_leftovers():
            self.say(f"ended what the last run left running: {', '.join(ended)}")

    def start(self, program: Program) -> None:
        """Start a program and follow its output; does not wait."""
        log = self._logs / f"{program.name}.log" if self._logs else None
        output = Output(program.name, None if program.quiet else self._console, log)
        self._children[program.name] = _Child(
            program, output, self._spawn(program, output), time.monotonic()
        )

    def run(self, program: Program, seconds: float) -> None:
        """Run a program to its end.

        Raises ProgramFailed on an exit status that is not 0, when it takes longer than `seconds`,
        and when a server ends meanwhile.
        """
        self.start(program)
        child = self._children[program.name]

        def finished() -> bool:
            # Another thread may start and run programs at the same time.
            for other in list(self._children.values()):
                if other.program.ready_line is not None and other.process.poll() is not None:
                    raise self._failure(other, _NEEDED)
            return child.process.poll() is not None

        self._wait(finished, program.name, "finished", seconds)
        del self._children[program.name]
        self._record.remove(child.process.pid)
        child.output.close()
        if child.process.returncode != 0:
            raise self._failure(child, "failed")

    def wait_ready(self, name: str, seconds: float) -> None:
        """Wait till a program can be used. Raises ProgramFailed when it ends or takes longer."""
        child = self._children[name]

        def ready() -> bool:
            if child.process.poll() is not None:
                raise self._failure(child, "ended before it was ready")
            url = child.program.ready_url
            return child.output.seen.is_set() if url is None else _answers(url)

        self._wait(ready, name, "ready", seconds)

    def check(self) -> None:
        """Start services again that have died. Raises ProgramFailed when a server has."""
        if self._interrupted.is_set():
            raise Interrupted
        now = time.monotonic()
        for child in self._children.values():
            if child.due is not None:
                if now >= child.due:
                    child.process = self._spawn(child.program, child.output)
                    child.started_at, child.due = now, None
            elif child.process.poll() is not None:
                self._record.remove(child.process.pid)
                if not child.program.restart:
                    raise self._failure(child, _NEEDED)
                steady = now - child.started_at > _STEADY_SECONDS
                pause = self._first_pause if steady else child.pause * 2 or self._first_pause
                child.pause = min(pause, self._longest_pause)
                child.due = now + child.pause
                news = f"{_ending(child.process)}; starting again in {child.pause:g} s"
                child.output.line(news)
                if child.output.log:
                    self.say(f"{child.program.name}: {news} (log: {child.output.log})")

    def stop(self) -> None:
        """End all programs, the last started first; returns when none is left."""
        if self._interrupted.is_set():
            self.say("stopping")
        for child in reversed(self._children.values()):
            if child.process.poll() is None:
                end(
                    psutil.Process(child.process.pid),
                    child.program.stop_signal,
                    child.program.stop_seconds,
                )
                child.process.wait()
            self._record.remove(child.process.pid)
            child.output.close()
        self._children.clear()

    def _spawn(self, program: Program, output: Output) -> subprocess.Popen[bytes]:
        try:
            process = subprocess.Popen(  # noqa: S603 - commands of our own, no shell
                program.command,
                env=program.environment,
                cwd=program.folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                # A session of its own: Ctrl-C reaches us alone, and we stop the others in order.
                start_new_session=True,
                user=program.user,
                group=program.user,
                extra_groups=[] if program.user else None,
                # What they write is their owner's alone.
                umask=0o077,
            )
        except OSError as error:
            raise ProgramFailed(f"{program.name} could not be started: {error}") from error
        started = Started(
            program.name,
            process.pid,
            psutil.Process(process.pid).create_time(),
            program.stop_signal,
            program.stop_seconds,
        )
        try:
            self._record.add(started)
        except OSError as error:
            # What is not recorded would outlive us if we were killed.
            process.kill()
            process.communicate()
            raise ProgramFailed(f"{program.name} could not be started: {error}") from error
        if process.stdin is None or process.stdout is None:
            raise AssertionError("both are pipes")
        output.follow(process.stdout, program.ready_line)
        try:
            process.stdin.write(program.stdin.encode())
            process.stdin.close()
        except BrokenPipeError:
            # It ended before it read: its exit status tells.
            pass
        return process

    def _wait(self, done: Callable[[], bool], name: str, what: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not done():
            if self._interrupted.is_set():
                raise Interrupted
            if time.monotonic() > deadline:
                tail = self._children[name].output.unprinted()
                raise ProgramFailed(f"{name} is not {what} after {seconds:g} s\n{tail}".rstrip())
            time.sleep(_POLL_SECONDS)

    def _failure(self, child: _Child, what: str) -> ProgramFailed:
        child.output.finish()
        what = f"{child.program.name} {what} ({_ending(child.process)})"
        return ProgramFailed(f"{what}\n{child.output.unprinted()}".rstrip())


def _ending(process: subprocess.Popen[bytes]) -> str:
    status = process.returncode
    if status is not None and status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"exit status {status}"


def _answers(url: str) -> bool:
    try:
        with _LOOPBACK.open(url, timeout=_PROBE_SECONDS) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except HTTPError as error:
        error.close()
        return False
    except (URLError, OSError):
        return False
