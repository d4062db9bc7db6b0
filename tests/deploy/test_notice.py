"""NOTICE names what is installed under a licence that asks something of those who pass it on."""

import re
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
_COPYLEFT = re.compile(r"GPL|MPL|Mozilla Public|EUPL|CDDL|Eclipse Public|GNU")


def pinned() -> set[str]:
    """The packages of all locks, by the names that PyPI compares."""
    lines = (ROOT / "requirements-dev.lock").read_text().splitlines()
    return {_plain(re.split(r"[=\[ ]", line)[0]) for line in lines if line[:1].isalnum()}


def test_notice_names_every_package_that_is_not_permissive() -> None:
    found = set()
    for package in distributions():
        about = package.metadata
        stated = [
            text[:200]
            for name in ("License-Expression", "License", "Classifier")
            for text in about.get_all(name) or []
            if name != "Classifier" or text.startswith("License")
        ]
        if _COPYLEFT.search(" ".join(stated)):
            found.add(_plain(about["Name"]))
    found &= pinned()
    assert {"pebble", "certifi"} <= found
    named = set(re.findall(r"[a-z0-9-]+", (ROOT / "NOTICE").read_text()))
    assert found <= named


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
