import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from deploy.local.leftovers import Record, Started, end
from testing.waiting import LIMIT_SECONDS

# Says when it is up, starts a child when asked to, and may not listen to SIGTERM.
PROGRAM = """
import signal, subprocess, sys, time
if "deaf" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "parent" in sys.argv:
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(86400)"])
print("up", flush=True)
time.sleep(86400)
"""


class Sleeper:
    def __init__(self, *how: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *how], stdout=subprocess.PIPE
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"up\n"
        self.started = Started(
            "sleeper",
            self.process.pid,
            psutil.Process(self.process.pid).create_time(),
            signal.SIGTERM,
            LIMIT_SECONDS,
        )

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def sleeper(request: pytest.FixtureRequest) -> Iterator[Sleeper]:
    one = Sleeper(*getattr(request, "param", ()))
    yield one
    one.close()


def test_the_next_run_ends_what_a_killed_one_left(tmp_path: Path, sleeper: Sleeper) -> None:
    Record(tmp_path / "pids").add(sleeper.started)
    assert Record(tmp_path / "pids").end_leftovers() == ["sleeper"]
    assert sleeper.process.wait(0) == -signal.SIGTERM
    assert Record(tmp_path / "pids").end_leftovers() == []


def test_a_stranger_with_the_same_pid_is_left_alone(tmp_path: Path, sleeper: Sleeper) -> None:
    earlier = Started("gone", sleeper.process.pid, sleeper.started.created - 60, 15, 1.0)
    Record(tmp_path / "pids").add(earlier)
    assert Record(tmp_path / "pids").end_leftovers() == []
    assert sleeper.process.poll() is None


def test_one_that_was_removed_is_not_ended(tmp_path: Path, sleeper: Sleeper) -> None:
    record = Record(tmp_path / "pids")
    record.add(sleeper.started)
    record.remove(sleeper.process.pid)
    assert Record(tmp_path / "pids").end_leftovers() == []
    assert sleeper.process.poll() is None


@pytest.mark.parametrize("sleeper", [["deaf", "parent"]], indirect=True)
def test_one_that_does_not_listen_is_killed_with_its_children(sleeper: Sleeper) -> None:
    process = psutil.Process(sleeper.process.pid)
    (child,) = process.children()
    end(process, signal.SIGTERM, seconds=0.2)
    assert sleeper.process.wait(0) == -signal.SIGKILL
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
