"""Stored captures as WARC: read back, they are what they were, and pywb replays them."""

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import asyncpg
import httpx
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from deploy.local.archive.captures import Capture
from services.cli.export.warc import original_headers
from services.cli.main import app
from services.fetcher.adapters.warc import WarcCapture, WarcFile
from services.fetcher.archive.playback import Player
from services.fetcher.fetch import FetchCapture
from services.fetcher.fetch_once import FetchOnce
from services.fetcher.store.connection import Store
from services.fetcher.store.stored_captures import StoredCaptures
from shared.archives import WAYBACK_MACHINE
from shared.blobs import Blobs
from shared.events import CdxRow
from testing.archive.pywb import running_pywb
from testing.fetcher.pages import BODY, PAGE, STAMP, request
from testing.fetcher.stage import Stage, staged
from testing.waiting import LIMIT_SECONDS

LATER = "20190201000000"


@pytest.fixture
async def pipeline(tmp_path: Path, database_url: str) -> dict[str, str]:
    """A page held twice, the second by its digest; the settings that lead to it."""
    headers = (("Content-Type", "text/html; charset=gb2312"), ("Server", "nginx"))
    store = Store(database_url)
    with staged(tmp_path, Capture(PAGE, STAMP, BODY, headers=headers)) as stage:
        await fetched(stage, store)
    await store.stop()
    return {"MOFCOM_DATABASE_URL": database_url, "MOFCOM_BLOB_URL": stage.settings().blob_url}


async def fetched(stage: Stage, store: Store) -> None:
    settings = stage.settings()
    blobs = Blobs(settings.blob_url)
    async with stage.client() as client:
        fetch = FetchCapture(Player(client, settings.body_bytes), blobs, settings)
        once = FetchOnce(fetch, StoredCaptures(store), blobs)
        for stamp in (STAMP, LATER):
            row = CdxRow(urlkey="k", timestamp=stamp, original=PAGE, digest="A" * 32)
            await once(request(timestamp=stamp).model_copy(update={"listed": row}))


async def export(pipeline: dict[str, str], *arguments: str) -> tuple[int, str]:
    """Exit status and what was said."""
    done = await asyncio.to_thread(
        lambda: CliRunner().invoke(app, ["export", *arguments], env=pipeline)
    )
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


async def export_warc(pipeline: dict[str, str], path: Path, *more: str) -> tuple[int, str]:
    return await export(pipeline, "--format", "warc", "--output", str(path), *more)


async def database(pipeline: dict[str, str], sql: str, *parameters: object) -> None:
    connection = await asyncpg.connect(pipeline["MOFCOM_DATABASE_URL"])
    await connection.execute(sql, *parameters)
    await connection.close()


def read(path: Path) -> list[WarcCapture]:
    with path.open("rb") as file:
        return list(WarcFile(file, 10**6, datetime.now(UTC)).captures())


async def test_stored_captures_are_exported_as_they_were(
    tmp_path: Path, pipeline: dict[str, str]
) -> None:
    path = tmp_path / "out.warc.gz"
    assert await export_warc(pipeline, path) == (0, f"{path}: 2 captures\n")
    back = read(path)
    assert [(c.row.original, c.row.timestamp, c.row.statuscode) for c in back] == [
        (PAGE, STAMP, "200"),
        (PAGE, LATER, "200"),
    ]
    for each in back:
        assert each.playback.body == BODY
        assert each.playback.reply
        assert each.playback.reply.header("content-type") == "text/html; charset=gb2312"
        assert each.playback.reply.header("server") == "nginx"
        assert each.playback.reply.header("memento-datetime") is None


@pytest.mark.parametrize(
    ("archive", "source"),
    [
        (WAYBACK_MACHINE, f"{WAYBACK_MACHINE}{STAMP}id_/{PAGE}"),
        ("https://arquivo.pt/wayback/", f"https://arquivo.pt/wayback/{STAMP}id_/{PAGE}"),
        ("https://data.commoncrawl.org", "https://data.commoncrawl.org"),
        (None, None),
    ],
)
async def test_each_record_says_which_archive_it_comes_from(
    tmp_path: Path, pipeline: dict[str, str], archive: str | None, source: str | None
) -> None:
    await database(pipeline, "UPDATE fetcher.capture SET archive = $1", archive)
    path = tmp_path / "out.warc.gz"
    await export_warc(pipeline, path)
    with path.open("rb") as file:
        info, first, second = (each.rec_headers for each in ArchiveIterator(file))
    assert info.get_header("WARC-Source-URI") is None
    assert first.get_header("WARC-Source-URI") == source
    assert second.get_header("WARC-Source-URI") == (source and source.replace(STAMP, LATER))
    assert [each.playback.archive for each in read(path)] == [archive] * 2


async def test_a_timestamp_that_is_no_date_is_kept(
    tmp_path: Path, pipeline: dict[str, str]
) -> None:
    odd = "20000012170449"
    await database(pipeline, 'UPDATE fetcher.capture SET "timestamp" = $1', odd)
    path = tmp_path / "out.warc.gz"
    await export_warc(pipeline, path)
    assert {each.row.timestamp for each in read(path)} == {odd}
    with path.open("rb") as file:
        dates = {each.rec_headers.get_header("WARC-Date") for each in ArchiveIterator(file)}
    assert "2000-01-12T17:04:49Z" in dates


async def test_a_body_that_was_cut_says_so_again(tmp_path: Path, database_url: str) -> None:
    store = Store(database_url)
    with staged(tmp_path, Capture(PAGE, STAMP, BODY)) as stage:
        stage.faults.script("shorter than declared")
        await fetched(stage, store)
    await store.stop()
    path = tmp_path / "out.warc.gz"
    where = {"MOFCOM_DATABASE_URL": database_url, "MOFCOM_BLOB_URL": stage.settings().blob_url}
    await export_warc(where, path)
    for each in read(path):
        assert (each.playback.body, each.playback.declared_size) == (BODY, len(BODY) + 990)
        assert each.playback.reply
        assert each.playback.reply.header("content-length") == str(len(BODY))


async def test_only_what_was_stored_since_a_day(tmp_path: Path, pipeline: dict[str, str]) -> None:
    path = tmp_path / "out.warc.gz"
    for since, count in ("2100-01-01", 0), ("2020-01-01", 2):
        said = await export_warc(pipeline, path, "--since", since)
        assert said == (0, f"{path}: {count} captures stored since {since}\n")
        assert len(read(path)) == count


async def test_a_missing_body_is_reported(tmp_path: Path, pipeline: dict[str, str]) -> None:
    bodies = [path for path in (tmp_path / "blobs" / "bodies").rglob("*") if path.is_file()]
    assert len(bodies) == 1
    bodies[0].unlink()
    path = tmp_path / "out.warc.gz"
    lost = "0 captures, and 2 whose bodies are missing from the blob store"
    assert await export_warc(pipeline, path) == (0, f"{path}: {lost}\n")


async def test_a_view_goes_with_the_other_formats_alone(pipeline: dict[str, str]) -> None:
    code, said = await export(pipeline, "notices", "--format", "warc")
    assert (code, "leave the view out" in said) == (1, True)
    code, said = await export(pipeline)
    assert (code, "name a view" in said) == (1, True)


async def piped(pipeline: dict[str, str], *arguments: str) -> bytes:
    """What goes into a pipe."""
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "services.cli", "export", *arguments, "--output", "-"],
        env={**os.environ, **pipeline},
        capture_output=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


async def test_every_format_goes_to_standard_output(
    tmp_path: Path, pipeline: dict[str, str]
) -> None:
    (tmp_path / "piped.warc.gz").write_bytes(await piped(pipeline, "--format", "warc"))
    assert [capture.row.timestamp for capture in read(tmp_path / "piped.warc.gz")] == [STAMP, LATER]
    table = pq.read_table(BytesIO(await piped(pipeline, "captures", "--format", "parquet")))
    assert table.column_names[0] == "capture_id"
    sheet = load_workbook(BytesIO(await piped(pipeline, "captures", "--format", "xlsx")))
    assert sheet["captures"]["A1"].value == "capture_id"


async def test_a_folder_in_which_nobody_may_write_is_reported(
    tmp_path: Path, pipeline: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    code, said = await export_warc(pipeline, tmp_path / "out.warc.gz")
    assert (code, "write to standard output with --output -" in said) == (1, True)


async def test_a_missing_folder_is_reported(tmp_path: Path, pipeline: dict[str, str]) -> None:
    path = tmp_path / "nowhere" / "out.warc.gz"
    code, said = await export_warc(pipeline, path)
    assert (code, f"{path} cannot be written" in said) == (1, True)


async def test_pywb_replays_it(tmp_path: Path, pipeline: dict[str, str]) -> None:
    path, folder = tmp_path / "out.warc.gz", tmp_path / "pywb"
    await export_warc(pipeline, path)
    folder.mkdir()
    with running_pywb(folder) as pywb:
        await asyncio.to_thread(pywb.add, "held.warc.gz", path.read_bytes())
        for stamp in (STAMP, LATER):
            answer = await asyncio.to_thread(httpx.get, f"{pywb.url}/web/{stamp}id_/{PAGE}")
            assert answer.status_code == 200
            assert answer.content == BODY
            assert answer.headers["content-type"] == "text/html; charset=gb2312"
            assert answer.headers["memento-datetime"].startswith(
                "Tue, 01 Jan 2019" if stamp == STAMP else "Fri, 01 Feb 2019"
            )


def test_without_headers_of_the_archive_all_are_the_sites() -> None:
    given = [("content-type", "text/html"), ("server", "nginx"), ("content-encoding", "gzip")]
    assert original_headers(given) == given[:2]
