"""Images by digest: ``python -m deploy.docker.digests`` writes digests.yml, which docs/operating.md explains.

A tag may name another image tomorrow, a digest names the same bytes for ever. They are asked of the
registries, by ``docker buildx imagetools``, which downloads no image.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).with_name("digests.yml")
_BASE = re.compile(r"^ARG PYTHON_IMAGE=(\S+)$", re.MULTILINE)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_HEAD = """\
# Written by `make digests`: the images as their registries had them. In .env:
#   COMPOSE_FILE=docker-compose.yml:deploy/docker/digests.yml
"""


class NoDigest(Exception):
    """A registry does not say which bytes a tag names; the message has its words."""


def pinned(
    compose: Mapping[str, Any], dockerfile: str, digest_of: Callable[[str], str]
) -> dict[str, Any]:
    """What stands in a compose file beside `compose`, so that every image that is pulled has its digest.

    Services that build get the base image of `dockerfile` by digest; ours is never pulled.
    """
    (base,) = _BASE.findall(dockerfile)
    services: dict[str, Any] = {}
    for name, service in compose["services"].items():
        if "build" in service:
            services[name] = {"build": {"args": {"PYTHON_IMAGE": f"{base}@{digest_of(base)}"}}}
        elif service.get("pull_policy") != "never":
            image = service["image"]
            services[name] = {"image": f"{image}@{digest_of(image)}"}
    return {"services": services}


def ask(image: str) -> str:
    """The digest of an image, for all platforms that it has. Raises NoDigest."""
    command = (
        "docker",
        "buildx",
        "imagetools",
        "inspect",
        "--format",
        "{{.Manifest.Digest}}",
        image,
    )
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError as error:
        raise NoDigest(f"{image}: docker cannot be run ({error.strerror})") from error
    digest = done.stdout.strip()
    if done.returncode or not _DIGEST.fullmatch(digest):
        raise NoDigest(f"{image}: {_last_line(done.stderr or done.stdout)}")
    return digest


def _last_line(said: str) -> str:
    return (said.strip().splitlines() or ["docker says nothing"])[-1]


def main() -> None:
    """Write the file whole, or say in a line what no registry has said, and exit 1."""
    known: dict[str, str] = {}

    def digest_of(image: str) -> str:
        if image not in known:
            known[image] = ask(image)
        return known[image]

    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    dockerfile = (ROOT / "deploy" / "docker" / "Dockerfile").read_text()
    try:
        written = pinned(compose, dockerfile, digest_of)
    except NoDigest as failed:
        sys.exit(f"{FILE.name} is not written: {failed}")
    FILE.write_text(_HEAD + yaml.safe_dump(written, width=200))
    print(*(f"{image}@{digest}" for image, digest in known.items()), sep="\n")


if __name__ == "__main__":
    main()
