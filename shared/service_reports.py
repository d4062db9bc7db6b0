"""What the services say of themselves over HTTP."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError

from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from shared.own_http import open_own

_ANSWER_SECONDS = 5


@dataclass
class Report:
    """Problems by service, services that do not answer, engines that are down."""

    problems: dict[str, tuple[str, ...]] = field(default_factory=dict)
    silent: dict[str, str] = field(default_factory=dict)
    engines_down: dict[str, str] = field(default_factory=dict)
    no_engine_wanted: bool = False


def ask_services(urls: Mapping[str, str]) -> Report:
    """Ask those at `urls`, by name. One that does not answer is part of the report."""
    report = Report()
    for name, url in urls.items():
        try:
            report.problems[name] = _problems(url)
            if name == "translator":
                _add_engines(report, _json(f"{url}/engines"))
        except OSError as error:
            report.silent[name] = f"does not answer at {url} ({getattr(error, 'reason', error)})"
    return report


@dataclass
class Measured:
    """What services count: messages waiting by service, shares of the archive's budgets that are used, for how
    many seconds each archive is still left alone, and who sees a trouble by its code.
    """

    waiting: dict[str, int] = field(default_factory=dict)
    used: dict[str, float] = field(default_factory=dict)
    pauses: dict[str, float] = field(default_factory=dict)
    seen_by: dict[str, list[str]] = field(default_factory=dict)


def measure_services(urls: Mapping[str, str]) -> Measured:
    """Ask those at `urls`, by name, for their metrics. One that does not answer is left out."""
    measured = Measured()
    for name, url in urls.items():
        with suppress(OSError):
            for sample in _samples(url):
                _add_sample(measured, name, sample)
    return measured


def _add_sample(measured: Measured, service: str, sample: Sample) -> None:
    labels, value = sample.labels, sample.value
    match sample.name:
        case "mofcom_lag_messages":
            measured.waiting[service] = measured.waiting.get(service, 0) + int(value)
        case "mofcom_archive_budget_used":
            measured.used[f"{labels['archive']} {labels['budget']}"] = value
        case "mofcom_archive_pause_seconds":
            measured.pauses[labels["archive"]] = value
        case "mofcom_trouble" if value:
            measured.seen_by.setdefault(labels["code"], []).append(service)


def _samples(url: str) -> Iterator[Sample]:
    with open_own(f"{url}/metrics", timeout=_ANSWER_SECONDS) as answer:
        for family in text_string_to_metric_families(answer.read().decode()):
            yield from family.samples


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


def _json(url: str) -> Any:
    with open_own(url, timeout=_ANSWER_SECONDS) as answer:
        return json.load(answer)
