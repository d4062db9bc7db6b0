"""What a page asks."""

from collections.abc import Mapping

# A day that is asked for is asked for at its end.
_END_OF_DAY = " 23:59:59+08"


def given(query: Mapping[str, str], **names: str) -> dict[str, str]:
    """Parameters of a question by those of the page that are filled in; `at` is the end of a day.

    >>> given({"hs": "2805.30", "on": "2025-12-01"}, hs="hs", at="on", country="country")
    {'hs': '2805.30', 'at': '2025-12-01 23:59:59+08'}
    """
    found = {name: query[own] for name, own in names.items() if query.get(own)}
    if "at" in found:
        found["at"] += _END_OF_DAY
    return found
