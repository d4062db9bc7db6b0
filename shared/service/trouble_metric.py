"""The metric `mofcom_trouble`: the troubles that a service sees, by their codes."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from shared.health import Health
from shared.troubles.find import code_of
from shared.troubles.kinds import KINDS


class TroubleMetric(Collector):
    """1 for each trouble that this service waits for, or has found (`Health.troubles`), else 0."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The one family, with a sample for each code."""
        waits = {code_of(name, why) for name, why in self._health.waits_for()}
        if self._health.why_not_live():
            waits.add("no-progress")
        family = GaugeMetricFamily(
            "mofcom_trouble",
            "1 while this service sees the trouble; docs/operating.md explains the codes.",
            labels=["code"],
        )
        for kind in KINDS:
            seen = kind.code in waits or kind.code in self._health.troubles
            family.add_metric([kind.code], float(seen))
        yield family
