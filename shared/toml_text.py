"""TOML as people write it."""

import tomllib
from typing import Any


class NotToml(ValueError):
    """A text that is not TOML; the message says so, and where."""


def parse_toml(text: str) -> dict[str, Any]:
    """The keys of a text. Raises NotToml, also for numbers and depths that only an attacker writes.

    >>> parse_toml('pages = ["http://www.mofcom.gov.cn/"]')
    {'pages': ['http://www.mofcom.gov.cn/']}
    """
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise NotToml("not TOML: too many brackets within brackets") from None
    except ValueError as error:
        # Also of what Python makes no number: https://docs.python.org/3/library/stdtypes.html#int-max-str-digits
        raise NotToml(f"not TOML: {error}") from None
