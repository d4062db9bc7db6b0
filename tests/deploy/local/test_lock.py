import fcntl
import os
import time
from pathlib import Path

import pytest

from deploy.local import lock
from deploy.local.lock import AlreadyRunning, exclusive


def test_a_second_holder_is_refused_with_the_name_of_the_first(tmp_path: Path) -> None:
    with (
        exclusive(tmp_path),
        pytest.raises(AlreadyRunning, match=f"in use by process {os.getpid()}"),
        exclusive(tmp_path),
    ):
        pass


def test_the_next_one_may_hold_it_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with exclusive(tmp_path):
            assert (tmp_path / "up.lock").read_text() == str(os.getpid())


def test_whoever_only_looks_at_that_instant_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / lock._FILE_NAME).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        monkeypatch.setattr(time, "sleep", lambda _: fcntl.flock(file, fcntl.LOCK_UN))
        with exclusive(tmp_path):
            assert lock.is_held(tmp_path)
