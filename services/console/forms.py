"""The form in which an answer is wanted: a page, JSON, or a table as CSV or Excel."""

from collections.abc import Mapping, Sequence
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

# What is offered, the usual one first: by a page that shows an answer, by one that shows something else, which
# is no table and no feed either, and by the API.
ANSWER_PAGE = (Form.HTML, Form.JSON, Form.CSV, Form.XLSX)
OTHER_PAGE = (Form.HTML, Form.JSON)
API = (Form.JSON, Form.CSV, Form.XLSX)


def form_of(request: Request, asked: str | None, offered: Sequence[Form]) -> Form:
    """The form that is asked for, else the first on offer that the header Accept names, else the usual one.

    Raises Problem for a form that is not on offer.
    """
    if asked is not None:
        if asked not in offered:
            names = [*offered, *(FORMATS if Form.CSV in offered else ())]
            raise Problem(400, "Wrong value", f"format must be one of {', '.join(names)}")
        return Form(asked)
    accepted = request.headers.get("accept", "")
    named = [form for form in offered if MEDIA_TYPES[form] in accepted]
    return min(named, key=lambda form: accepted.find(MEDIA_TYPES[form]), default=offered[0])
