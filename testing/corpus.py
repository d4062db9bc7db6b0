"""Paths of pages, notices and recordings; tests are skipped if these are missing."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
GOLDEN = ROOT / "tests" / "services" / "parser" / "golden"
# Other people's data is never copied into the repository: it is read beside the checkout.
SHARED = ROOT.parent / "shared"


def shared(path: str) -> Path:
    """A file or folder of the shared data; skips the test if it does not exist."""
    place = SHARED / path
    if not place.exists():
        pytest.skip(f"shared data not beside the checkout: {place}")
    return place
