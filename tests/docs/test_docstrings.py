"""Examples in docstrings (`>>>`) answer what stands below them."""

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_EXAMPLE = re.compile(r"^ *>>> ", re.MULTILINE)
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for folder in ("services", "shared", "deploy", "testing", "docs")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if _EXAMPLE.search(path.read_text())
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module(name: str) -> None:
    failed, attempted = doctest.testmod(import_module(name))
    assert attempted
    assert failed == 0


def test_there_are_some() -> None:
    assert len(MODULES) > 3
