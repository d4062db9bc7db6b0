"""Runs a service with constants fit for a test: ``python -m testing.service NAME``.

A variable MOFCOM_NAME of the environment replaces also those fields of the service's settings that
are constants, which no environment changes otherwise.
"""

import os
import runpy
import sys
from typing import Any, TypeVar

import shared.settings
from shared.environment import PREFIX
from shared.settings import Environment, is_constant, load

S = TypeVar("S", bound=Environment)


def _load(settings: type[S], **constants: Any) -> S:
    constants |= {
        name: os.environ.pop(PREFIX + name.upper())
        for name, field in settings.model_fields.items()
        if is_constant(field) and PREFIX + name.upper() in os.environ
    }
    return load(settings, **constants)


def run(name: str) -> None:
    """Run the service `name` in this process until it ends."""
    shared.settings.load = _load
    sys.argv = [f"services.{name}"]
    runpy.run_module(f"services.{name}", run_name="__main__")


if __name__ == "__main__":
    run(sys.argv[1])
