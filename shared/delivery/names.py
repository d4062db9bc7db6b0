"""The ids in a record's JSON, whatever its type: for logs and dead letters."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json


def subject(value: bytes | None) -> dict[str, Any]:
    """The innermost request or address in a record's JSON; empty if there is none."""
    return _subject(_json(value))


def names(value: bytes | None) -> dict[str, str]:
    """The ids of address, request and capture in a record's JSON, as far as it has them."""
    found = _json(value)
    outer = found if isinstance(found, dict) else {}
    fetched = outer["fetched"] if isinstance(outer.get("fetched"), dict) else outer
    capture = fetched.get("capture")
    about = _subject(found)
    named = {
        "address": about.get("address_id"),
        "request": about.get("request_id"),
        "capture": capture.get("capture_id") if isinstance(capture, dict) else None,
    }
    return {name: one for name, one in named.items() if isinstance(one, str)}


def _subject(found: Any) -> dict[str, Any]:
    for inner in ("fetched", "request", "address"):
        if isinstance(found, dict) and isinstance(found.get(inner), dict):
            found = found[inner]
    return found if isinstance(found, dict) else {}


def _json(value: bytes | None) -> Any:
    try:
        return from_json(value or b"null")
    except (ValueError, ValidationError):
        return None
