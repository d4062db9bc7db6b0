"""Fixtures of the fetcher's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.archive.captures import Capture
from testing.doubles import RecordingPublisher
from testing.fetcher.pages import BODY, LISTED, MOVED, PAGE, STAMP
from testing.fetcher.stage import Stage, staged


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """An archive with one page, a redirect to it, and three captures below /list/."""
    captures = [
        Capture(PAGE, STAMP, BODY),
        Capture(MOVED, STAMP, b"", status=301, headers=(("Location", PAGE),)),
        *(Capture(url, stamp, BODY + url.encode()) for url, stamp in LISTED),
    ]
    with staged(tmp_path, *captures) as ready:
        yield ready


@pytest.fixture
def publisher() -> RecordingPublisher:
    return RecordingPublisher()
