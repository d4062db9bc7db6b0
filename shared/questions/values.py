"""Values of an answer, for JSON."""

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
