"""What a watch list may say."""

import tomllib
from pathlib import Path

import pytest

from services.fetcher.addresses import in_scope
from services.fetcher.watch.watch_list import (
    BadWatchList,
    Watched,
    parse_watch_list,
    read_watch_list,
)
from shared.identity import url_key

URL = "http://www.mofcom.gov.cn/zcfb/"


def test_pages_prefixes_and_hosts_each_once() -> None:
    text = f'pages = ["{URL}"]\nprefixes = ["{URL}", "www.mofcom.gov.cn/zcfb/"]\nhosts = ["{URL}"]'
    assert parse_watch_list(text) == (
        Watched(URL, "exact"),
        Watched(URL, "prefix"),
        Watched(URL, "host"),
    )
    assert parse_watch_list("") == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("pages", "not TOML"),
        (f"pages = {'[' * 5000}", "not TOML: too many brackets"),
        (f"pages = {'9' * 5000}", "not TOML"),
        ("prefix = []", "'prefix' is not one of pages, prefixes, hosts"),
        (f'pages = "{URL}"', "pages is not an array"),
        ("pages = [1]", r"pages, entry 1 \(1\)"),
        (f'prefixes = ["{URL}*"]', "without \\*"),
        (f'prefixes = ["2020/{URL}"]', "and timestamp"),
        ('hosts = ["http://gov.cn/"]', "hosts, entry 1 .*not mofcom.gov.cn"),
        ('hosts = ["http://mofcom.gov.cn@127.0.0.1/"]', "names a user"),
    ],
)
def test_what_is_wrong_is_reported(text: str, problem: str) -> None:
    with pytest.raises(BadWatchList, match=problem):
        parse_watch_list(text)


def test_the_projects_own_list_is_valid() -> None:
    watched = read_watch_list(Path(__file__).parents[4] / "seeds")
    assert len(watched) > 20
    assert all(in_scope(entry.url) for entry in watched)
    # Every generation of addresses, and sub-sites.
    for part in ("www.mofcom.gov.cn/aarticle/", "/article/b/", "/article/zwgk/", "/zcfb/blgg/"):
        assert any(part in entry.url for entry in watched)
    assert sum("www." not in entry.url for entry in watched) > 5


def test_it_covers_every_bundled_page_that_is_no_daily_news() -> None:
    seeds = Path(__file__).parents[4] / "seeds"
    watched = [url_key(entry.url) for entry in read_watch_list(seeds) if entry.match != "exact"]
    pages = tomllib.loads((seeds / "pages" / "captures.toml").read_text())["capture"]
    missed = {
        page["url"]
        for page in pages
        # Pages link to the others.
        if "content_type" not in page and not url_key(page["url"]).startswith((*watched,))
    }
    assert [url for url in missed if "/article/ae/ai/" not in url] == []


def test_no_list_is_a_bad_one(tmp_path: Path) -> None:
    with pytest.raises(BadWatchList, match=r"watch\.toml"):
        read_watch_list(tmp_path)
