"""What the services say of themselves over HTTP."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError

from prometheus_client.parser import text_string_to_metric_families

from shared.own_http import open_own

_ANSWER_SECONDS = 5


@dataclass
class Report:
    """Problems by service, services that do not answer, engines that are down, budgets used."""

    problems: dict[str, tuple[str, ...]] = field(default_factory=dict)
    silent: dict[str, str] = field(default_factory=dict)
    engines_down: dict[str, str] = field(default_factory=dict)
    no_engine_wanted: bool = False
    used: dict[str, float] = field(default_factory=dict)


def ask_services(urls: Mapping[str, str]) -> Report:
    """Ask those at `urls`, by name. One that does not answer is part of the report."""
    report = Report()
    for name, url in urls.items():
        try:
            report.problems[name] = _problems(url)
            if name == "fetcher":
                report.used = _used(url)
            if name == "translator":
                _add_engines(report, _json(f"{url}/engines"))
        except OSError as error:
            report.silent[name] = f"does not answer at {url} ({getattr(error, 'reason', error)})"
    return report


def _problems(url: str) -> tuple[str, ...]:
    try:
        return tuple(_json(f"{url}/ready")["problems"])
    except HTTPError as error:
        return tuple(json.loads(error.read()).get("problems", [f"answers {error.code}"]))


def _add_engines(report: Report, engines: Any) -> None:
    """Any engine that works will do."""
    report.no_engine_wanted = not engines
    if all(engine["down"] for engine in engines):
        report.engines_down = {engine["name"]: engine["down"] for engine in engines}


def _used(url: str) -> dict[str, float]:
    with open_own(f"{url}/metrics", timeout=_ANSWER_SECONDS) as answer:
        families = text_string_to_metric_families(answer.read().decode())
        return {
            f"{sample.labels['archive']} {sample.labels['budget']}": sample.value
            for family in families
            if family.name == "mofcom_archive_budget_used"
            for sample in family.samples
        }


def _json(url: str) -> Any:
    with open_own(url, timeout=_ANSWER_SECONDS) as answer:
        return json.load(answer)
