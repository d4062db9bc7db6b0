"""`mofcom parse`: what it refuses before it reads a page."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from services.cli.main import app
from testing.waiting import LIMIT_SECONDS

URL = "http://www.mofcom.gov.cn/article/zwgk/gkztz/202107/20210703180542.shtml"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text("<html><head><title>关于公布名单的通知</title></head><body>正文</body></html>")
    return path


def parse(page: Path, timestamp: str) -> Result:
    return CliRunner().invoke(app, ["parse", str(page), "--url", URL, "--timestamp", timestamp])


@pytest.mark.parametrize(
    ("timestamp", "problem"),
    [
        ("x", "timestamp 'x' is not of digits"),
        ("", "timestamp '' is not of digits"),
        ("２０２６", "is not of digits"),
        ("2026-01-02", "is not of digits"),
        ("99999999999999", "has month 99"),
        ("20260132", "has day 32"),
        ("202601020304050", "has more than 14 digits"),
    ],
)
def test_what_is_no_timestamp_is_refused(page: Path, timestamp: str, problem: str) -> None:
    done = parse(page, timestamp)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("--timestamp: ")
    assert problem in done.stderr


@pytest.mark.parametrize(
    ("file", "url", "problem"),
    [
        (".", URL, "is a folder: give one file at a time"),
        ("missing.html", URL, "cannot be read: No such file"),
        ("page.html", "www.mofcom.gov.cn/a.html", "beginning with http://"),
        ("page.html", "http://", "beginning with http://"),
    ],
)
def test_what_is_no_page_or_address_is_refused(
    page: Path, file: str, url: str, problem: str
) -> None:
    done = CliRunner().invoke(app, ["parse", str(page.parent / file), "--url", url])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert problem in done.stderr


def test_a_named_pipe_is_refused_at_once(page: Path) -> None:
    pipe = page.parent / "pipe.html"
    os.mkfifo(pipe)
    done = CliRunner().invoke(app, ["parse", str(pipe), "--url", URL])
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"{pipe} is a named pipe: give a file, or - for standard input\n"


@pytest.mark.parametrize("name", ["pages.warc.gz", "pages.wacz", "PAGES.WARC"])
@pytest.mark.parametrize("more", [[], ["--url", URL]])
def test_of_a_web_archive_it_says_which_command_takes_it(name: str, more: list[str]) -> None:
    done = CliRunner().invoke(app, ["parse", name, *more])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.endswith(f"load it with `mofcom add {name}`\n")


def test_of_a_file_that_never_ends_no_more_is_read_than_is_needed_to_refuse_it() -> None:
    # With too little memory to go on reading.
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30));"
        "from services.cli.main import app; app()"
    )
    command = [sys.executable, "-c", program, "parse", "/dev/zero", "--url", URL]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("/dev/zero: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("timestamp", ["2026", "20260102030405"])
def test_a_timestamp_is_taken(page: Path, timestamp: str) -> None:
    done = parse(page, timestamp)
    assert done.exit_code == 0
    assert "关于公布名单的通知" in json.loads(done.stdout)["title"]


def test_a_page_may_come_on_standard_input(page: Path) -> None:
    read = CliRunner().invoke(app, ["parse", str(page), "--url", URL])
    piped = CliRunner().invoke(app, ["parse", "-", "--url", URL], input=page.read_bytes())
    assert json.loads(piped.stdout) == json.loads(read.stdout)
