"""What is to be known of exported rows: whence they come, as of when, what is not among them, the licence."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from shared.chinese.dates import in_china
from shared.version import __version__

LICENCE = (
    "The texts are those of China's state organs, as the Internet Archive's Wayback Machine keeps them; the "
    "software that read them, and its English, is under Apache-2.0. No official version: for that, follow "
    "the links."
)


def about(
    source: str,
    asked: Mapping[str, str],
    conditions: Sequence[str],
    as_of: datetime | None,
    index_asked_at: datetime | None,
    not_held: Sequence[str] | None,
) -> dict[str, list[str]]:
    """Lines for people by what they are about; `not_held` is None for a view, which does not say."""
    lines = {
        "source": [f"{source}, of mofcom-notices {__version__}"],
        "asked": [f"{name} = {value}" for name, value in asked.items()],
        "only": list(conditions),
        "as_of": [_time(as_of, "no event at all")],
        "index_asked_at": [_time(index_asked_at, "the archive's index was never asked")],
    }
    if not_held is not None:
        lines["not_held"] = list(not_held) or ["nothing is known to be missing"]
    lines["times"] = ["China's, UTC+8; `until` is the first instant after"]
    lines["licence"] = [LICENCE]
    return {key: value for key, value in lines.items() if value}


def _time(value: datetime | None, none: str) -> str:
    return in_china(value).isoformat(timespec="seconds") if value else none
