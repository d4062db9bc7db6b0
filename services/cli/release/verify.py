"""Checks a release folder against its own sums and its root."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path

from services.cli.release.checksums import FILE, read_sums, sums
from services.cli.release.hashed import leaves, root
from services.cli.release.make import LEAVES, PACKAGE


class NoRelease(ValueError):
    """The folder is none that `mofcom release make` wrote; the message says why."""


def faults(folder: Path) -> list[str]:
    """What differs from what the folder says of itself, in words; empty if nothing does.

    Raises NoRelease.
    """
    try:
        said = read_sums(folder)
        claimed = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))["mofcom"][
            "merkle_root"
        ]
        with (folder / LEAVES).open(encoding="utf-8", newline="") as file:
            claimed_leaves = dict(list(csv.reader(file))[1:])
        there = sums(folder)
    except (OSError, ValueError, KeyError, TypeError, csv.Error) as error:
        raise NoRelease(f"{folder} is no release folder: {error}") from error
    found = differing_files(said, there)
    try:
        computed = leaves(folder)
    except (OSError, ValueError, KeyError, csv.Error) as error:
        return [*found, f"the root cannot be computed from the CSV files: {error!r}"]
    found += differing_leaves(claimed_leaves, computed)
    if root(computed) != claimed:
        found.append(f"the rows give the root {root(computed)}, and {PACKAGE} says {claimed}")
    return found


def differing_files(said: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    """Files that are missing, changed, or not in SHA256SUMS."""
    return (
        [f"{name} is missing" for name in sorted(said.keys() - there.keys())]
        + [
            f"{name} was changed"
            for name in sorted(said)
            if there.get(name, said[name]) != said[name]
        ]
        + [f"{name} is not in {FILE}" for name in sorted(there.keys() - said.keys())]
    )


def differing_leaves(said: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    """Captures, by the SHA-256 of their bodies, whose rows are not those that were hashed."""
    return [
        f"the rows that rest on the capture with SHA-256 {body} are others"
        if body in said and body in there
        else f"the capture with SHA-256 {body} is {'missing' if body in said else 'not in ' + LEAVES}"
        for body in sorted(said.keys() | there.keys())
        if said.get(body) != there.get(body)
    ]
