"""The table of metrics, from where they are declared: ``python -m docs.metrics`` writes it into metrics.md."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from prometheus_client.metrics import MetricWrapperBase

from shared.health import Health
from shared.service.trouble_metric import TroubleMetric

PAGE = Path(__file__).with_name("metrics.md")
_DECLARED_IN = {
    "all services": "shared.metrics",
    "fetcher": "services.fetcher.metrics",
    "parser": "services.parser.metrics",
    "indexer": "services.indexer.metrics",
    "notifier": "services.notifier.metrics",
}
_SUFFIX = {"counter": "_total", "histogram": "_bucket"}


class Described(NamedTuple):
    """A metric: its samples' name, labels and type, whose it is, and what it says."""

    name: str
    labels: tuple[str, ...]
    type: str
    owner: str
    meaning: str

    def __str__(self) -> str:
        labels = ", ".join(f"`{label}`" for label in self.labels)
        return f"| `{self.name}` | {labels} | {self.type} | {self.owner} | {self.meaning} |"


def metrics() -> list[Described]:
    """All metrics of the services, but for those of Python's own process."""
    (trouble,) = TroubleMetric(Health(1)).collect()
    found = [
        Described(trouble.name, ("code",), trouble.type, "all services", trouble.documentation)
    ]
    return [*found, *(one for owner in _DECLARED_IN for one in _declared(owner))]


def with_table(page: str) -> str:
    """The page with its table generated anew."""
    lines = ["| metric | labels | type | of | meaning |", "|---|---|---|---|---|"]
    table = "\n".join([*lines, *map(str, metrics())])
    before, _, rest = page.partition("<!-- metrics -->\n")
    return f"{before}<!-- metrics -->\n{table}\n{rest[rest.index('<!-- /metrics -->') :]}"


def _declared(owner: str) -> Iterator[Described]:
    for metric in vars(import_module(_DECLARED_IN[owner])).values():
        if isinstance(metric, MetricWrapperBase):
            (family,) = metric.describe()
            name = family.name + _SUFFIX.get(family.type, "")
            yield Described(
                name, tuple(metric._labelnames), family.type, owner, family.documentation
            )


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text()))
