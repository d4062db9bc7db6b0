"""`mofcom up` refuses a wrong setting of any service before it starts anything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from services.cli.up.settings import wrong_settings
from shared.environment import PREFIX
from testing.environment import without_settings
from testing.waiting import LIMIT_SECONDS

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the login of other tests to their brokers."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    """There seeds/ is."""
    monkeypatch.chdir(ROOT)


def test_nothing_is_wrong_with_the_defaults() -> None:
    assert wrong_settings(watch=True, bundled=False) == []
    assert wrong_settings(watch=False, bundled=True) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WATCH_SINCE", "lastyear"),
        ("PARSE_WORKERS", "0"),
        ("KAFKA_RETENTION_DAYS", "long"),
        ("TRANSLATE_ENGINES", "google"),
        ("WATCH", "perhaps"),
        ("ARCHIVE_URL", "ftp://x"),
        ("KAFKA_PARTITIONS", "many"),
        # Of all services, and said once.
        ("LOG_FORMAT", "xml"),
    ],
)
def test_each_wrong_one_is_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MOFCOM_{name}", value)
    (line,) = wrong_settings(watch=True, bundled=False)
    assert line.startswith(f"MOFCOM_{name}={value!r} is wrong: ")


def test_text_is_recognised_only_where_that_can_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOFCOM_PARSE_OCR", "true")
    monkeypatch.setattr("services.parser.attachments.ocr.recognise.is_installed", lambda: False)
    (line,) = wrong_settings(watch=True, bundled=False)
    assert "pip install 'mofcom-notices[ocr]'" in line
    assert "images of Docker do not have" in line


def test_what_up_sets_itself_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOFCOM_HTTP_PORT", "a door")
    monkeypatch.setenv("MOFCOM_WATCH", "")
    assert wrong_settings(watch=True, bundled=False) == []
    for name, value in {
        "WATCH": "perhaps",
        "ARCHIVE_URL": "ftp://x",
        "FIREFOX_MODEL_MIRROR": "x",
    }.items():
        monkeypatch.setenv(f"MOFCOM_{name}", value)
    assert wrong_settings(watch=False, bundled=True) == []


def test_nothing_is_started_with_a_wrong_setting(tmp_path: Path) -> None:
    data = tmp_path / "data"
    up = subprocess.run(
        [sys.executable, "-m", "services.cli", "up"],
        env=without_settings(MOFCOM_DATA_DIR=str(data), MOFCOM_WATCH_SINCE="lastyear"),
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_SECONDS,
    )
    assert up.returncode == 1
    assert up.stdout == ""
    assert up.stderr == (
        "MOFCOM_WATCH_SINCE='lastyear' is wrong: write 90d, 2y, 2024, 202405, 20240531 or all\n"
    )
    assert not data.exists()
