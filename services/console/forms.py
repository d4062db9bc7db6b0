"""The form in which an answer is wanted: a page, JSON, or a table as CSV or Excel."""

from collections.abc import Mapping
from enum import StrEnum

from fastapi import Request

from services.console.feeds.response import FORMATS
from services.console.problems import Problem


class Form(StrEnum):
    """Of an answer."""

    HTML = "html"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES: Mapping[Form, str] = {
    Form.HTML: "text/html",
    Form.JSON: "application/json",
    Form.CSV: "text/csv",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def form_of(request: Request, asked: str | None, usual: Form) -> Form:
    """The form that is asked for, else the first that the request's header Accept names, else the usual one.

    Raises Problem for a form that there is not.
    """
    if asked is not None:
        # Where JSON is usual there are no pages.
        known = [form for form in Form if form is not Form.HTML or usual is Form.HTML]
        if asked not in known:
            raise Problem(
                400, "Wrong value", f"format must be one of {', '.join([*known, *FORMATS])}"
            )
        return Form(asked)
    accepted = request.headers.get("accept", "")
    named = [form for form, media_type in MEDIA_TYPES.items() if media_type in accepted]
    return min(named, key=lambda form: accepted.find(MEDIA_TYPES[form]), default=usual)
