"""The notifier's metrics."""

from prometheus_client import Counter, Gauge

MATCHES = Counter("mofcom_alert_matches_total", "Changes that alerts have found.")
MESSAGES = Counter(
    "mofcom_alert_messages_total",
    "Messages to targets, by kind of target and result.",
    ["target", "result"],
)
DISABLED = Gauge("mofcom_alert_targets_disabled", "Targets that were given up.")
