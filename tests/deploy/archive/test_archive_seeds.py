"""The bundled captures: built from their pages, holding the seed record, all of it reachable."""

import re
import zlib
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from deploy.local.archive.captures import Capture, Captures, read_warc
from deploy.local.archive.cdx import search
from deploy.local.archive.replay import replay
from seeds.make_warc import WARC, build

SEEDS = WARC.parent
SEED_URL = "http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml"
SHARED = Path(__file__).parents[3].parent / "shared"


@pytest.fixture(scope="module")
def captures() -> Captures:
    return Captures(read_warc(WARC))


def unpacked(gzipped: bytes) -> bytes:
    """The WARC inside: another zlib may pack the same bytes differently."""
    parts = []
    while gzipped:
        member = zlib.decompressobj(wbits=31)
        parts.append(member.decompress(gzipped))
        gzipped = member.unused_data
    return b"".join(parts)


def test_demo_warc_is_built_from_the_pages_as_they_are() -> None:
    assert unpacked(WARC.read_bytes()) == unpacked(build()), "stale: run `make warc`"


def test_the_same_pages_give_the_same_bytes() -> None:
    assert build() == build()


def test_asking_at_the_seeds_own_time_ends_at_its_capture(captures: Captures) -> None:
    found = replay(f"20230113054024id_/{SEED_URL}", captures, "")
    assert found.status == 302
    assert found.header("location") == f"/web/20230111174105id_/{SEED_URL}"


def test_the_seed_page_says_what_the_seed_record_says(captures: Captures) -> None:
    record = SHARED / "seed" / "000_efca1684ebccc90f.txt"
    if not record.is_file():
        pytest.skip("the seed record is not beside this checkout")
    fields = dict(
        line.split(": ", 1) for line in record.read_text(encoding="utf-8").splitlines() if line
    )
    page = LexborHTMLParser(replay(f"20230111174105id_/{SEED_URL}", captures, "").body)
    title = page.css_first(".art-title")
    assert title is not None
    assert title.text() == fields["title"]
    lines = [p.text().strip() for p in page.css(".art-con.art-con-bottonmLine p")]
    assert " ".join(lines) == fields["resulting_text"]


def asked_in_demo() -> list[str]:
    lines = (SEEDS / "demo.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_seeds_own_form_comes_first() -> None:
    assert asked_in_demo()[0] == f"20230113054024/{SEED_URL}"


@pytest.mark.parametrize("address", asked_in_demo())
def test_every_address_of_the_demo_resolves(captures: Captures, address: str) -> None:
    assert reached(captures, address)


def test_the_demo_reaches_every_page(captures: Captures) -> None:
    reachable = {c.row[:3] for address in asked_in_demo() for c in reached(captures, address)}
    files = {c for c in captures if c.row[3] != "text/html"}
    assert reachable == {c.row[:3] for c in captures if c not in files}
    # The fetcher asks for files by the links to them.
    assert len(files) == 2
    pages = [unescape(c.body.decode()) for c in captures if c not in files]
    for file in files:
        parts = urlsplit(file.original)
        target = parts._replace(scheme="", netloc="").geturl()
        assert any(target in page for page in pages), file.original


def reached(captures: Captures, address: str) -> list[Capture]:
    """The captures that a user gets for an address in any of its forms."""
    if address.endswith("*"):
        rows = search([("url", address), ("filter", "statuscode:200")], captures).body.decode()
        wanted = {tuple(row.split(" ")[:3]) for row in rows.splitlines()}
    else:
        asked = re.sub(r"^https://web\.archive\.org/web/", "", address)
        asked = re.sub(r"^(\d{1,14})(?:id_)?/", r"\1id_/", asked)
        found = replay(asked, captures, "")
        if found.header("x-archive-redirect-reason"):
            asked = (found.header("location") or "").removeprefix("/web/")
        timestamp, _, original = asked.partition("/")
        wanted = {(timestamp.removesuffix("id_"), original)}
        return [c for c in captures if c.row[1:3] in wanted]
    return [c for c in captures if c.row[:3] in wanted]


def test_the_set_has_every_kind_of_capture(captures: Captures) -> None:
    good = [c for c in captures if c.status == 200]
    texts = {c: LexborHTMLParser(c.body).text() for c in good}
    for number in (55, 56, 57, 58, 61, 62, 70):
        assert any(f"公告2025年第{number}号 公布" in text for text in texts.values()), number
    assert {c.status for c in captures} == {200, 301, 404}
    by_page: dict[str, list[str]] = {}
    for capture in captures:
        by_page.setdefault(capture.urlkey, []).append(capture.digest)
    twice = sorted(len(set(digests)) for digests in by_page.values() if len(digests) == 2)
    assert twice == [1, 2]  # one page unchanged, one changed
