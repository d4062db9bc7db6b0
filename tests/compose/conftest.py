"""One stack for all tests of the folder but the kill suite, in a copy of the project."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.compose.stack import LATER, ROOT, Compose, docker, engine_answers

_PROJECT = (
    ".dockerignore",
    "docker-compose.yml",
    "requirements.lock",
    "requirements-client.lock",
    "deploy",
    "services",
    "shared",
    "seeds",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The kill suite, which has a stack of its own, comes before this one is up."""
    items.sort(key=lambda item: item.path.name != "test_kills.py")


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that the containers' user can read, and an update may change."""
    folder = tmp_path_factory.mktemp("compose") / "project"
    folder.mkdir()
    for name in _PROJECT:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    for each in (folder, *list(folder.parents)[:3]):
        each.chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def compose(project: Path) -> Iterator[Compose]:
    """Up, and healthy: each test goes on with what the last one left."""
    if not engine_answers():
        pytest.skip("no Docker engine answers")
    compose = Compose("test", folder=project)
    try:
        compose("up", "-d")
        print(f"healthy after {compose.wait_healthy():.0f} s")
        yield compose
    finally:
        compose.end()
        # The test of an update may not have come to build them.
        with suppress(AssertionError):
            docker("image", "rm", f"mofcom-notices:{LATER}", f"mofcom-notices-cli:{LATER}")
