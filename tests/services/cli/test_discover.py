"""`mofcom discover --dry-run` before a fetcher that counts."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from fastapi import FastAPI
from typer.testing import CliRunner

from deploy.local.archive.captures import Capture
from services.cli.discover import discover, summary
from services.fetcher.archive.client import Client
from services.fetcher.archive.listing import Lister
from services.fetcher.store.connection import Store
from services.fetcher.store.stored_captures import StoredCaptures
from services.fetcher.watch.count import Line, Part, create_discover_router
from testing.archive.server import serve
from testing.fetcher.pages import BODY, SITE
from testing.fetcher.stage import Stage, staged

STAMP = (datetime.now(UTC) - timedelta(days=30)).strftime("%Y%m%d%H%M%S")


@contextmanager
def fetcher(stage: Stage, url: str, watch_list: str) -> Iterator[str]:
    settings = stage.settings(watch_since="60d")
    (stage.folder / "seeds" / "watch.toml").write_text(watch_list)
    app = FastAPI()
    client = Client(settings, stage, stage.kept)
    lister = Lister(client, 2, 100, settings.body_bytes)
    app.include_router(create_discover_router(settings, lister, StoredCaptures(Store(url))))

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
    monkeypatch.setenv("MOFCOM_SERVICE_URLS", f"fetcher={url}")
    app = typer.Typer()
    app.command()(discover)
    result = CliRunner().invoke(app, ["--dry-run"])
    return result.exit_code, result.output


def test_captures_are_counted_and_none_is_asked_for(
    stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two entries that cover the same captures, five of which come on three pages of the index.
    watch_list = f'prefixes = ["{SITE}/zcfb/"]\nhosts = ["{SITE}/"]'
    with fetcher(stage, database_url, watch_list) as url:
        status, output = run(monkeypatch, url)
    assert status == 0
    rows = [[cell.strip() for cell in re.split("[│┃]", line)] for line in output.splitlines()]
    assert ["", "www.mofcom.gov.cn", STAMP[:4], "5", "5", ""] in rows
    assert ["", "all", "", "5", "5", ""] in rows
    since = (datetime.now(UTC) - timedelta(days=60)).date()
    assert f"5 captures since {since} to fetch: 0:00:00 at 1000 a second" in output
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


def test_a_wrong_watch_list_is_reported(
    stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fetcher(stage, database_url, "nonsense") as url:
        status, output = run(monkeypatch, url)
    assert (status, stage.targets) == (1, [])
    assert "not TOML" in output


def test_what_was_counted_is_shown_when_the_fetcher_goes_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def goes_away(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        line = Line(host="www.mofcom.gov.cn", year="2024", listed=7, to_fetch=3)
        part = Part(since=date(2024, 1, 1), per_second=8, lines=(line,))
        body = part.model_dump_json().encode() + b"\n"
        await send({"type": "http.response.body", "body": body, "more_body": True})
        scope["transport"].close()

    with serve(goes_away) as url:
        status, output = run(monkeypatch, url)
    assert status == 1
    assert "3 captures since 2024-01-01" in output
    assert "not complete: no fetcher answers" in output


def test_how_long_it_takes() -> None:
    line = Line(host="www.mofcom.gov.cn", year="2024", listed=60_000, to_fetch=28_800)
    part = Part(since=date(2024, 1, 1), per_second=8, lines=(line,)).model_dump(mode="json")
    said = "57600 captures since 2024-01-01 to fetch: 2:00:00 at 8 a second"
    assert summary([part, part]) == said
