"""When a stack has done all that there is."""

import time
from collections.abc import Callable

_LOOK_SECONDS = 1.0
_MOST_SECONDS = 900.0

# Some requests were made, and all of them have their outcome.
DONE = """
    SELECT count(*) > 10 AND bool_and(state IN ('done', 'skipped', 'dead')) FROM ingest.ledger
"""


def wait_until(done: Callable[[], bool]) -> None:
    """Look every second. Raises TimeoutError after a quarter of an hour."""
    deadline = time.monotonic() + _MOST_SECONDS
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not idle after {_MOST_SECONDS:g} s")
        time.sleep(_LOOK_SECONDS)
