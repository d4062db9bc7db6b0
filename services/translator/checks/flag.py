"""What a check found."""

from typing import NamedTuple


class Flag(NamedTuple):
    """`check` is a short constant name, `detail` what exactly is wrong."""

    check: str
    detail: str
