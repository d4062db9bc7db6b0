"""Alerts, dashboard and documentation name the metrics that the services export, and no others."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.local.stack import SERVICES
from docs import alerts
from docs.alerts import FILE, rules, written
from docs.metrics import PAGE, metrics, with_table
from shared.troubles.kinds import KINDS, Kind
from tests.deploy.docker.interpolation import ROOT, compose

OBSERVE = ROOT / "deploy" / "observe"
DASHBOARD: Mapping[str, Any] = json.loads((OBSERVE / "dashboard.json").read_text())
PROMETHEUS: Mapping[str, Any] = yaml.safe_load((OBSERVE / "prometheus.yml").read_text())
RULES: Sequence[Mapping[str, Any]] = rules()["groups"][0]["rules"]
# Of Prometheus and its client for Python, with the labels that a scrape adds.
OTHERS = {"up", "process_resident_memory_bytes", "process_cpu_seconds_total"}
OF_A_SCRAPE = {"job", "service", "instance"}
LABELS = {one.name: {*one.labels, *OF_A_SCRAPE, "le"} for one in metrics()}
_METRIC = re.compile(r"\b(mofcom_\w+|up|process_\w+)\b(?:\{([^}]*)\})?")


def expressions() -> Iterator[str]:
    for panel in DASHBOARD["panels"]:
        yield from (target["expr"] for target in panel["targets"])
    yield from (str(rule["expr"]) for rule in RULES)


def test_the_page_lists_every_metric() -> None:
    page = PAGE.read_text()
    assert page == with_table(page), "run `python -m docs.metrics`"
    assert all(one.meaning for one in metrics())


def test_operating_explains_each_trouble() -> None:
    page = alerts.PAGE.read_text()
    assert page == alerts.with_table(page), "run `python -m docs.alerts`"


def test_the_alerts_are_those_of_the_kinds_of_trouble() -> None:
    assert FILE.read_text() == written(), "run `python -m docs.alerts`"
    assert [rule["alert"] for rule in RULES] == [kind.code for kind in KINDS]
    assert {rule["labels"]["severity"] for rule in RULES} == {"page", "ticket"}


@pytest.mark.parametrize("expression", sorted(set(expressions())))
def test_only_metrics_that_there_are_are_asked_for(expression: str) -> None:
    found = _METRIC.findall(expression)
    assert found
    for name, selector in found:
        assert name in LABELS or name in OTHERS, name
        known = LABELS.get(name, OF_A_SCRAPE)
        asked = set(re.findall(r"(\w+)\s*(?:=|!=|=~)\"", selector))
        for grouped in re.findall(r"by \(([^)]*)\)", expression):
            asked |= {label.strip() for label in grouped.split(",")}
        assert asked <= known, expression


def test_the_dashboard_shows_every_metric() -> None:
    asked = {name for expression in expressions() for name, _ in _METRIC.findall(expression)}
    assert {one.name for one in metrics()} - asked == set()


def test_every_service_is_scraped_under_its_name() -> None:
    (job,) = PROMETHEUS["scrape_configs"]
    assert job["job_name"] == "mofcom"
    services = compose({})["services"]
    (names,) = (one["names"] for one in job["dns_sd_configs"])
    assert set(names) == set(SERVICES)
    for name in names:
        assert services[name]["environment"]["MOFCOM_HTTP_HOST"] == "0.0.0.0"
        assert services[name]["environment"]["MOFCOM_HTTP_PORT"] == job["dns_sd_configs"][0]["port"]


def test_the_profile_mounts_files_that_there_are() -> None:
    services = compose({})["services"]
    observing = {name for name, one in services.items() if "observe" in one.get("profiles", ())}
    assert observing == {"prometheus", "grafana"}
    for name in observing:
        for source, *_ in (volume.split(":") for volume in services[name]["volumes"]):
            assert not source.startswith(".") or (ROOT / source).is_file(), source
        assert all(port.startswith("127.0.0.1:") for port in services[name]["ports"])


def series(kind: Kind, minutes: int) -> list[dict[str, str]]:
    """All services answer; for so long the trouble is there, and then it is over."""
    up = [
        {"series": f'up{{job="mofcom", service="{service}"}}', "values": f"1x{minutes + 20}"}
        for service in SERVICES
    ]
    trouble = f'mofcom_trouble{{job="mofcom", service="indexer", code="{kind.code}"}}'
    return [*up, {"series": trouble, "values": f"0 1x{minutes} 0x10"}]


def rule_test(kind: Kind) -> dict[str, Any]:
    """It fires when the trouble has lasted as long as its kind says, not before and not after."""
    fired = {"code": kind.code, "severity": "page" if kind.urgent else "ticket"}
    annotations = {"summary": kind.means, "next_step": kind.next_step(), "over_when": kind.over}

    def at(minute: int, *, fires: bool) -> dict[str, Any]:
        alerts = [{"exp_labels": fired, "exp_annotations": annotations}] if fires else []
        return {"eval_time": f"{minute}m", "alertname": kind.code, "exp_alerts": alerts}

    return {
        "interval": "1m",
        "input_series": series(kind, kind.minutes + 2),
        "alert_rule_test": [
            at(kind.minutes, fires=False),
            at(kind.minutes + 2, fires=True),
            at(kind.minutes + 5, fires=False),
        ],
    }


def without(service: str) -> dict[str, Any]:
    """A service that does not answer the scrape is named, though nobody is left to say it."""
    (kind,) = (kind for kind in KINDS if kind.code == f"{service}-stopped")
    test = rule_test(kind)
    test["input_series"] = [
        {"series": f'up{{job="mofcom", service="{service}"}}', "values": "0x60"},
    ]
    test["alert_rule_test"] = [one for one in test["alert_rule_test"] if one["exp_alerts"]]
    return test


def left_out(service: str) -> dict[str, Any]:
    """A service that runs nowhere, since nobody wants it, is no trouble."""
    quiet = {"eval_time": "60m", "alertname": f"{service}-stopped", "exp_alerts": []}
    others = [
        {"series": f'up{{job="mofcom", service="{other}"}}', "values": "1x60"}
        for other in SERVICES
        if other != service
    ]
    return {"interval": "1m", "input_series": others, "alert_rule_test": [quiet]}


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
def test_promtool_agrees(tmp_path: Path) -> None:
    tests = [rule_test(kind) for kind in KINDS]
    tests += [without(service) for service in SERVICES]
    tests += [left_out(service) for service in ("console", "notifier")]
    file = tmp_path / "alerts_test.yml"
    file.write_text(yaml.safe_dump({"rule_files": [str(FILE)], "tests": tests}))
    config = tmp_path / "prometheus.yml"
    config.write_text(yaml.safe_dump({**PROMETHEUS, "rule_files": [str(FILE)]}))
    for words in (["check", "config", str(config)], ["test", "rules", str(file)]):
        done = subprocess.run(
            ["promtool", *words], capture_output=True, text=True, check=False, timeout=600
        )
        assert done.returncode == 0, done.stdout + done.stderr
