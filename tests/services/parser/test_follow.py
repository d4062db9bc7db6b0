"""A page asks for its files and for the target of its redirect, and no redirect leads on for ever."""

from datetime import UTC, date, datetime

import pytest

from services.parser.follow import MOST_FILES, MOST_HOPS, requests_of
from shared.events import Answer, Capture, CaptureFetched, CaptureRequested, Done
from shared.identity import capture_id, request_id
from shared.notice import Attachment, Notice

PAGE = "http://www.mofcom.gov.cn/article/ae/ztfbh/201902/20190202836614.shtml"
TARGET = "http://www.mofcom.gov.cn/xwfbh//20190221.shtml"
CAPTURED = "20190402031212"
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def asked(url: str = PAGE, *, backlog: bool = False) -> CaptureRequested:
    return CaptureRequested(
        request_id=request_id(url, "2019", date(2026, 1, 2)),
        address_id="given",
        url=url,
        timestamp="2019",
        asked_at=NOW,
        asked_on=date(2026, 1, 2),
        backlog=backlog,
    )


def fetched(request: CaptureRequested) -> CaptureFetched:
    served = Capture(
        capture_id=capture_id(request.url, CAPTURED),
        url=request.url,
        timestamp=CAPTURED,
        status=200,
    )
    return CaptureFetched(
        request=request, answer=Answer.MEMENTO, outcome=Done(), capture=served, fetched_at=NOW
    )


def redirect(target: str | None) -> Notice:
    return Notice(
        page_kind="redirect",
        layout="article-2018",
        layout_confidence=1,
        parser_version=1,
        redirect_to=target,
    )


def linking(*urls: str) -> Notice:
    files = tuple(Attachment(name="附件", url=url, type="pdf") for url in urls)
    return Notice(
        page_kind="notice",
        layout="article-2018",
        layout_confidence=1,
        parser_version=1,
        attachments=files,
    )


@pytest.mark.parametrize("backlog", [False, True])
def test_files_are_asked_for_at_the_time_of_the_page(*, backlog: bool) -> None:
    url = "http://images.mofcom.gov.cn/sms/201806/20180608092241520.pdf"
    (request,) = requests_of(fetched(asked(backlog=backlog)), linking(url, url))
    assert request == CaptureRequested(
        request_id=request_id(url, CAPTURED, date(2026, 1, 2)),
        address_id="given",
        url=url,
        timestamp=CAPTURED,
        kind="attachment",
        asked_at=NOW,
        asked_on=date(2026, 1, 2),
        backlog=backlog,
        hops=1,
    )


@pytest.mark.parametrize(
    "url",
    [
        "http:///a.pdf",
        "http://a:b/c.pdf",
        "http://www.mofcom.gov.cn/" + "x" * 5000,
        # Elsewhere, be it named like the site.
        "http://www.customs.gov.cn/a.pdf",
        "http://mofcom.gov.cn.example.org/a.pdf",
        "http://www.mofcom.gov.cn@example.org/a.pdf",
        "http://169.254.169.254/latest/a.pdf",
        "http://localhost/a.pdf",
        "http://[::1]/a.pdf",
    ],
)
def test_what_is_no_address_of_the_site_is_not_asked_for(url: str) -> None:
    assert list(requests_of(fetched(asked()), linking(url))) == []


def test_a_page_of_nothing_but_links_asks_for_no_more_than_a_notice_may_have() -> None:
    urls = [f"http://images.mofcom.gov.cn/{number}.pdf" for number in range(MOST_FILES + 1)]
    assert len([*requests_of(fetched(asked()), linking(*urls))]) == MOST_FILES


def test_the_target_of_a_redirect_is_asked_for_as_a_page() -> None:
    (request,) = requests_of(fetched(asked()), redirect(TARGET))
    assert (request.kind, request.url, request.timestamp) == ("page", TARGET, CAPTURED)
    assert (request.address_id, request.hops) == ("given", 1)


@pytest.mark.parametrize(
    "target",
    [
        None,
        PAGE,
        PAGE.replace("http://www.", "https://") + "#top",
        "http://www.scio.gov.cn/32344/32345/37799/39404/index.htm",
        "http://mofcom.gov.cn.example.org/a.shtml",
        "http://[www.mofcom.gov.cn/a.shtml",
    ],
)
def test_other_targets_are_not(target: str | None) -> None:
    assert list(requests_of(fetched(asked()), redirect(target))) == []


def test_pages_that_send_to_each_other_end() -> None:
    request, hops = asked(PAGE), 0
    while True:
        # What goes through Kafka keeps the count.
        request = CaptureRequested.model_validate_json(request.model_dump_json())
        target = TARGET if request.url == PAGE else PAGE
        following = list(requests_of(fetched(request), redirect(target)))
        if not following:
            break
        (request,), hops = following, hops + 1
    assert hops == MOST_HOPS
