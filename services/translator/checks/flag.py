"""The finding of a check."""

from typing import NamedTuple


class Flag(NamedTuple):
    """`check` is the check's short constant name, `detail` says what exactly is wrong."""

    check: str
    detail: str
