"""A service ends when it is told to, whatever its libraries do."""

import subprocess
import sys
import time


def test_a_start_that_swallows_its_cancellation_is_left() -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.shared.service.stubborn"], stdout=subprocess.PIPE
    )
    assert program.stdout is not None
    try:
        while b"starting" not in program.stdout.readline():
            assert program.poll() is None
        told = time.monotonic()
        program.terminate()
        assert program.wait(20) == 1
        assert time.monotonic() - told < 10
    finally:
        program.kill()
        program.stdout.close()
