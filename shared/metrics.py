"""The metrics that every service has; what one alone knows is in its own `metrics.py`.

docs/metrics.md lists all (`python -m docs.metrics`).
"""

from prometheus_client import Counter, Gauge

EVENTS = Counter(
    "mofcom_events_published_total",
    "Events confirmed by Kafka, by type, and how the step ended and why where it did.",
    ["type", "outcome", "reason"],
)
LAG = Gauge("mofcom_lag_messages", "Messages not yet committed by this service.", ["topic"])
IN_FLIGHT = Gauge("mofcom_messages_in_hand", "Messages being worked on.")
HOLDS = Gauge("mofcom_holds", "Messages and loops that wait for a dependency.")
