"""What services count, as they say it over HTTP."""

from typing import Any

from shared.service_reports import measure_services
from testing.archive.server import serve

METRICS = """
# TYPE mofcom_lag_messages gauge
mofcom_lag_messages{topic="capture.requested"} 3.0
mofcom_lag_messages{topic="capture.backlog"} 4.0
# TYPE mofcom_archive_budget_used gauge
mofcom_archive_budget_used{archive="web.archive.org",budget="captures"} 0.25
# TYPE mofcom_archive_pause_seconds gauge
mofcom_archive_pause_seconds{archive="web.archive.org"} 90.0
# TYPE mofcom_trouble gauge
mofcom_trouble{code="archive-banned"} 1.0
mofcom_trouble{code="kafka-down"} 0.0
"""


def test_what_services_count() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": METRICS.encode()})

    with serve(app) as url:
        measured = measure_services({"fetcher": url, "parser": "http://127.0.0.1:1"})
    assert measured.waiting == {"fetcher": 7}
    assert measured.used == {"web.archive.org captures": 0.25}
    assert measured.pauses == {"web.archive.org": 90}
    assert measured.seen_by == {"archive-banned": ["fetcher"]}
