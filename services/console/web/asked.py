"""What a page asks."""

from collections.abc import Mapping

from fastapi import Request

from services.console.api.answers import FORMAT, PAGING, parameters
from services.console.problems import Problem

# A day that is asked for is asked for at its end.
_END_OF_DAY = " 23:59:59+08"
# What pages that show an answer take besides their question.
OF_ANSWERS = (FORMAT, *PAGING)


def asked_of(request: Request, *names: str) -> dict[str, str]:
    """The query of a page whose parameters have these names. Raises Problem for any other."""
    return known(parameters(request), request.url.path, *names)


def known(query: dict[str, str], path: str, *names: str) -> dict[str, str]:
    """What a page, or a form that was sent to it, is asked, if all of it has these names.

    Raises Problem for any other, which would be ignored: a day (`on`) that a page does not take would show today.
    """
    if query.get("at"):
        raise Problem(400, "Wrong question", "a page is asked for a day: on=2025-12-01")
    if unknown := query.keys() - set(names):
        has = f"it has {', '.join(names)}"
        if "on" in unknown:
            has += "; a notice as of a day is /in-force?notice=…&on=2025-12-01"
        wrong = f"{path} has no parameter {', '.join(sorted(unknown))}: {has}"
        raise Problem(400, "Wrong question", wrong)
    return query


def given(query: Mapping[str, str], *needed: str, **names: str) -> dict[str, str]:
    """Parameters of a question by those of the page that are filled in; `at` is the end of a day. Nothing is asked
    while none is.

    >>> given({"hs": "2805.30", "on": "2025-12-01"}, "hs", hs="hs", at="on", country="country")
    {'hs': '2805.30', 'at': '2025-12-01 23:59:59+08'}

    Raises Problem where some are filled in and none of the `needed`.
    """
    found = {name: query[own] for name, own in names.items() if query.get(own)}
    if found and needed and not any(query.get(one) for one in needed):
        raise Problem(400, "Wrong question", f"fill in {' or '.join(needed)} too")
    if "at" in found:
        found["at"] += _END_OF_DAY
    return found
