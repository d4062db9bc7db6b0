"""`mofcom add` while Kafka starts again: the fetcher's 503 is asked again, and not for ever."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner

from services.cli import add
from services.cli.main import app

ADDRESS = "http://www.mofcom.gov.cn/article/zwgk/gkztz/202107/20210703180542.shtml"
ACCEPTED = {"accepted": [{"address": ADDRESS, "request_id": "1"}], "refused": []}
NOT_YET = {"detail": "Kafka has not confirmed in time; ask again"}


@contextmanager
def fetcher_answering(*statuses: int) -> Iterator[tuple[str, list[object]]]:
    """A fetcher double that gives these answers in turn, the last one again and again."""
    asked: list[object] = []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status = statuses[min(len(asked), len(statuses) - 1)]
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(ACCEPTED if status == 202 else NOT_YET).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add, "_PAUSE_SECONDS", 0)


def test_what_kafka_has_not_confirmed_is_asked_again() -> None:
    with fetcher_answering(503, 503, 202) as (url, asked):
        done = CliRunner().invoke(app, ["add", ADDRESS], env={"MOFCOM_FETCHER_URL": url})
    assert done.exit_code == 0
    assert done.stdout == f"requested {ADDRESS}\n"
    assert done.stderr.count("trying again") == 2
    assert asked == [{"addresses": [ADDRESS]}] * 3


def test_addresses_come_from_a_file_and_from_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "more.txt"
    file.write_text(f"# a comment\n{ADDRESS}?file\n\n")
    with fetcher_answering(202) as (url, asked):
        done = CliRunner().invoke(
            app,
            ["add", "-", "--file", str(file), "--json"],
            env={"MOFCOM_FETCHER_URL": url},
            input=f"{ADDRESS}?input\n# no address\n",
        )
    assert asked == [{"addresses": [f"{ADDRESS}?input", f"{ADDRESS}?file"]}]
    assert json.loads(done.stdout) == {**ACCEPTED, "warc": []}


@pytest.mark.parametrize("from_file", [True, False])
def test_a_line_that_is_not_utf_8_is_refused_by_its_number(tmp_path: Path, from_file: bool) -> None:
    lines = b"\xef\xbb\xbf" + f"{ADDRESS}?1\r\n# ".encode() + b"\xff\n"
    lines += ADDRESS.encode() + b"?\xff\n" + f"{ADDRESS}?商务\n".encode()
    file = tmp_path / "more.txt"
    file.write_bytes(lines)
    arguments, source = (["--file", str(file)], file) if from_file else (["-"], "standard input")
    with fetcher_answering(202) as (url, asked):
        done = CliRunner().invoke(
            app,
            ["add", *arguments],
            env={"MOFCOM_FETCHER_URL": url},
            input=None if from_file else lines,
        )
    assert asked == [{"addresses": [f"{ADDRESS}?1", f"{ADDRESS}?商务"]}]
    assert done.exit_code == 1
    why = f"line 3 of {source} is not UTF-8: write it in UTF-8 or percent-encoded"
    assert done.stderr == f"refused {ADDRESS}?\N{REPLACEMENT CHARACTER}: {why}\n"


def test_a_long_line_that_is_refused_is_cut(tmp_path: Path) -> None:
    file = tmp_path / "more.txt"
    file.write_bytes(b"\xff" + b"x" * 5000)
    done = CliRunner().invoke(
        app, ["add", "--file", str(file)], env={"MOFCOM_FETCHER_URL": "http://127.0.0.1:1"}
    )
    assert done.exit_code == 1
    cut = "\N{REPLACEMENT CHARACTER}" + "x" * 199
    assert done.stderr.startswith(f"refused {cut}…: line 1 of {file}")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [((), "nothing to add"), (("--file", "/no/such.txt"), "/no/such.txt cannot be read")],
)
def test_what_cannot_be_added_is_said(arguments: tuple[str, ...], line: str) -> None:
    done = CliRunner().invoke(app, ["add", *arguments])
    assert done.exit_code == 1
    assert done.stderr.startswith(line)


def test_a_broker_that_stays_away_ends_it_with_the_reason() -> None:
    with fetcher_answering(503) as (url, asked):
        done = CliRunner().invoke(app, ["add", ADDRESS], env={"MOFCOM_FETCHER_URL": url})
    assert done.exit_code == 1
    assert "Kafka has not confirmed in time" in done.stderr.splitlines()[-1]
    assert len(asked) == 6


def test_another_error_is_not_asked_again() -> None:
    with fetcher_answering(500) as (url, asked):
        done = CliRunner().invoke(app, ["add", ADDRESS], env={"MOFCOM_FETCHER_URL": url})
    assert done.exit_code == 1
    assert len(asked) == 1
