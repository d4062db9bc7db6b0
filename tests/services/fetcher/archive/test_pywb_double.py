"""The double of pywb answers as pywb does; without pywb's own environment it is compared with nothing."""

import json
from urllib.parse import quote

import httpx
import pytest

from deploy.local.archive.captures import read_warc
from testing.archive.pywb import running_pywb
from testing.archive.pywb_double import COLLECTION, pywb_double
from testing.archive.server import serve
from testing.fetcher.pages import BODY, SITE
from testing.fetcher.warcs import gzipped, http, record, sha1

HERE = f"{SITE}/article/a.shtml"
WARC = gzipped(
    record(HERE, http(BODY), "2019-01-01T00:00:00Z", WARC_Payload_Digest=sha1(BODY)),
    record(
        HERE,
        http(b""),
        "2020-02-03T04:05:06Z",
        "revisit",
        WARC_Payload_Digest=sha1(BODY),
        WARC_Profile="http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
        WARC_Refers_To_Target_URI=HERE,
        WARC_Refers_To_Date="2019-01-01T00:00:00Z",
    ),
    record(f"{SITE}/article/b.shtml", http(b"gone", "404 Not Found"), "2019-05-01T00:00:00Z"),
    record(
        f"{SITE}/article/moved.shtml",
        http(b"", "302 Found", {"Location": "/article/a.shtml"}),
        "2019-06-01T00:00:00Z",
    ),
    record(f"{SITE}/other/c.html", http(b"c"), "2021-01-01T00:00:00Z"),
)
REPLAYED = [
    f"20190101000000id_/{HERE}",
    f"2018id_/{HERE}",
    f"20200203040506id_/{HERE}",
    f"20190501000000id_/{SITE}/article/b.shtml",
    f"20190601000000id_/{SITE}/article/moved.shtml",
    f"20190101000000id_/{SITE}/none.html",
]
HEADERS = ("location", "memento-datetime")
ASKED = [
    f"url={HERE}",
    f"url={SITE}/article/&matchType=prefix&fl=urlkey,timestamp,url,mime,status,digest",
    f"url={SITE}/article/&matchType=prefix&filter={quote('~status:(200|-)?$')}",
    f"url={SITE}/article/&matchType=prefix&filter={quote('=status:200')}",
    f"url={SITE}/article/&matchType=prefix&filter={quote('!=status:200')}",
    "url=mofcom.gov.cn&matchType=domain&limit=2",
    f"url={SITE}/&matchType=host&from=2019&to=2019",
    f"url={SITE}/none.html",
    "url=",
    f"url={HERE}&limit=x",
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder = tmp_path_factory.mktemp("pywb")
    file = folder / "a.warc.gz"
    file.write_bytes(WARC)
    with running_pywb(folder) as pywb, serve(pywb_double(*read_warc(file))) as url:
        pywb.add("b.warc.gz", WARC)
        yield pywb.collection, f"{url}{COLLECTION}"


def asked(url: str) -> httpx.Response:
    return httpx.get(url, headers={"accept-encoding": "identity", "user-agent": "test"})


@pytest.mark.parametrize("target", REPLAYED)
def test_it_replays_as_pywb_does(both: tuple[str, str], target: str) -> None:
    real, ours = (asked(f"{one}/{target}") for one in both)
    assert ours.status_code == real.status_code
    for name in HEADERS:
        places = [
            (got.headers.get(name) or "").replace(f"{at}/", "")
            for got, at in zip((real, ours), both, strict=True)
        ]
        assert places[0] == places[1], name
    assert ('rel="original"' in ours.headers.get("link", "")) is (
        'rel="original"' in real.headers.get("link", "")
    )
    if real.status_code != 404 or "memento-datetime" in real.headers:
        assert ours.content == real.content
    else:
        for got in (real, ours):
            assert f"<b>{SITE}/none.html</b> could not be found in this collection" in got.text


@pytest.mark.parametrize("query", ASKED)
def test_its_index_answers_as_pywbs_does(both: tuple[str, str], query: str) -> None:
    real, ours = (asked(f"{one}/cdx?{query}&output=json") for one in both)
    assert ours.status_code == real.status_code
    assert ours.headers["content-type"] == real.headers["content-type"]
    assert [_known(line) for line in ours.text.splitlines()] == [
        _known(line) for line in real.text.splitlines()
    ]


def _known(line: str) -> dict[str, str]:
    """Without what depends on the file's place, and the length in it, which warcio computes another way."""
    fields: dict[str, str] = json.loads(line)
    places = ("length", "offset", "filename", "source", "source-coll", "access")
    return {name: value for name, value in fields.items() if name not in places}
