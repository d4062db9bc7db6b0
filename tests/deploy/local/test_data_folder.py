"""The data folder: any name, elsewhere, on a disk that is full."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from deploy.local import connections, disk
from deploy.local.connections import NoConnections
from deploy.local.disk import DiskFull
from deploy.local.leftovers import Record, Started
from deploy.local.output import Output
from deploy.local.processes import Program, ProgramFailed, Supervisor
from deploy.local.stack import local_servers, local_stack
from shared.blobs import Blobs
from testing.environment import without_settings
from testing.waiting import LIMIT_SECONDS
from tests.deploy.local.test_stack import KEPT, get, put

NAMES = "我的项目 My Projects, 100%25 50% #1 'a' \"b\" =:;!"
LONG = f"{NAMES} {'x' * (136 - len(NAMES) - 1)}"


def test_its_name_may_have_blanks_chinese_letters_and_signs_and_it_may_be_moved(
    data_dir: Path,
) -> None:
    assert len(LONG) == 136
    here, there = data_dir / LONG, data_dir / "商务部" / "数据 2"
    with local_servers(here) as first:
        asyncio.run(put(first))
        sha256 = asyncio.run(Blobs(first.blob_url).put_body(b"a page"))
    # The folders of the blob store and of the servers are all in it.
    assert [path.name for path in data_dir.iterdir()] == [LONG]
    assert list((here / "blobs").rglob(f"{sha256}*"))
    there.parent.mkdir()
    here.rename(there)
    with local_servers(there) as second:
        assert asyncio.run(get(second)) == KEPT
        assert asyncio.run(Blobs(second.blob_url).get_body(sha256)) == b"a page"
        assert second.database_url.partition("@")[0] == first.database_url.partition("@")[0]
        connections.read(there)
    with pytest.raises(NoConnections, match="nothing runs on"):
        connections.read(there)


def test_a_folder_that_cannot_be_created_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(ProgramFailed, match=r"cannot be used .*: set MOFCOM_DATA_DIR to another"),
        local_stack(tmp_path / "file" / "data"),
    ):
        pass


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 80 MiB, in memory."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", str(mounted)]
    if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk, where the system allows it at all")
    yield mounted
    subprocess.run(["umount", str(mounted)], check=True)


def fill(folder: Path) -> None:
    with (folder / "full").open("ab", buffering=0) as file:
        try:
            while file.write(b"\0" * 65536):
                pass
        except OSError:
            return


def up(data_dir: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "services.cli", "up", "--bundled"],
        env=without_settings(MOFCOM_DATA_DIR=str(data_dir)),
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_SECONDS,
    )


def test_a_full_disk_stops_up_with_one_line_before_it_starts(small_disk: Path) -> None:
    fill(small_disk)
    ended = up(small_disk / "data")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "is full: 0 MiB are free, 64 are needed" in ended.stderr


def test_a_disk_that_fills_up_ends_up_with_one_line_and_leaves_nothing_running(
    small_disk: Path,
) -> None:
    ended = up(small_disk / "data")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert "is full" in ended.stderr
    assert Record(small_disk / "data" / "up.pids").end_leftovers() == []


def test_room_is_looked_at_while_it_runs(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with local_stack(data_dir) as stack:
        stack.check()
        monkeypatch.setattr(disk, "LEAST_BYTES", 2**62)
        with pytest.raises(DiskFull):
            stack.follow()


def test_output_is_read_on_when_its_log_cannot_be_written(small_disk: Path) -> None:
    output = Output("one", log=small_disk / "one.log")
    fill(small_disk)
    for _ in range(100):
        output.line("x" * 1000)
    output.line("the last")
    assert output.unprinted().endswith("the last")
    output.close()


def test_a_program_that_cannot_be_recorded_is_not_left_running(small_disk: Path) -> None:
    fill(small_disk)
    supervisor = Supervisor(Record(small_disk / "up.pids"))
    sleep = Program("one", (sys.executable, "-c", "import time; time.sleep(86400)"), os.environ)
    with pytest.raises(ProgramFailed, match=r"one could not be started: .*No space left"):
        supervisor.start(sleep)
    supervisor.stop()
    assert sleep.command not in [tuple(one.cmdline()) for one in psutil.Process().children()]


def test_what_has_ended_is_forgotten_also_on_a_full_disk(small_disk: Path) -> None:
    record = Record(small_disk / "up.pids")
    record.add(Started("one", 1, 0.0, 15, 1.0))
    fill(small_disk)
    record.remove(1)
    assert record._started == []
