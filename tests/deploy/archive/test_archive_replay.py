"""Replay of a handful of captures."""

import pytest

from deploy.local.archive.captures import Capture, Captures
from deploy.local.archive.replay import replay

BASE = "http://archive.test"
PAGE = "http://www.mofcom.gov.cn/article/a.shtml"
MOVED = "http://www.mofcom.gov.cn/article/moved.shtml"


def stored() -> Captures:
    site = (("Content-Type", "text/html; charset=gb2312"), ("Server", "nginx"))
    return Captures(
        [
            Capture(PAGE, "20180101000000", b"<body>one</body>", headers=site),
            Capture(
                PAGE, "20190101000000", b"<body>two</body>", headers=site, source="a/b.warc.gz"
            ),
            Capture(PAGE, "20200101000000", b"<body>gone</body>", status=404, headers=site),
            Capture(
                MOVED,
                "20190101000000",
                b"",
                status=301,
                headers=(("Location", "/article/a.shtml"),),
            ),
        ]
    )


def asked(what: str) -> tuple[int, dict[str, str], bytes]:
    played = replay(what, stored(), BASE)
    return played.status, dict(played.headers), played.body


def test_the_asked_capture_is_played_as_it_was_archived() -> None:
    status, headers, body = asked(f"20190101000000id_/{PAGE}")
    assert (status, body) == (200, b"<body>two</body>")
    assert headers["memento-datetime"] == "Tue, 01 Jan 2019 00:00:00 GMT"
    assert headers["content-type"] == "text/html; charset=gb2312"
    assert headers["x-archive-orig-server"] == "nginx"
    assert headers["x-archive-src"] == "a/b.warc.gz"
    assert "x-archive-guessed-charset" not in headers
    assert headers["link"] == (
        f'<{PAGE}>; rel="original", '
        f'<{BASE}/web/timemap/link/{PAGE}>; rel="timemap"; type="application/link-format", '
        f'<{BASE}/web/{PAGE}>; rel="timegate", '
        f'<{BASE}/web/20180101000000/{PAGE}>; rel="first memento";'
        ' datetime="Mon, 01 Jan 2018 00:00:00 GMT", '
        f'<{BASE}/web/20180101000000/{PAGE}>; rel="prev memento";'
        ' datetime="Mon, 01 Jan 2018 00:00:00 GMT", '
        f'<{BASE}/web/20190101000000/{PAGE}>; rel="memento";'
        ' datetime="Tue, 01 Jan 2019 00:00:00 GMT", '
        f'<{BASE}/web/20200101000000/{PAGE}>; rel="next memento";'
        ' datetime="Wed, 01 Jan 2020 00:00:00 GMT", '
        f'<{BASE}/web/20200101000000/{PAGE}>; rel="last memento";'
        ' datetime="Wed, 01 Jan 2020 00:00:00 GMT"'
    )


@pytest.mark.parametrize(
    ("timestamp", "nearest"),
    [
        ("20181231", "20190101000000"),
        ("2018", "20190101000000"),  # its end is nearer to the first second of 2019
        ("201802", "20180101000000"),
        ("1", "20180101000000"),
        ("2", "20200101000000"),
        ("20190101000001", "20190101000000"),
        ("20190031000000", "20190101000000"),  # a stray 00 for the month
    ],
)
def test_another_second_leads_to_the_nearest_capture(timestamp: str, nearest: str) -> None:
    status, headers, body = asked(f"{timestamp}id_/{PAGE}")
    assert (status, body) == (302, b"")
    assert headers["location"] == f"{BASE}/web/{nearest}id_/{PAGE}"
    assert headers["x-archive-redirect-reason"] == f"found capture at {nearest}"
    assert "memento-datetime" not in headers


def test_without_a_timestamp_the_latest() -> None:
    assert asked(PAGE)[1]["location"] == f"{BASE}/web/20200101000000/{PAGE}"


@pytest.mark.parametrize(
    "form",
    [
        "https://mofcom.gov.cn:443/article/a.shtml",
        "www.mofcom.gov.cn/article/a.shtml",
        "http:/www.mofcom.gov.cn/article/a.shtml",
        "http%3A//www.mofcom.gov.cn%3A80/article/a.shtml",
    ],
)
def test_every_form_of_the_address_is_served_and_the_link_tells_which_it_is(form: str) -> None:
    status, headers, _ = asked(f"20190101000000id_/{form}")
    assert status == 200
    assert headers["link"].startswith(f'<{PAGE}>; rel="original"')


def test_of_two_captures_in_one_second_the_asked_address_is_played() -> None:
    forms = ["http://mofcom.gov.cn/", "http://www.mofcom.gov.cn/", "https://www.mofcom.gov.cn/"]
    captures = Captures(Capture(form, "20190101000000", form.encode()) for form in forms)
    for form in forms:
        assert replay(f"20190101000000id_/{form}", captures, BASE).body == form.encode()


def test_an_archived_error_is_a_memento() -> None:
    status, headers, _ = asked(f"20200101000000id_/{PAGE}")
    assert status == 404
    assert "memento-datetime" in headers


def test_an_archived_redirect_leads_on_inside_the_archive() -> None:
    status, headers, _ = asked(f"20190101000000id_/{MOVED}")
    assert status == 301
    assert headers["location"] == f"{BASE}/web/20190101000000id_/{PAGE}"
    assert "memento-datetime" in headers
    assert "x-archive-orig-location" not in headers


def test_view_mode_shows_a_redirect_as_a_page_that_is_no_memento() -> None:
    status, headers, body = asked(f"20190101000000/{MOVED}")
    assert status == 200
    assert b"Got an HTTP 301 response at crawl time" in body
    assert f"/web/20190101000000/{PAGE}".encode() in body
    assert "x-archive-src" in headers
    assert "memento-datetime" not in headers


def test_view_mode_changes_the_page_and_guesses() -> None:
    status, headers, body = asked(f"20190101000000/{PAGE}")
    assert status == 200
    assert b"WAYBACK TOOLBAR" in body
    assert headers["x-archive-guessed-content-type"] == "text/html"


@pytest.mark.parametrize(
    "what", ["20190101id_/http://www.mofcom.gov.cn/none", "", "2019id_/http://"]
)
def test_what_was_never_archived_is_a_page_that_is_no_memento(what: str) -> None:
    status, headers, body = asked(what)
    assert status == 404
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert b"The Wayback Machine has not archived that URL." in body
    assert "memento-datetime" not in headers
