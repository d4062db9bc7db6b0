"""`mofcom` reads the settings of the file .env, as Docker Compose does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from docs.settings import settings
from services.cli.env_file import read_env_file
from testing.environment import without_settings
from testing.waiting import LIMIT_SECONDS


def test_it_is_read_as_compose_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MOFCOM_WATCH_SINCE", "MOFCOM_ARCHIVE_CONTACT", "MOFCOM_WATCH", "PATH_OF_OTHERS"):
        # So that what the file sets is gone after the test.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("MOFCOM_PARSE_WORKERS", "3")
    file = tmp_path / ".env"
    file.write_text(
        "# settings\n"
        "MOFCOM_WATCH_SINCE=all\n"
        'export MOFCOM_ARCHIVE_CONTACT="me@example.org"  # mine\n'
        "MOFCOM_PARSE_WORKERS=9\n"
        "MOFCOM_WATCH=\n"
        "PATH_OF_OTHERS=/x\n",
        "utf-8-sig",
    )
    read_env_file(file)
    assert os.environ["MOFCOM_WATCH_SINCE"] == "all"
    assert os.environ["MOFCOM_ARCHIVE_CONTACT"] == "me@example.org"
    assert os.environ["MOFCOM_PARSE_WORKERS"] == "3"
    assert "MOFCOM_WATCH" not in os.environ
    assert "PATH_OF_OTHERS" not in os.environ


def test_one_that_cannot_be_read_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_bytes(b"MOFCOM_WATCH=\xff\n")
    with pytest.raises(typer.Exit):
        read_env_file(tmp_path / ".env")
    assert capsys.readouterr().err.count("\n") == 1


def test_a_wrong_one_in_it_stops_mofcom_up(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / ".env").write_text("MOFCOM_WATCH_SINCE=lastyear\nMOFCOM_WACTH=true\n")
    done = subprocess.run(
        [sys.executable, "-m", "services.cli", "up"],
        cwd=tmp_path,
        env=without_settings(),
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "MOFCOM_WACTH is not a setting and has no effect; did you mean MOFCOM_WATCH?",
        "MOFCOM_WATCH_SINCE='lastyear' is wrong: write 90d, 2y, 2024, 202405, 20240531 or all",
    ]
    assert not (tmp_path / "var").exists()


def test_every_setting_is_read_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [one.name for one in settings()]
    for name in names:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    (tmp_path / ".env").write_text("".join(f"{name}=x\n" for name in names))
    read_env_file(tmp_path / ".env")
    assert [name for name in names if os.environ.get(name) != "x"] == []
