"""The bundled archive over a real socket."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from deploy.local.archive.app import Archive, create_app
from deploy.local.archive.captures import Capture, Captures
from testing.archive.folder import folder_captures
from testing.archive.server import serve

ROOT = Path(__file__).parents[3]
PAGE = "http://www.mofcom.gov.cn/article/a.shtml"
BODY = "<body>商务部</body>".encode()


@pytest.fixture
def archive() -> Archive:
    return create_app(Captures([Capture(PAGE, "20190101000000", BODY, length=60)]))


@pytest.fixture
def client(archive: Archive) -> Iterator[httpx.Client]:
    with serve(archive) as url, httpx.Client(base_url=url, trust_env=False) as client:
        yield client


def test_a_capture_is_served_byte_for_byte(client: httpx.Client) -> None:
    got = client.get(f"/web/20190101000000id_/{PAGE}")
    assert (got.status_code, got.content) == (200, BODY)
    assert got.headers["content-encoding"] == "gzip"
    assert got.headers["transfer-encoding"] == "chunked"


def test_the_query_belongs_to_the_asked_address(archive: Archive, client: httpx.Client) -> None:
    archive.captures.add(Capture(f"{PAGE}?b=%E5%95%86&a=1", "20190101000000", b"with query"))
    assert client.get(f"/web/20190101000000id_/{PAGE}?b=%E5%95%86&a=1").content == b"with query"
    assert client.get(f"/web/20190101000000id_/{PAGE}").content == BODY


def test_locations_are_those_of_the_host_that_was_asked(client: httpx.Client) -> None:
    got = client.get(f"/web/2019id_/{PAGE}", headers={"host": "archive:8100"})
    assert got.status_code == 302
    assert got.headers["location"] == f"http://archive:8100/web/20190101000000id_/{PAGE}"
    assert (got.headers["content-length"], got.content) == ("0", b"")


def test_a_capture_that_was_added_is_listed_and_played(
    archive: Archive, client: httpx.Client
) -> None:
    archive.captures.add(Capture(PAGE, "20200101000000", b"new"))
    assert client.get(f"/web/20200101000000id_/{PAGE}").content == b"new"
    listed = client.get("/cdx/search/cdx", params={"url": PAGE, "fl": "timestamp"})
    assert listed.text == "20190101000000\n20200101000000\n"


def test_cdx_is_gzipped_unless_the_client_declines(client: httpx.Client) -> None:
    plain = client.get("/cdx/search/cdx", params={"url": PAGE, "gzip": "false"})
    packed = client.get("/cdx/search/cdx", params={"url": PAGE})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text != ""


def test_without_a_user_agent_nothing_is_answered(client: httpx.Client) -> None:
    assert client.get("/cdx/search/cdx", params={"url": PAGE}).status_code == 200
    del client.headers["user-agent"]
    assert client.get("/cdx/search/cdx", params={"url": PAGE}).status_code == 400


def test_every_request_is_counted_by_endpoint(archive: Archive, client: httpx.Client) -> None:
    client.get("/cdx/search/cdx", params={"url": PAGE})
    client.get(f"/web/2019id_/{PAGE}")
    client.get(f"/web/20190101000000id_/{PAGE}")
    assert (archive.counts["cdx"], archive.counts["memento"]) == (1, 2)
    assert len(archive.times("cdx")) == 1
    first, second = archive.times("memento")
    assert first < second
    assert archive.requests[-1].target == f"/web/20190101000000id_/{PAGE}"


def test_a_folder_of_pages_is_served(tmp_path: Path) -> None:
    (tmp_path / "1.shtml").write_bytes(b"one")
    (tmp_path / "2.pdf").write_bytes(b"two")
    captures = folder_captures(
        tmp_path, lambda path: f"http://www.mofcom.gov.cn/{path.name}", "20190202000000"
    )
    with serve(create_app(Captures(captures))) as url:
        one = httpx.get(f"{url}/web/20190202000000id_/http://www.mofcom.gov.cn/1.shtml")
        two = httpx.get(f"{url}/web/20190202000000id_/http://www.mofcom.gov.cn/2.pdf")
    assert (one.content, one.headers["content-type"]) == (b"one", "text/html")
    assert (two.content, two.headers["content-type"]) == (b"two", "application/octet-stream")


def test_the_command_says_where_it_listens_and_serves_there() -> None:
    command = [sys.executable, "-m", "deploy.local.archive", "seeds/demo.warc.gz", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.fullmatch(r"bundled archive: (\d+) captures at (http://[\d.:]+)\n", line)
            assert found is not None, line
            assert httpx.get(found[2]).text == f"{found[1]} captures\n"
        finally:
            process.terminate()


def test_the_command_refuses_a_file_that_is_not_there() -> None:
    command = [sys.executable, "-m", "deploy.local.archive", "none.warc.gz"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "none.warc.gz" in ended.stderr
