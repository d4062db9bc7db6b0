"""`mofcom add`: what it sends and refuses, and that a 503 of the fetcher is retried."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner

from services.cli import add, asking
from services.cli.main import app

ADDRESS = "http://www.mofcom.gov.cn/article/zwgk/gkztz/202107/20210703180542.shtml"
ACCEPTED: dict[str, list[dict[str, str]]] = {
    "accepted": [{"address": ADDRESS, "read_as": ADDRESS, "request_id": "1"}],
    "refused": [],
}
# The headers Authorization that came, in their order.
tokens: list[str] = []
NOT_YET = {"detail": "Kafka has not confirmed in time; ask again"}


@contextmanager
def fetcher_answering(*statuses: int) -> Iterator[tuple[str, list[object]]]:
    """A fetcher double that gives these answers in turn, the last one again and again."""
    asked: list[object] = []
    tokens.clear()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            tokens.append(self.headers.get("Authorization", ""))
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
    monkeypatch.setattr(asking, "_PAUSE_SECONDS", 0)


def test_what_kafka_has_not_confirmed_is_sent_again() -> None:
    with fetcher_answering(503, 503, 202) as (url, asked):
        done = CliRunner().invoke(
            app, ["add", ADDRESS], env={"MOFCOM_SERVICE_URLS": f"fetcher={url}"}
        )
    assert done.exit_code == 0
    assert done.stdout == f"requested {ADDRESS}\n"
    assert done.stderr.count("trying again") == 2
    assert asked == [{"addresses": [ADDRESS]}] * 3


def test_a_token_is_sent_where_one_is_given(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("secret\n")
    with fetcher_answering(202) as (url, _):
        environment = {
            "MOFCOM_SERVICE_URLS": f"fetcher={url}",
            "MOFCOM_FETCHER_TOKEN_FILE": str(file),
        }
        done = CliRunner().invoke(app, ["add", ADDRESS], env=environment)
        assert (done.exit_code, tokens) == (0, ["Bearer secret"])
        file.unlink()
        done = CliRunner().invoke(app, ["add", ADDRESS], env=environment)
    assert done.exit_code == 1
    assert "MOFCOM_FETCHER_TOKEN_FILE is wrong: " in done.stderr


def test_addresses_come_from_a_file_and_from_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "more.txt"
    file.write_text(f"# a comment\n{ADDRESS}?file\n\n")
    with fetcher_answering(202) as (url, asked):
        done = CliRunner().invoke(
            app,
            ["add", "-", "--file", str(file), "--json"],
            env={"MOFCOM_SERVICE_URLS": f"fetcher={url}"},
            input=f"{ADDRESS}?input\n# no address\n",
        )
    assert asked == [{"addresses": [f"{ADDRESS}?input", f"{ADDRESS}?file"]}]
    assert json.loads(done.stdout) == {**ACCEPTED, "warc": []}


def test_files_and_folders_are_named_as_arguments(tmp_path: Path) -> None:
    (tmp_path / "lists" / "old").mkdir(parents=True)
    (tmp_path / "lists" / "old" / "A.TXT").write_text(f"{ADDRESS}?a\n", encoding="utf-16")
    (tmp_path / "lists" / "b.csv").write_text(f'title,url\n"公告, 一",{ADDRESS}?b\n')
    (tmp_path / "lists" / "notes.md").write_text(f"{ADDRESS}?no\n")
    (tmp_path / "c.txt").write_text(f"{ADDRESS}?c\n")
    with fetcher_answering(202) as (url, asked):
        CliRunner().invoke(
            app,
            ["add", str(tmp_path / "lists"), str(tmp_path / "c.txt")],
            env={"MOFCOM_SERVICE_URLS": f"fetcher={url}"},
        )
    assert asked == [{"addresses": [f"公告, 一\t{ADDRESS}?b", f"{ADDRESS}?a", f"{ADDRESS}?c"]}]


def test_how_an_address_was_read_is_printed_where_it_is_not_as_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(ACCEPTED["accepted"][0], "read_as", f"2023/{ADDRESS}")
    with fetcher_answering(202) as (url, _):
        done = CliRunner().invoke(
            app, ["add", ADDRESS], env={"MOFCOM_SERVICE_URLS": f"fetcher={url}"}
        )
    assert done.stdout == f"requested {ADDRESS} (2023/{ADDRESS})\n"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "nothing to add"),
        (("--file", "/no/such.txt"), "/no/such.txt cannot be read"),
        (("/no/such.txt",), "/no/such.txt"),
    ],
)
def test_what_cannot_be_added_is_reported(arguments: tuple[str, ...], line: str) -> None:
    done = CliRunner().invoke(app, ["add", *arguments])
    assert done.exit_code == 1
    assert done.stderr.startswith(line)


def test_a_broker_that_stays_away_ends_it_with_the_reason() -> None:
    with fetcher_answering(503) as (url, asked):
        done = CliRunner().invoke(
            app, ["add", ADDRESS], env={"MOFCOM_SERVICE_URLS": f"fetcher={url}"}
        )
    assert done.exit_code == 1
    assert "Kafka has not confirmed in time" in done.stderr.splitlines()[-1]
    assert done.stderr.count("trying again") == 5
    assert len(asked) == 6


def test_a_refused_argument_that_is_no_address_says_what_it_is_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, missing = tmp_path / "page.html", tmp_path / "missing"
    page.write_text("<p>text</p>")
    other = "http://example.org/"
    refused = [
        {"address": str(one), "reason": "no address"} for one in (page, missing, other, "a line")
    ]
    monkeypatch.setitem(ACCEPTED, "refused", refused)
    with fetcher_answering(202) as (url, _):
        done = CliRunner().invoke(
            app,
            ["add", str(page), str(missing), other],
            env={"MOFCOM_SERVICE_URLS": f"fetcher={url}"},
        )
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        f"refused {page}: the file is not {add._KINDS}; a saved page is read with `mofcom parse`",
        f"refused {missing}: no address; nor is there a file or folder of this name",
        f"refused {other}: no address",
        "refused a line: no address",
    ]


def test_another_error_is_not_retried() -> None:
    with fetcher_answering(500) as (url, asked):
        done = CliRunner().invoke(
            app, ["add", ADDRESS], env={"MOFCOM_SERVICE_URLS": f"fetcher={url}"}
        )
    assert done.exit_code == 1
    assert len(asked) == 1
