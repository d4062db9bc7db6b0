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
