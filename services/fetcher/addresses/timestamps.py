"""Timestamps of captures as people write them."""

from services.fetcher.addresses.errors import NotAnAddress

# Two digits each behind the year. The archive's own index has timestamps with a stray 00 for month
# or day, which moves what follows: 20000800241623.
_HIGHEST = ((4, "12", "month"), (6, "31", "day"))


def check_timestamp(timestamp: str) -> None:
    """Raise NotAnAddress for what is not a timestamp of a capture: 1 to 14 digits of a time."""
    if not (timestamp.isascii() and timestamp.isdigit()):
        raise NotAnAddress(f"timestamp {timestamp!r} is not of digits: write YYYYMMDDhhmmss")
    if len(timestamp) > 14:
        raise NotAnAddress(f"timestamp {timestamp} has more than 14 digits: YYYYMMDDhhmmss")
    for start, highest, name in _HIGHEST:
        part = timestamp[start : start + 2]
        if len(part) == 2 and part > highest:
            raise NotAnAddress(f"timestamp {timestamp} has {name} {part}: write YYYYMMDDhhmmss")
