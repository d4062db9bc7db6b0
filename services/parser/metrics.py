"""The parser's metrics."""

from prometheus_client import Histogram

PARSE_SECONDS = Histogram(
    "mofcom_parse_seconds",
    "From a page that is handed to the processes that read to its reading; waiting for one included.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30),
)
