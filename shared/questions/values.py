"""Values of an answer, for JSON and for a line of text."""

import json
from datetime import date, datetime
from decimal import Decimal

from shared.chinese.dates import in_china


def plain(value: object) -> object:
    """A value for JSON: decimals as numbers, instants as ISO 8601 with China's offset, other types that
    JSON lacks as text.
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [plain(one) for one in value]
        case dict():
            return {key: plain(one) for key, one in value.items()}
        case bytes():
            return value.hex()
        case Decimal():
            return float(value)
        case datetime():
            return in_china(value).isoformat()
        case date():
            return value.isoformat()
    return str(value)


def flat(value: object) -> object:
    """A value for a line of CSV: as for JSON, but lists joined with semicolons, and decimals exact."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    one = plain(value)
    if isinstance(one, list):
        return "; ".join(_nested(each) for each in one)
    return "" if one is None else one


def _nested(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
