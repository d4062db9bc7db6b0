"""`mofcom add FILE.warc.gz`: the file arrives whole, and what is wrong is said."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import typer
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from services.cli.add_warc import add_warc, is_warc
from testing.archive.server import serve


@contextmanager
def fetcher(status: int, got: list[bytes]) -> Iterator[str]:
    app = FastAPI()

    @app.post("/captures")
    async def take(request: Request) -> Response:
        got.append(await request.body())
        return JSONResponse({"done": 2} if status == 200 else {"detail": "not a whole"}, status)

    async def plain(scope: Any, receive: Any, send: Any) -> None:
        await app(scope, receive, send)

    with serve(plain) as url:
        yield url


def test_a_file_is_told_from_an_address() -> None:
    assert is_warc("captures.warc.gz")
    assert is_warc("/data/a.warc")
    assert not is_warc("http://www.mofcom.gov.cn/a.warc.gz")
    assert not is_warc("www.mofcom.gov.cn/zcfb/*")


def test_the_whole_file_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"x" * 300_000)
    got: list[bytes] = []
    with fetcher(200, got) as url:
        taken = add_warc(url, path)
    assert got == [path.read_bytes()]
    assert taken == {"done": 2}


def test_what_is_wrong_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"x")
    with fetcher(422, []) as url, pytest.raises(typer.Exit):
        add_warc(url, path)
    assert '422: {"detail":"not a whole"}' in capsys.readouterr().err
    with pytest.raises(typer.Exit):
        add_warc("http://127.0.0.1:9", path)
    assert "no fetcher answers" in capsys.readouterr().err
    with pytest.raises(typer.Exit):
        add_warc("http://127.0.0.1:9", tmp_path / "none.warc")
    assert "cannot be read" in capsys.readouterr().err
