"""An address as it was found in a line, or in the address of an archive."""

from typing import NamedTuple


class Named(NamedTuple):
    """A URL, and the time that stands beside or before it: digits (and ``*``), or None."""

    url: str
    time: str | None = None
