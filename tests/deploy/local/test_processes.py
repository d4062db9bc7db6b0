import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from deploy.local.leftovers import Record
from deploy.local.processes import Interrupted, Program, ProgramFailed, Supervisor
from testing.waiting import LIMIT_SECONDS, until_now


def python(code: str, *, ready_line: str | None = None, restart: bool = False) -> Program:
    command = (sys.executable, "-u", "-c", code)
    return Program("one", command, os.environ, ready_line=ready_line, restart=restart)


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    one = Supervisor(Record(tmp_path / "pids"), first_pause=0.05, longest_pause=0.1)
    yield one
    one.stop()


def follow(supervisor: Supervisor, until: Callable[[], bool] = lambda: False) -> None:
    def checked() -> bool:
        supervisor.check()
        return until()

    until_now(checked)


SLEEP = "import time; time.sleep(86400)"


def test_ready_when_the_line_is_printed(supervisor: Supervisor) -> None:
    supervisor.start(python(f"print('now READY'); {SLEEP}", ready_line="READY"))
    supervisor.wait_ready("one", LIMIT_SECONDS)


def test_one_that_ends_before_it_is_ready_fails_with_its_last_lines(supervisor: Supervisor) -> None:
    supervisor.start(python("import sys; sys.exit('no such setting')", ready_line="READY"))
    with pytest.raises(ProgramFailed, match=r"exit status 1\)\nno such setting"):
        supervisor.wait_ready("one", LIMIT_SECONDS)


def test_one_that_never_gets_ready_fails(supervisor: Supervisor) -> None:
    supervisor.start(python(SLEEP, ready_line="READY"))
    with pytest.raises(ProgramFailed, match=r"one is not ready after 0.2 s"):
        supervisor.wait_ready("one", 0.2)


def test_a_program_that_is_not_there_fails(supervisor: Supervisor) -> None:
    with pytest.raises(ProgramFailed, match="one could not be started"):
        supervisor.start(Program("one", ("/no/such/program",), os.environ))


def test_a_job_runs_to_its_end_and_reads_its_input(supervisor: Supervisor, tmp_path: Path) -> None:
    code = "import pathlib, sys; pathlib.Path('out').write_text(sys.stdin.read())"
    job = Program("job", (sys.executable, "-c", code), os.environ, folder=tmp_path, stdin="hello")
    supervisor.run(job, LIMIT_SECONDS)
    assert (tmp_path / "out").read_text() == "hello"
    with pytest.raises(ProgramFailed, match="exit status 3"):
        supervisor.run(python("raise SystemExit(3)"), LIMIT_SECONDS)


def test_a_server_that_dies_ends_everything(supervisor: Supervisor) -> None:
    supervisor.start(python("import os; os.kill(os.getpid(), 9)"))
    with pytest.raises(ProgramFailed, match=r"one has ended.*killed by SIGKILL"):
        follow(supervisor)


def test_a_job_does_not_wait_for_a_server_that_has_died(supervisor: Supervisor) -> None:
    supervisor.start(python("raise SystemExit(3)", ready_line="READY"))
    job = Program("job", (sys.executable, "-c", SLEEP), os.environ)
    with pytest.raises(ProgramFailed, match="one has ended, and nothing works without it"):
        supervisor.run(job, LIMIT_SECONDS)


def test_a_service_that_dies_is_restarted_after_a_growing_pause(tmp_path: Path) -> None:
    output = io.StringIO()
    supervisor = Supervisor(
        Record(tmp_path / "pids"),
        Console(file=output, width=200),
        first_pause=0.02,
        longest_pause=0.05,
    )
    supervisor.start(python("raise SystemExit(4)", restart=True))
    follow(supervisor, lambda: output.getvalue().count("exit status 4") >= 4)
    supervisor.stop()
    pauses = [line.split(" in ")[1] for line in output.getvalue().splitlines()]
    assert pauses[:4] == ["0.02 s", "0.04 s", "0.05 s", "0.05 s"]


def test_stop_leaves_nothing_and_an_empty_record(supervisor: Supervisor, tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('READY'); "
    supervisor.start(
        Program(
            "deaf",
            (sys.executable, "-u", "-c", deaf + SLEEP),
            os.environ,
            ready_line="READY",
            stop_seconds=0.2,
        )
    )
    supervisor.wait_ready("deaf", LIMIT_SECONDS)
    (pid,) = [entry.pid for entry in Record(tmp_path / "pids")._read()]
    supervisor.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert Record(tmp_path / "pids")._read() == []


def test_an_interrupt_ends_every_wait(supervisor: Supervisor) -> None:
    supervisor.start(python(SLEEP, ready_line="READY"))
    supervisor.interrupt()
    with pytest.raises(Interrupted):
        supervisor.wait_ready("one", LIMIT_SECONDS)
    with pytest.raises(Interrupted):
        follow(supervisor)


def test_output_is_printed_line_by_line_with_the_name_in_front(tmp_path: Path) -> None:
    output = io.StringIO()
    supervisor = Supervisor(Record(tmp_path / "pids"), Console(file=output, width=20))
    long = "出口管制" * 20_000
    supervisor.run(python("print('a'); print('出口管制' * 20_000); print('[b]')"), LIMIT_SECONDS)
    supervisor.say("done")
    lines = output.getvalue().splitlines()
    assert lines == ["one      | a", f"one      | {long}", "one      | [b]", "done"]


def test_with_a_folder_for_logs_nothing_is_printed_but_what_we_say(tmp_path: Path) -> None:
    output = io.StringIO()
    supervisor = Supervisor(Record(tmp_path / "pids"), Console(file=output), logs=tmp_path)
    supervisor.run(python("print('a')"), LIMIT_SECONDS)
    with pytest.raises(ProgramFailed, match="why"):
        supervisor.run(python("raise SystemExit('why')"), LIMIT_SECONDS)
    supervisor.say("done")
    assert output.getvalue() == "done\n"
    assert (tmp_path / "one.log").read_text() == "a\nwhy\n"
