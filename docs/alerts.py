"""The alerts and the table of troubles, from the kinds of trouble: ``python -m docs.alerts``.

It writes deploy/observe/alerts.yml, and the table in operating.md.
"""

from pathlib import Path
from typing import Any

import yaml

from shared.troubles.kinds import KINDS, Kind

FILE = Path(__file__).parents[1] / "deploy" / "observe" / "alerts.yml"
PAGE = Path(__file__).with_name("operating.md")
_HEAD = """\
# One alert for each trouble that `mofcom status` names, under the same code; docs/operating.md has what to do
# about each. Written by `python -m docs.alerts` from shared/troubles/kinds.py.
"""


def rules() -> dict[str, Any]:
    """A group of Prometheus' alerting rules.

    https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
    """
    return {"groups": [{"name": "mofcom", "rules": [_rule(kind) for kind in KINDS]}]}


def written() -> str:
    """The rules as YAML."""
    return _HEAD + yaml.safe_dump(rules(), sort_keys=False, allow_unicode=True, width=10_000)


def with_table(page: str) -> str:
    """The page with the table of troubles generated anew."""
    lines = ["| code | means | what to do | it is over when | alert |", "|---|---|---|---|---|"]
    table = "\n".join([*lines, *map(_line, KINDS)])
    before, _, rest = page.partition("<!-- troubles -->\n")
    return f"{before}<!-- troubles -->\n{table}\n{rest[rest.index('<!-- /troubles -->') :]}"


def _line(kind: Kind) -> str:
    hours, minutes = divmod(kind.minutes, 60)
    after = f"{hours} h" if hours and not minutes else f"{kind.minutes} min"
    alert = f"{after}, {'page' if kind.urgent else 'ticket'}"
    return f"| `{kind.code}` | {kind.means} | {kind.do} | {kind.over} | {alert} |"


def _rule(kind: Kind) -> dict[str, Any]:
    expression = f'max(mofcom_trouble{{code="{kind.code}"}}) == 1'
    service, _, state = kind.code.partition("-")
    if state == "stopped":
        # The indexer says it of the others. Who says it of the indexer, and of all?
        expression += f" or {_silent(service, needed=kind.urgent)}"
    return {
        "alert": kind.code,
        "expr": expression,
        "for": f"{kind.minutes}m",
        "labels": {"code": kind.code, "severity": "page" if kind.urgent else "ticket"},
        "annotations": {
            "summary": kind.means,
            "next_step": kind.next_step(),
            "over_when": kind.over,
        },
    }


def _silent(service: str, *, needed: bool) -> str:
    """That no replica of a service answers a scrape.

    One that the others do not need may be left out (the chart's `console.enabled`): it is missed only if it
    was scraped in the last day.
    """
    up = f'up{{job="mofcom", service="{service}"}}'
    if needed:
        return f"max(absent({up} == 1))"
    return f"max(max_over_time({up}[1d])) unless max({up} == 1)"


if __name__ == "__main__":
    FILE.write_text(written())
    PAGE.write_text(with_table(PAGE.read_text()))
