"""The indexer's metrics, those of the database among them: it looks at the tables once a minute."""

from prometheus_client import Counter, Gauge, Histogram

ROWS = Counter("mofcom_events_indexed_total", "Events written to Postgres, by type.", ["type"])
LOST = Counter(
    "mofcom_lost_total", "What was lost on its way, found by the indexer and asked for again."
)
REQUEST_TO_ROW = Histogram(
    "mofcom_request_to_row_seconds",
    "From the request of a capture to its row in Postgres.",
    buckets=(0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 86400),
)
DEAD_LETTERS = Gauge("mofcom_dead_letters", "Messages that failed and were not handled yet.")
PENDING_ENGLISH = Gauge(
    "mofcom_pending_english", "Notices that have waited for their English for more than an hour."
)
OUTDATED = Gauge("mofcom_outdated_readings", "Pages in the tables that an earlier parser read.")
MISSING_BODIES = Gauge(
    "mofcom_missing_bodies", "Bodies missing from the blob store, of 20 that were looked for."
)
# By state, so that there is no sample where the blobs are in a bucket.
DISK = Gauge(
    "mofcom_blob_disk_bytes",
    "The blob store's disk: `free` and `size`. None of a bucket.",
    ["state"],
)
