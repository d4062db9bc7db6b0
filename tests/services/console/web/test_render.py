"""Values and addresses as the pages write them."""

from datetime import UTC, date, datetime

import pytest
from starlette.requests import Request

from services.console.web.render import end, page, when

MIDNIGHT = datetime(2026, 11, 10, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "begins", "ends"),
    [
        (None, "", ""),
        # The first instant after the last day.
        (MIDNIGHT, "2026-11-11", "2026-11-10"),
        ("2026-11-11T00:00:00+08:00", "2026-11-11", "2026-11-10"),
        ("2026-11-10T16:00:00+00:00", "2026-11-11", "2026-11-10"),
        (datetime(2025, 4, 10, 4, 1, tzinfo=UTC), "2025-04-10 12:01", "2025-04-10 12:01"),
    ],
)
def test_what_ends_at_midnight_has_a_last_day(
    value: datetime | str | None, begins: str, ends: str
) -> None:
    assert (when(value), end(value)) == (begins, ends)


def test_a_day_is_itself() -> None:
    assert when(date(2025, 11, 7)) == "2025-11-07"


def asked(path: str, query: str = "") -> Request:
    return Request(
        {
            "type": "http",
            "path": path,
            "query_string": query.encode(),
            "headers": [(b"host", b"127.0.0.1")],
        }
    )


def test_a_page_leads_to_itself_whatever_its_name() -> None:
    problem = {"problem": {"title": "Not held", "detail": "<b>"}, "answer": True}
    html = bytes(
        page(asked("/alerts/50% of a?b", "path=x&q=%22"), "problem.html", {}, problem).body
    )
    assert b'name="back" value="/alerts/50%25%20of%20a%3Fb?path=x&amp;q=%22"' in html
    assert b'href="/alerts/50%25%20of%20a%3Fb?format=atom"' in html
    assert b"&lt;b&gt;" in html
