"""An answer as data: JSON, a table or a feed, whichever is asked for."""

from collections.abc import Sequence

from fastapi import Request, Response

from services.console.api.answers import FORMAT, PAGING, json_response
from services.console.database import Database
from services.console.feeds.response import FORMATS, feed_response
from services.console.forms import Form, form_of
from services.console.problems import Problem
from services.console.tables import table_response
from shared.questions import Answer

# As many as a search looks at.
MOST_HITS = 1000


def of_all(request: Request, asked: str | None, offered: Sequence[Form]) -> bool:
    """Whether all rows are wanted, as a table or a feed has them; a search answers with the first alone otherwise,
    and hits in titles stand before newer ones in texts. Raises Problem for a form that there is not.
    """
    return asked in FORMATS or form_of(request, asked, offered) in (Form.CSV, Form.XLSX)


async def as_data(
    database: Database,
    request: Request,
    asked: str | None,
    answer: Answer,
    offered: Sequence[Form],
) -> Response | None:
    """The answer in the form that is asked for, else in that which the header Accept names; None where that is
    the usual one. A feed has an address, and is asked for there alone. Raises Problem.
    """
    if request.query_params.get(FORMAT) in FORMATS:
        return feed_response(request, answer, await database.changed_at(answer))
    form = form_of(request, asked, offered)
    paged = request.query_params.keys() & set(PAGING)
    if form is Form.HTML and paged:
        raise Problem(
            400, "Wrong question", "limit and cursor are of JSON and feeds: add format=json"
        )
    if form is offered[0]:
        return None
    if form is Form.JSON:
        return json_response(request, answer)
    if paged:
        raise Problem(400, "Wrong question", "a table has all rows: leave limit and cursor out")
    known = (await database.questions()).get(answer.question)
    return await table_response(answer, form, known.columns if known else ())
