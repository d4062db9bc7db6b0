"""Where the test corpus lies, and why a test is skipped when it does not."""

from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
# Other people's data is never copied into the repository: it is read beside the checkout.
SHARED = Path(__file__).parents[4] / "shared"


def shared(path: str) -> Path:
    """A file or folder of the shared data; skips the test by name when it is not there."""
    place = SHARED / path
    if not place.exists():
        pytest.skip(f"shared data not beside the checkout: {place}")
    return place
