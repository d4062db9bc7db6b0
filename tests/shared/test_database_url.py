from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis.strategies import text

from shared.database_url import with_parts

URL = "postgresql://mofcom:old@db.example:5432/mofcom?sslmode=require"


def test_only_the_parts_that_are_given_change() -> None:
    assert with_parts(URL) == URL
    assert with_parts(URL, user="indexer") == URL.replace("mofcom:old", "indexer:old")
    assert with_parts(URL, password="new") == URL.replace("old", "new")
    assert with_parts(URL, database="test_1") == URL.replace("/mofcom?", "/test_1?")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://db/mofcom", "postgresql://u:p@db/mofcom"),
        ("postgresql://m@[::1]:5432/mofcom", "postgresql://u:p@[::1]:5432/mofcom"),
        ("postgresql://a:1,b:2/mofcom", "postgresql://u:p@a:1,b:2/mofcom"),
        ("postgresql:///mofcom?host=/run", "postgresql://u:p@/mofcom?host=/run"),
        ("postgresql://db", "postgresql://u:p@db"),
    ],
)
def test_an_address_may_lack_parts(url: str, expected: str) -> None:
    assert with_parts(url, user="u", password="p") == expected


@given(user=text(min_size=1), password=text())
def test_any_name_and_password_survive(user: str, password: str) -> None:
    parts = urlsplit(with_parts(URL, user=user, password=password))
    assert (unquote(parts.username or ""), unquote(parts.password or "")) == (user, password)
    assert (parts.hostname, parts.port, parts.path) == ("db.example", 5432, "/mofcom")
