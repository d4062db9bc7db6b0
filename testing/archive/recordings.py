"""What web.archive.org really answered: the recordings beside the checkout, read as exchanges."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

RECORDINGS = Path(__file__).parents[2].parent / "shared" / "data" / "wayback-recordings"


@dataclass(frozen=True)
class Exchange:
    """One recorded request and answer; header names lower case, the body's gzip decoded."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes


def recorded(name: str) -> list[Exchange]:
    """The exchanges of a recording, `name` relative to the recordings' folder.

    Skips the test when the recordings do not lie beside this checkout. Raises FileNotFoundError
    for a name that is not among them.
    """
    if not RECORDINGS.is_dir():
        pytest.skip(f"the archive's recordings are not beside this checkout ({RECORDINGS.name})")
    path = RECORDINGS / name
    if path.suffix == ".jsonl":
        lines = path.read_text(encoding="utf-8").splitlines()
        return [_from_json(json.loads(line)) for line in lines]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    cassette = yaml.load(path.read_bytes(), Loader=loader)  # noqa: S506 (both are safe loaders)
    return [_from_vcr(interaction) for interaction in cassette["interactions"]]


def _from_vcr(interaction: dict[str, Any]) -> Exchange:
    response = interaction["response"]
    body = response["body"]["string"]
    body = body.encode() if isinstance(body, str) else body
    return Exchange(
        interaction["request"]["uri"],
        response["status"]["code"],
        {name.lower(): values[0] for name, values in response["headers"].items()},
        gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body,
    )


def _from_json(line: dict[str, Any]) -> Exchange:
    query = "&".join(f"{k}={v}" for k, v in (line["request_params"] or {}).items() if v is not None)
    return Exchange(
        line["url"] + (f"?{query}" if query else ""),
        line["response_status_code"],
        {name.lower(): value for name, value in line["response_headers"].items()},
        line["response_text"].encode(),
    )
