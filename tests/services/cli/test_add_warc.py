"""`mofcom add FILE.warc.gz`: the file arrives whole, and what is wrong is reported."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from typer.testing import CliRunner, Result

from services.cli import asking
from services.cli.add_warc import begins_as_warc, described, is_warc
from services.cli.main import app as mofcom
from testing.archive.server import serve

TAKEN = {
    "records": 5,
    "done": 2,
    "skipped": 1,
    "passed_over": 1,
    "elsewhere": 1,
    "reasons": {"skipped": {"too large": 1}, "passed_over": {"no possible date": 1}},
    "damage": {},
}


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_PAUSE_SECONDS", 0)


@contextmanager
def fetcher(got: list[bytes], *answers: tuple[int, str]) -> Iterator[str]:
    """A fetcher double that gives these answers in turn, the last one again and again."""
    app = FastAPI()

    @app.post("/captures")
    async def take(request: Request) -> Response:
        status, content = answers[min(len(got), len(answers) - 1)]
        got.append(await request.body())
        if status == 200:
            return Response(content, media_type="application/x-ndjson")
        return JSONResponse({"detail": content}, status)

    async def plain(scope: Any, receive: Any, send: Any) -> None:
        await app(scope, receive, send)

    with serve(plain) as url:
        yield url


def lines(*answers: dict[str, Any]) -> tuple[int, str]:
    return 200, "".join(json.dumps(answer) + "\n" for answer in answers)


def add(url: str, *arguments: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(
        mofcom, ["add", *arguments], input=stdin, env={"MOFCOM_SERVICE_URLS": f"fetcher={url}"}
    )


@pytest.mark.parametrize(
    "name",
    ["captures.warc.gz", "/data/a.warc", "A.WARC.GZ", "b.Wacz", "c.arc", "d.ARC.gz", "e.warc.zst"],
)
def test_a_file_is_distinguished_from_an_address(name: str) -> None:
    assert is_warc(name)
    assert not is_warc(f"http://www.mofcom.gov.cn/{name}")
    assert not is_warc("www.mofcom.gov.cn/zcfb/*")


def test_a_file_is_known_by_its_first_bytes() -> None:
    assert all(map(begins_as_warc, (b"WARC/1.1\r\n", b"\x1f\x8b\x08\x00", b"PK\x03\x04ab")))
    assert not begins_as_warc(b"http://www.mofcom.gov.cn/\n")


def test_the_whole_file_is_sent_and_counts_are_printed(tmp_path: Path) -> None:
    path = tmp_path / "A.WARC.GZ"
    path.write_bytes(b"x" * 300_000)
    got: list[bytes] = []
    with fetcher(got, lines({"records": 5, "done": 1}, TAKEN)) as url:
        done = add(url, str(path))
    assert got == [path.read_bytes()]
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"{path}: 2 done, 1 skipped, 1 passed over, 1 elsewhere",
        "  skipped: too large (1)",
        "  passed over: no possible date (1)",
        "  elsewhere: not a page of mofcom.gov.cn (1)",
    ]


def test_the_result_of_every_file_is_printed() -> None:
    assert described({"records": 3}) == ["no captures among its 3 records"]


def test_damage_is_reported_and_the_rest_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"x")
    damaged = {"records": 2, "done": 1, "damage": {"the file ends in the middle of a record": 1}}
    with fetcher([], lines(damaged)) as url:
        done = add(url, str(path))
    assert done.exit_code == 1
    assert "1 done\n  not read: the file ends in the middle of a record (1)" in done.stdout


@pytest.mark.parametrize(
    "down", [(503, "Kafka is down"), (200, '{"detail": "Kafka is down"}\n'), (200, "")]
)
def test_a_file_is_sent_again_while_something_is_down(
    tmp_path: Path, down: tuple[int, str]
) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"x")
    got: list[bytes] = []
    with fetcher(got, down, lines(TAKEN)) as url:
        done = add(url, str(path))
    assert got == [b"x", b"x"]
    assert "trying again" in done.stderr
    assert "2 done" in done.stdout
    with fetcher([], down) as url:
        assert add(url, str(path)).exit_code == 1


def test_one_refused_file_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("a.warc", "b.WACZ", "sub/c.arc.gz"):
        (tmp_path / name).write_bytes(name.encode())
    got: list[bytes] = []
    with fetcher(got, (422, "not a WARC file: it is empty"), lines(TAKEN)) as url:
        done = add(url, str(tmp_path), str(tmp_path / "none.warc"))
    assert got == [b"a.warc", b"b.WACZ", b"sub/c.arc.gz"]
    assert done.exit_code == 1
    assert "a.warc: the fetcher" in done.stderr
    assert "422: not a WARC file: it is empty" in done.stderr
    assert "none.warc cannot be read" in done.stderr
    assert done.stdout.count("2 done") == 2


def test_standard_input_and_files_of_any_name_are_known_by_their_bytes(tmp_path: Path) -> None:
    stdin = b"\x1f\x8b\x08" + b"y" * 200_000
    (tmp_path / "crawl.dat").write_bytes(b"WARC/1.1\r\n")
    got: list[bytes] = []
    with fetcher(got, lines(TAKEN)) as url:
        done = add(url, "-", str(tmp_path / "crawl.dat"), stdin=stdin)
    assert got == [stdin, b"WARC/1.1\r\n"]
    assert done.stdout.startswith("standard input: 2 done")


def test_a_folder_with_nothing_to_add_is_reported(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("x")
    done = add("http://127.0.0.1:9", str(tmp_path))
    assert done.exit_code == 1
    assert (
        "has no file that can be added: a list of addresses (.txt, .csv, .tsv) or a WARC, ARC or WACZ file"
    ) in done.stderr


def test_without_a_fetcher_it_says_how_to_start_one(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"x")
    assert "no fetcher answers" in add("http://127.0.0.1:9", str(path)).stderr
