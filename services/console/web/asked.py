"""What a page asks."""

from collections.abc import Mapping

from services.console.problems import Problem

# A day that is asked for is asked for at its end.
_END_OF_DAY = " 23:59:59+08"


def given(query: Mapping[str, str], **names: str) -> dict[str, str]:
    """Parameters of a question by those of the page that are filled in; `at` is the end of a day.

    >>> given({"hs": "2805.30", "on": "2025-12-01"}, hs="hs", at="on", country="country")
    {'hs': '2805.30', 'at': '2025-12-01 23:59:59+08'}

    Raises Problem for the API's parameter `at`, without which the page would show today.
    """
    if query.get("at"):
        raise Problem(400, "Wrong question", "a page is asked for a day: on=2025-12-01")
    found = {name: query[own] for name, own in names.items() if query.get(own)}
    if "at" in found:
        found["at"] += _END_OF_DAY
    return found
