"""The fetcher's metrics."""

from prometheus_client import Gauge

BUDGET_USED = Gauge(
    "mofcom_archive_budget_used",
    "Requests of the last minute, as a share of those allowed in it.",
    ["archive", "budget"],
)
PAUSE = Gauge(
    "mofcom_archive_pause_seconds",
    "For how long the archive is still left alone; 0 while it may be asked.",
    ["archive"],
)
INDEX_LAG = Gauge(
    "mofcom_archive_lag_seconds", "Age of the newest capture that the archive's index lists."
)
