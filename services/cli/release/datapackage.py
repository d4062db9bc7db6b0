"""datapackage.json: the folder's contents for programs, after Frictionless Data Package, version 1."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.cli.dictionary import View
from shared.version import __version__

# Types of Table Schema; what is not here is a string, and lists are strings joined with "; ".
_TYPES = {
    "boolean": "boolean",
    "smallint": "integer",
    "integer": "integer",
    "bigint": "integer",
    "real": "number",
    "double precision": "number",
    "numeric": "number",
    "date": "date",
    "json": "object",
    "jsonb": "object",
}
# ISO 8601 with an offset, which Table Schema's own form of a time, in UTC, is not.
_OWN_FORM = {
    "timestamp with time zone": ("datetime", "any"),
    "timestamp without time zone": ("datetime", "any"),
}
_FORMATS = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def datapackage(
    described: Mapping[str, View],
    sums: Mapping[str, str],
    about: Mapping[str, Sequence[str]],
    merkle_root: str,
) -> dict[str, Any]:
    """The package of the views whose files, `csv/NAME.csv` and `parquet/NAME.parquet`, have these sums."""
    return {
        "name": "mofcom-notices",
        "title": "Notices of China's Ministry of Commerce",
        "version": __version__,
        "licenses": [{"name": "Apache-2.0", "path": "https://www.apache.org/licenses/LICENSE-2.0"}],
        "sources": [{"title": "Wayback Machine", "path": "https://web.archive.org"}],
        "mofcom": {key: "\n".join(lines) for key, lines in about.items()}
        | {"merkle_root": merkle_root},
        "resources": [
            {
                "name": name if file_format == "csv" else f"{name}-{file_format}",
                "path": (path := f"{file_format}/{name}.{file_format}"),
                "description": view.about,
                "format": file_format,
                "mediatype": media_type,
                "hash": f"sha256:{sums[path]}",
            }
            | (_csv(view) if file_format == "csv" else {})
            for name, view in described.items()
            for file_format, media_type in _FORMATS.items()
        ],
    }


def _csv(view: View) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        # With the mark at the beginning by which Excel knows it.
        "encoding": "utf-8-sig",
        "schema": {"fields": [_field(*column) for column in view.columns], "missingValues": [""]},
    }


def _field(name: str, postgres: str, meaning: str) -> dict[str, str]:
    described = {"name": name, "description": meaning}
    if postgres in _OWN_FORM:
        of_type, form = _OWN_FORM[postgres]
        return described | {"type": of_type, "format": form}
    return described | {"type": _TYPES.get(postgres, "string")}
