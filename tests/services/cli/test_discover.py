"""`mofcom discover --dry-run` before a fetcher that counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from fastapi import FastAPI
from typer.testing import CliRunner

from deploy.local.archive.captures import Capture
from services.cli.discover import discover, duration
from services.fetcher.archive.client import Client
from services.fetcher.archive.listing import Lister
from services.fetcher.memory.connection import Memory
from services.fetcher.memory.holdings import Holdings
from services.fetcher.watch.count import create_discover_router
from tests.archive.server import serve
from tests.services.fetcher.pages import BODY, SITE
from tests.services.fetcher.stage import Stage, staged

STAMP = (datetime.now(UTC) - timedelta(days=30)).strftime("%Y%m%d%H%M%S")


@contextmanager
def fetcher(stage: Stage, url: str, watch_list: str) -> Iterator[str]:
    settings = stage.settings(watch_since="60d")
    (stage.folder / "seeds" / "watch.toml").write_text(watch_list)
    app = FastAPI()
    client = Client(settings, stage, stage.kept)
    lister = Lister(client, 2, 100, settings.body_bytes)
    app.include_router(create_discover_router(settings, lister, Holdings(Memory(url))))

    async def plain(scope: Any, receive: Any, send: Any) -> None:
        await app(scope, receive, send)

    with serve(plain) as origin:
        yield origin


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    pages = [Capture(f"{SITE}/zcfb/{n}.html", STAMP, BODY) for n in range(5)]
    with staged(tmp_path, *pages) as ready:
        yield ready


def run(monkeypatch: pytest.MonkeyPatch, url: str) -> tuple[int, str]:
    monkeypatch.setenv("MOFCOM_FETCHER_URL", url)
    app = typer.Typer()
    app.command()(discover)
    result = CliRunner().invoke(app, ["--dry-run"])
    return result.exit_code, result.output


def test_captures_are_counted_and_none_is_asked_for(
    stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fetcher(stage, database_url, f'prefixes = ["{SITE}/zcfb/"]') as url:
        status, output = run(monkeypatch, url)
    assert status == 0
    cells = [cell.strip() for line in output.splitlines() for cell in line.split("│")]
    assert cells.count("5") == 2
    assert "www.mofcom.gov.cn" in cells
    assert "5 captures to fetch: 0:00:00 at 1000 a second" in output
    assert all("/cdx/" in target for target in stage.targets)


def test_a_count_that_is_not_complete_says_so(
    stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.faults.script("429")
    with fetcher(stage, database_url, f'prefixes = ["{SITE}/zcfb/"]') as url:
        status, output = run(monkeypatch, url)
    assert status == 1
    assert "not complete" in output
    assert "429" in output


def test_a_wrong_watch_list_is_said(
    stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fetcher(stage, database_url, "nonsense") as url:
        status, output = run(monkeypatch, url)
    assert (status, stage.targets) == (1, [])
    assert "not TOML" in output


def test_how_long_it_takes() -> None:
    assert duration(57_600, 8.0) == "2:00:00 at 8 a second"
