"""Every image that is pulled gets its digest, and none is guessed."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from deploy.docker.digests import FILE, NoDigest, ask, pinned

ROOT = Path(__file__).parents[3]
DOCKERFILE = (ROOT / "deploy" / "docker" / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DIGEST = "sha256:" + "a" * 64


def docker(folder: Path, says: str, status: int = 0) -> None:
    """A command `docker` that says this."""
    program = folder / "docker"
    program.write_text(f"#!/bin/sh\necho '{says}'\nexit {status}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_all_images_of_others_and_the_base_have_one() -> None:
    asked = list[str]()

    def digest_of(image: str) -> str:
        asked.append(image)
        return DIGEST

    services = pinned(COMPOSE, DOCKERFILE, digest_of)["services"]
    for name, service in COMPOSE["services"].items():
        if "build" in service:
            base = services[name]["build"]["args"]["PYTHON_IMAGE"]
            assert base == f"python:3.13-slim-trixie@{DIGEST}"
        elif "mofcom-notices" in service["image"]:
            assert name not in services
        else:
            assert services[name] == {"image": f"{service['image']}@{DIGEST}"}
    assert {image.partition(":")[0] for image in asked} == {
        "python",
        "postgres",
        "apache/kafka",
        "prom/prometheus",
        "grafana/grafana",
    }


def test_what_the_registry_says_is_the_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    docker(tmp_path, DIGEST)
    assert ask("postgres:18-trixie") == DIGEST


@pytest.mark.parametrize(
    ("says", "status"), [("no such host", 1), ("", 0), ("sha256:short", 0), (DIGEST, 1)]
)
def test_nothing_is_written_of_what_no_registry_says(
    tmp_path: Path, says: str, status: int
) -> None:
    before = FILE.read_bytes() if FILE.exists() else None
    docker(tmp_path, says, status)
    done = subprocess.run(
        [sys.executable, "-m", "deploy.docker.digests"],
        cwd=ROOT,
        env=os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("digests.yml is not written: ")
    assert done.stderr.count("\n") == 1
    assert (FILE.read_bytes() if FILE.exists() else None) == before


def test_without_docker_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoDigest, match="docker cannot be run"):
        ask("postgres:18-trixie")
