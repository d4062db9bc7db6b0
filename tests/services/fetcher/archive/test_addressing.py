"""The archive's URL, a proxy and a contact, as people write them."""

from base64 import b64encode
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.fetcher.archive.addressing import contact, proxy_url, server_url
from services.fetcher.archive.http import Http
from services.fetcher.archive.reply import Reply
from services.fetcher.settings import FetcherSettings
from testing.fetcher.stage import settings
from tests.services.fetcher.archive.test_http import serving


@pytest.mark.parametrize(
    "behind",
    [
        "",
        "/",
        "/web",
        "/web/",
        "/web/*/",
        "/web/2023/http://www.mofcom.gov.cn/",
        "/cdx/search/cdx",
        "/save/",
    ],
)
def test_the_archives_url_in_the_forms_that_people_write(behind: str) -> None:
    for before in ("https://web.archive.org", "web.archive.org", " HTTPS://Web.Archive.org"):
        assert server_url(f"{before}{behind}") == "https://web.archive.org"
    assert server_url(f"http://127.0.0.1:8080/my{behind}") == "http://127.0.0.1:8080/my"


@pytest.mark.parametrize(
    "text", ["", "ftp://web.archive.org", "http://", "https://a:b@c", "http://h:x", "h?x=1", "a b"]
)
def test_what_is_no_archive_is_refused_with_one_line(text: str) -> None:
    with pytest.raises(ValidationError, match="archive_url") as refused:
        FetcherSettings(archive_url=text)
    assert len(refused.value.errors()) == 1


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("", ""),
        ("  ", ""),
        ("http://127.0.0.1:3128", "http://127.0.0.1:3128"),
        ("127.0.0.1:3128", "http://127.0.0.1:3128"),
        ("proxy.example", "http://proxy.example"),
        (" HTTP://Proxy.example:3128/ ", "http://proxy.example:3128"),
        ("https://127.0.0.1:3128", "https://127.0.0.1:3128"),
        ("http://user:p%40ss@h:1", "http://user:p%40ss@h:1"),
        ("http://user:p@ss@h:1", "http://user:p%40ss@h:1"),
        ("http://用户:a@h:1", "http://%E7%94%A8%E6%88%B7:a@h:1"),
        ("[::1]:3128", "http://[::1]:3128"),
    ],
)
def test_a_proxy_in_the_forms_that_people_write(text: str, url: str) -> None:
    assert proxy_url(text) == url
    assert proxy_url(url) == url


@pytest.mark.parametrize(
    "text",
    [
        "socks5://h:1",
        "socks5h://h:1",
        "http://",
        "http://h:x",
        "h:0",
        "PROXY h:1",
        r"\\h:1",
        "DIRECT",
    ],
)
def test_a_proxy_that_cannot_be_used_is_refused_with_one_line(text: str) -> None:
    with pytest.raises(ValidationError, match="archive_proxy") as refused:
        FetcherSettings(archive_proxy=text)
    assert len(refused.value.errors()) == 1


def test_a_contact_is_one_line_of_ascii() -> None:
    assert contact("https://example.org/about") == "https://example.org/about"
    assert contact("张三 a@example.org").endswith(" a@example.org")
    assert contact("张三 a@example.org").isascii()
    with pytest.raises(ValueError, match="at most 200"):
        contact("x" * 201)
    with pytest.raises(ValueError, match="one line"):
        contact("a\nb")


async def test_user_and_contact_with_chinese_letters_arrive(tmp_path: Path) -> None:
    async with serving(tmp_path) as (server, _):
        http = Http(
            settings(
                tmp_path,
                "http://archive.example",
                archive_proxy=server.url.replace("://", "://用户:a@"),
                archive_contact="张三",
            )
        )
        reply = await http.get("/web/1")
        await http.close()
    assert isinstance(reply, Reply)
    (head,) = server.heads
    assert b"Basic " + b64encode("用户:a".encode()) in head
    assert b"(+%E5%BC%A0%E4%B8%89)" in head
