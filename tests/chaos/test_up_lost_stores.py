"""Each store of `mofcom up` lost alone, and `mofcom rebuild`: the drills of docs/operating.md."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from testing.up import DONE, Up
from testing.waiting import until_now

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]

COUNTS = """
    SELECT (SELECT count(*) FROM notices), (SELECT count(*) FROM pages),
        (SELECT count(*) FROM addresses WHERE state = 'done'),
        (SELECT count(*) FROM requests WHERE state IN ('done', 'skipped', 'dead'))
"""


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    """On a terminal of 80 columns."""
    with TemporaryDirectory(prefix="mofcom-") as folder:
        up = Up(Path(folder), columns=80)
        up.start()
        try:
            yield up
        finally:
            up.end(signal.SIGTERM)


def counts(up: Up) -> tuple[str, int]:
    """The rows, by kind, and the bodies in the blob store."""
    up.wait_until(*DONE)
    bodies = Path(up.folder, "blobs", "bodies").rglob("*")
    return up.psql(COUNTS), sum(path.is_file() for path in bodies)


@pytest.mark.parametrize("store", ["kafka", "postgres", "blobs"])
def test_a_lost_folder_comes_back_by_rebuild(up: Up, store: str) -> None:
    before = counts(up)
    assert up.end(signal.SIGTERM) == 130
    shutil.rmtree(up.folder / store)
    up.start()
    up.wait_ready()
    done = up.mofcom("rebuild")
    print(done.stdout)
    assert done.returncode == 0, done.stderr
    until_now(lambda: counts(up) == before, lambda: (before, counts(up)))
    again = up.mofcom("rebuild")
    assert "requested from the archive again" not in again.stdout


def test_nothing_of_the_servers_stands_over_the_result(up: Up) -> None:
    up.wait_ready()
    lines = up.log().splitlines()
    # Each start may have other ports.
    (*_, address) = (line for line in lines if "postgresql://" in line)
    whole = address.removeprefix("For other programs: ")
    assert whole == up.mofcom("connection").stdout.strip()
    assert [line for line in lines if " | " in line or "INFO" in line or "WARN" in line] == []
