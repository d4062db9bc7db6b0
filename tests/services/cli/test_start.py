"""Commands start at once: what is heavy is imported when it is needed, and not before."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from testing.environment import without_settings
from testing.waiting import LIMIT_SECONDS

HEAVY = (
    "aiokafka",
    "asyncpg",
    "fastapi",
    "httpx",
    "obstore",
    "openpyxl",
    "psutil",
    "pyarrow",
    "pydantic",
    "rich",
    "selectolax",
    "services.fetcher",
    "services.indexer",
    "services.parser.parse",
    "services.translator",
    "structlog",
    "warcio",
)
LOOK = """
import atexit, json, os, sys
loaded = lambda: [name for name in {heavy!r} if name in sys.modules]
atexit.register(lambda: os.write(3, json.dumps(loaded()).encode()))
from services.cli.main import app
app({arguments!r}, prog_name="mofcom")
"""


def imported(data: Path, *arguments: str) -> list[str]:
    """What of HEAVY is there when the command has ended."""
    reading, writing = os.pipe()
    code = LOOK.format(heavy=HEAVY, arguments=list(arguments)).replace(
        "os.write(3", f"os.write({writing}"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env=without_settings(MOFCOM_DATA_DIR=str(data)),
        pass_fds=[writing],
        capture_output=True,
        check=False,
        timeout=LIMIT_SECONDS,
    )
    os.close(writing)
    # A command that breaks while it starts has imported nothing either.
    assert b"Traceback" not in ended.stderr, ended.stderr.decode()
    with os.fdopen(reading) as said:
        loaded: list[str] = json.loads(said.read())
    return loaded


@pytest.mark.parametrize("name", HEAVY)
def test_what_is_looked_for_exists(name: str) -> None:
    assert find_spec(name)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("psql",),
        ("connection",),
        ("status",),
        ("add", "http://www.mofcom.gov.cn/"),
        ("add", "--help"),
        ("export", "--help"),
        ("up", "--help"),
        ("dead-letters", "list", "--help"),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert imported(tmp_path, *arguments) == []


def test_what_is_imported_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>text</p>")
    assert "selectolax" in imported(
        tmp_path, "parse", str(page), "--url", "http://www.mofcom.gov.cn/a"
    )
