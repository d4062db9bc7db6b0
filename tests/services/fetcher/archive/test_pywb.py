"""An archive that runs pywb: what it is asked, and what its answers mean."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from services.fetcher.archive.cdx import NotCdx, Query
from services.fetcher.archive.pywb import Pywb
from services.fetcher.archive.replay import CaptureRef
from services.fetcher.archive.reply import Reply
from services.fetcher.settings import FetcherSettings
from shared.events import Answer, CdxRow
from testing.fetcher.pages import PAGE, SITE, STAMP

ARQUIVO = Pywb(FetcherSettings(archive_other_url="https://arquivo.pt/wayback"))
DIGEST = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
ROW = {
    "urlkey": "cn,gov,mofcom)/article/a.shtml",
    "timestamp": STAMP,
    "url": PAGE,
    "mime": "text/html",
    "status": "200",
    "digest": DIGEST,
    "length": "1234",
    "offset": "5",
    "filename": "A-1.warc.gz",
}


def lines(*rows: object) -> str:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)


def test_captures_and_addresses_for_people() -> None:
    ref = CaptureRef(STAMP, PAGE)
    assert ARQUIVO.capture_target(ref) == f"/{STAMP}id_/{PAGE}"
    assert ARQUIVO.prefix == "https://arquivo.pt/wayback/"
    assert ARQUIVO.name == "arquivo.pt"


@pytest.mark.parametrize(
    "location",
    [
        f"https://arquivo.pt/wayback/{STAMP}id_/{PAGE}",
        f"http://arquivo.pt/wayback/{STAMP}mp_/{PAGE}",
        f"/wayback/{STAMP}id_/{PAGE}",
    ],
)
def test_where_it_sends_on_to(location: str) -> None:
    assert ARQUIVO.capture_at(location) == CaptureRef(STAMP, PAGE)


@pytest.mark.parametrize(
    "location",
    [
        PAGE,
        f"https://web.archive.org/web/{STAMP}id_/{PAGE}",
        f"/other/{STAMP}id_/{PAGE}",
        "/wayback/",
    ],
)
def test_what_is_not_in_it(location: str) -> None:
    assert ARQUIVO.capture_at(location) is None


def test_a_question_to_the_index() -> None:
    target = ARQUIVO.index_target(Query(f"{SITE}/b/", "prefix", "2019", "2020"), 100, None)
    assert target.isascii()
    assert target.startswith("/cdx?")
    assert parse_qs(urlsplit(target).query) == {
        "url": [f"{SITE}/b/"],
        "matchType": ["prefix"],
        "output": ["json"],
        "fl": ["urlkey,timestamp,url,mime,status,digest,length"],
        "filter": ["~status:(200|-)?$"],
        "limit": ["100"],
        "from": ["2019"],
        "to": ["2020"],
    }
    good = ARQUIVO.index_target(Query(PAGE, "exact", revisits=False), 1, None)
    assert parse_qs(urlsplit(good).query)["filter"] == ["=status:200"]


def test_a_row() -> None:
    page = ARQUIVO.index_page(lines(ROW), 10)
    row = CdxRow(
        urlkey=ROW["urlkey"],
        timestamp=STAMP,
        original=PAGE,
        mimetype="text/html",
        statuscode="200",
        digest=DIGEST,
        length="1234",
    )
    assert (page.rows, page.odd, page.resume_key, page.cut) == ((row,), 0, None, False)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"mime": "warc/revisit", "status": None},
            {"mimetype": "warc/revisit", "statuscode": None},
        ),
        ({"mime": "warc/revisit", "status": "-"}, {"statuscode": None}),
        ({"status": 200, "length": 1234}, {"statuscode": "200", "length": "1234"}),
        ({"status": "0", "length": "-1"}, {"statuscode": None, "length": None}),
        ({"digest": f"sha1:{DIGEST}"}, {"digest": DIGEST}),
        ({"digest": DIGEST.lower()}, {"digest": DIGEST}),
        ({"digest": "sha256:" + "0" * 64}, {"digest": None}),
        ({"digest": "-", "length": "-"}, {"digest": None, "length": None}),
        ({"mime": "text/html, application/x-javascript"}, {"mimetype": "text/html"}),
        ({"mime": ""}, {"mimetype": "unk"}),
        ({"urlkey": None}, {"urlkey": PAGE}),
        ({"url": PAGE.upper().replace("HTTP", "http")}, {}),
    ],
)
def test_an_odd_row_is_used(changed: dict[str, object], expected: dict[str, object]) -> None:
    page = ARQUIVO.index_page(lines({**ROW, **changed}), 10)
    (row,) = page.rows
    assert page.odd == 0
    assert expected.items() <= row.model_dump().items()


@pytest.mark.parametrize(
    "odd",
    [
        {**ROW, "url": "mailto:a@b"},
        {**ROW, "url": "dns:www.mofcom.gov.cn"},
        {**ROW, "url": f"{SITE}/a b.shtml"},
        {**ROW, "timestamp": "2019"},
        {**ROW, "timestamp": None},
        {**ROW, "timestamp": "20191301000000"},
        {**ROW, "url": f"{PAGE}\ud800"},
        {**ROW, "mime": "text/html\0"},
        {"message": "no"},
        "[1, 2]",
        "null",
        "cn,gov,mofcom)/a 20190101000000 {",
    ],
)
def test_a_row_that_is_no_capture_of_a_page_is_counted(odd: object) -> None:
    page = ARQUIVO.index_page(lines(ROW, odd, ROW), 10)
    assert (len(page.rows), page.odd) == (2, 1)


def test_line_ends_and_blank_lines_make_no_difference() -> None:
    text = f"{json.dumps(ROW)}\r\n\n{json.dumps(ROW)}"
    assert len(ARQUIVO.index_page(text, 10).rows) == 2


@pytest.mark.parametrize(
    "text",
    [
        "<html><body>503</body></html>",
        '{"message": "Internal Error: invalid literal"}\n',
        lines(ROW) + json.dumps(ROW)[:40],
        lines(ROW) + '{"error": "timeout"}\n',
    ],
)
def test_an_answer_that_breaks_off_or_is_none(text: str) -> None:
    with pytest.raises(NotCdx):
        ARQUIVO.index_page(text, 10)


@pytest.mark.parametrize("text", ["", "\n", '{"message": "No Captures found for: x"}\n'])
def test_nothing_found(text: str) -> None:
    page = ARQUIVO.index_page(text, 10)
    assert (page.rows, page.odd, page.cut) == ((), 0, False)


def test_a_full_page_may_not_be_all() -> None:
    assert ARQUIVO.index_page(lines(ROW, ROW), 2).cut
    assert ARQUIVO.index_page(lines(ROW, {**ROW, "url": "mailto:a@b"}), 2).cut


@pytest.mark.parametrize(
    ("status", "content_type", "is_index"),
    [
        (200, "text/x-ndjson", True),
        (200, "application/x-ndjson; charset=utf-8", True),
        (200, "application/json", True),
        (404, "application/json", True),
        (200, "text/html", False),
        (404, "text/html", False),
        (500, "application/json; charset=utf-8", False),
    ],
)
def test_what_may_be_a_page_of_the_index(status: int, content_type: str, is_index: bool) -> None:
    assert ARQUIVO.is_index(Reply(status, (("content-type", content_type),)), b"") is is_index


@pytest.mark.parametrize(
    ("status", "head", "said"),
    [
        (404, f"<p>A página <b>{PAGE}</b> não foi arquivada.</p>", Answer.NEVER_ARCHIVED),
        (404, f"<p>{PAGE.removeprefix('http://')} ?</p>", Answer.NEVER_ARCHIVED),
        (404, f"The requested URL /wayback/{STAMP}id_/{PAGE} was not found on this server.", None),
        (404, "<h1>404 Not Found</h1>", None),
        (200, f"<b>{PAGE}</b>", None),
        (403, f"<b>{PAGE}</b>", None),
        (451, "", Answer.EXCLUDED),
    ],
)
def test_what_its_own_messages_mean(status: int, head: str, said: Answer | None) -> None:
    assert ARQUIVO.says(Reply(status, ()), head.encode(), CaptureRef(STAMP, PAGE)) is said
