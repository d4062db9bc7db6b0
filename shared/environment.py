"""What all settings share: their prefix in the environment, and a warning about unknown names."""

import os
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

PREFIX = "MOFCOM_"

_NAMES = Path(__file__).with_name("setting_names.txt")


def unknown_variables(names: Iterable[str] = os.environ) -> list[str]:
    """A warning for each of these environment variables that looks like a setting and is none.

    >>> unknown_variables(["HOME", "MOFCOM_WATCH", "MOFCOM_WACTH"])
    ['MOFCOM_WACTH is not a setting and has no effect; did you mean MOFCOM_WATCH?']
    """
    ours = sorted(name for name in names if name.startswith(PREFIX))
    if not ours:
        return []
    known = _NAMES.read_text().split()
    return [_warning(name, known) for name in ours if name not in known]


def _warning(name: str, known: list[str]) -> str:
    # Without the prefix, which would make all of them alike.
    nearest = get_close_matches(
        name.removeprefix(PREFIX), [one.removeprefix(PREFIX) for one in known], n=1
    )
    hint = f"did you mean {PREFIX}{nearest[0]}?" if nearest else "docs/settings.md lists all"
    return f"{name} is not a setting and has no effect; {hint}"
