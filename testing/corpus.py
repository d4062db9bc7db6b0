"""Where pages, notices and recordings lie, and why a test is skipped when they do not."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
GOLDEN = ROOT / "tests" / "services" / "parser" / "golden"
# Other people's data is never copied into the repository: it is read beside the checkout.
SHARED = ROOT.parent / "shared"


def shared(path: str) -> Path:
    """A file or folder of the shared data; skips the test by name when it is not there."""
    place = SHARED / path
    if not place.exists():
        pytest.skip(f"shared data not beside the checkout: {place}")
    return place
