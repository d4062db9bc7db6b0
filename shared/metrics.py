"""Every metric of the services, declared in one place."""

from prometheus_client import Counter, Gauge, Histogram

EVENTS = Counter(
    "mofcom_events_published_total",
    "Events confirmed by Kafka, by type, and how the step ended and why where it did.",
    ["type", "outcome", "reason"],
)
LAG = Gauge("mofcom_lag_messages", "Messages not yet committed by this service.", ["topic"])
IN_FLIGHT = Gauge("mofcom_messages_in_hand", "Messages being worked on.")
HOLDS = Gauge("mofcom_holds", "Messages and loops that wait for a dependency.")
ROWS = Counter("mofcom_events_indexed_total", "Events written to Postgres, by type.", ["type"])
ARCHIVE_BUDGET_USED = Gauge(
    "mofcom_archive_budget_used",
    "Requests of the last minute, as a share of those allowed in it.",
    ["archive", "budget"],
)
ARCHIVE_PAUSE = Gauge(
    "mofcom_archive_pause_seconds",
    "For how long the archive is still left alone; 0 while it may be asked.",
    ["archive"],
)
LOST = Counter(
    "mofcom_lost_total", "What was lost on its way, found by the indexer and asked for again."
)
CAPTURE_TO_ROW = Histogram(
    "mofcom_request_to_row_seconds",
    "From the request of a capture to its row in Postgres.",
    buckets=(0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 86400),
)
