"""An address as it was found in a line, or in the address of an archive."""

from typing import NamedTuple


class Named(NamedTuple):
    """A URL, the time that stands beside or before it (digits and ``*``, or None), and the host of the web
    archive in whose address it was, if any.
    """

    url: str
    time: str | None = None
    host: str | None = None
