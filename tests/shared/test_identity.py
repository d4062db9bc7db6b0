"""URL keys agree with the archive's own, and ids follow from what they identify."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from shared.identity import address_id, capture_id, event_id, request_id, url_key

RECORDINGS = Path(__file__).parents[3] / "shared" / "data" / "wayback-recordings"
# URLKEY TIMESTAMP ORIGINAL MIMETYPE STATUS DIGEST, as CDX prints a line.
CDX_LINE = re.compile(r"^(\S+\)/\S*) \d{12,} (\S+) \S+ \S+ [A-Z0-9]{32}", re.MULTILINE)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.mofcom.gov.cn/", "cn,gov,mofcom)/"),
        ("HTTPS://WWW.MOFCOM.GOV.CN:443/Article/B/", "cn,gov,mofcom)/article/b"),
        ("mofcom.gov.cn", "cn,gov,mofcom)/"),
        ("http://www2.mofcom.gov.cn:8080/x#top", "cn,gov,mofcom:8080)/x"),
        ("http://user:word@exportcontrol.mofcom.gov.cn/a", "cn,gov,mofcom,exportcontrol)/a"),
        ("http://a.cn/x?b=2&a=1", "cn,a)/x?a=1&b=2"),
        ("http://a.cn/x?", "cn,a)/x"),
        ("http://a.cn/a//b/./c/../d", "cn,a)/a/b/d"),
        ("http://a.cn/%E5%95%86?%e5=1", "cn,a)/%e5%95%86?%e5=1"),
        ("http://a.cn/商", "cn,a)/%e5%95%86"),
        ("http://a.cn/%2541", "cn,a)/a"),
    ],
)
def test_url_key(url: str, key: str) -> None:
    assert url_key(url) == key


@pytest.mark.parametrize("url", ["", "http://", "http:///path", "http://a.cn:port/"])
def test_url_key_refuses_what_has_no_host(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        url_key(url)


@given(st.text(st.characters(exclude_characters="#"), max_size=40))
def test_url_key_is_stable_and_ignores_case_and_scheme(path: str) -> None:
    key = url_key(f"http://www.mofcom.gov.cn/{path}")
    assert key.startswith("cn,gov,mofcom)/")
    assert key == url_key(f"https://MOFCOM.gov.cn/{path}")


def recorded_pairs() -> Iterator[tuple[str, str]]:
    """(urlkey, original) of every index line in the recordings, text and JSON."""
    for file in sorted(RECORDINGS.glob("edgi-wayback/**/*.yaml")):
        for interaction in yaml.load(file.read_bytes(), yaml.CSafeLoader)["interactions"]:
            body = interaction["response"]["body"].get("string") or b""
            body = body.encode() if isinstance(body, str) else body
            if body[:2] == b"\x1f\x8b":
                body = gzip.decompress(body)
            yield from CDX_LINE.findall(body.decode("utf-8", "replace"))
    for file in sorted(RECORDINGS.glob("cdx_toolkit/*.jsonl")):
        for line in file.read_text().splitlines():
            text = json.loads(line).get("response_text") or ""
            yield from re.findall(r'\["(\S+\)/[^"]*)","\d{14}","([^"]+)"', text)


def test_url_key_is_the_archives() -> None:
    if not RECORDINGS.exists():
        pytest.skip(f"no recordings at {RECORDINGS}")
    pairs = set(recorded_pairs())
    assert len(pairs) > 40
    # The one exception is not a URL at all: the archive kept the key of the page it stood on.
    differ = {original for key, original in pairs if url_key(original) != key}
    assert differ <= {"some/not/even/url/thing"}


def test_the_day_distinguishes_only_requests_for_the_latest_capture() -> None:
    url, monday, tuesday = "http://www.mofcom.gov.cn/a", date(2023, 1, 2), date(2023, 1, 3)
    assert request_id(url, "2023", monday) == request_id(url, "2023", tuesday)
    assert request_id(url, None, monday) != request_id(url, None, tuesday)
    assert request_id(url, "2023", monday) != request_id(url + "b", "2023", monday)


def test_a_seeds_line_is_one_address_forever() -> None:
    assert address_id("a", None, "seeds") == address_id("a", None, "seeds")
    assert address_id("a", date(2023, 1, 2)) != address_id("a", date(2023, 1, 3))
    assert address_id("a", date(2023, 1, 2)) != address_id("a", None, "seeds")


def test_ids_do_not_run_together() -> None:
    assert event_id("ab", "c") != event_id("a", "bc")
    assert capture_id("http://a.cn/1", "20230101000000") != capture_id(
        "http://a.cn/", "120230101000000"
    )
