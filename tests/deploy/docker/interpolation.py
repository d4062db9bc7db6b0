"""docker-compose.yml as Compose reads it under given variables, where no Docker is.

https://docs.docker.com/reference/compose-file/interpolation/
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[3]
_INNERMOST = re.compile(r"\$\{(?P<name>\w+)(?:(?P<when>:[-+?])(?P<word>[^${}]*))?\}")
_DOLLAR = "\0"


def compose(variables: Mapping[str, str], *files: str) -> dict[str, Any]:
    """The services, secrets and volumes of docker-compose.yml; of `files` beside it, the services' too."""
    whole: dict[str, Any] = {}
    for file in ("docker-compose.yml", *files):
        text = _interpolated((ROOT / file).read_text(), variables)
        for kind, items in yaml.safe_load(text).items():
            if isinstance(items, dict):
                whole.setdefault(kind, {}).update(items)
    return whole


def environment(service: Mapping[str, Any], variables: Mapping[str, str]) -> dict[str, str]:
    """What a container gets: a variable without a value is passed on where it is set."""
    given = service.get("environment", {})
    passed = {name: variables.get(name) if it is None else str(it) for name, it in given.items()}
    return {name: value for name, value in passed.items() if value is not None}


def _interpolated(text: str, variables: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        known = variables.get(found["name"], "")
        if found["when"] == ":+":
            return found["word"] if known else ""
        return known or found["word"] or ""

    text = text.replace("$$", _DOLLAR)
    while (inner := _INNERMOST.sub(value, text)) != text:
        text = inner
    return text.replace(_DOLLAR, "$")
