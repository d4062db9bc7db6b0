"""The page of a notice."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.console.addresses import notice_address
from services.console.api.answers import FORMAT, with_etag
from services.console.data import as_data
from services.console.database import Database
from services.console.forms import ANSWER_PAGE, OTHER_PAGE, Form, form_of
from services.console.problems import Problem
from services.console.web.asked import OF_ANSWERS, asked_of
from services.console.web.citation import in_chinese, in_english
from services.console.web.further_tables import TABLE, further_table
from services.console.web.legislation import legislation
from services.console.web.notice import gone_since, left_in_chinese, parts_of, side_by_side
from services.console.web.render import page
from services.console.web.versions import difference, in_context, versions_of


def routes(database: Database) -> APIRouter:
    """The page's route: /n/KEY, and with ?older=VERSION&newer=VERSION what differs between the two."""
    router = APIRouter()

    @router.api_route("/n/{key:path}", methods=["GET", "HEAD"])
    async def notice(request: Request, key: str) -> Response:
        query = asked_of(request, "older", "newer", TABLE, *OF_ANSWERS)
        answer = await database.ask("notice", {"named": key})
        wanted = query.get(FORMAT)
        if not query.keys() & {"older", TABLE} and (
            other := await as_data(database, request, wanted, answer, ANSWER_PAGE)
        ):
            return other
        if len(answer.rows) != 1:
            raise Problem(
                300, "Several notices", ", ".join(row["notice_key"] for row in answer.rows)
            )
        row = answer.rows[0]
        if row["notice_key"] != key:
            own = f"{notice_address(row['notice_key'])}?{request.url.query}"
            return RedirectResponse(own.removesuffix("?"), 307)
        async with database.connection() as connection:
            versions = await versions_of(connection, key)
            compared = _compared(query, versions)
            changes = await difference(connection, *compared) if compared else []
            if compared and form_of(request, wanted, OTHER_PAGE) is Form.JSON:
                return with_etag(request, [piece._asdict() for piece in changes])
            parts = await parts_of(connection, key)
            tables = {
                "attachments": parts.attachments,
                "versions": versions,
                "copies": parts.copies,
            }
            if table := await further_table(request, query, answer, tables):
                return table
            statuses = (await database.ask("in_force", {"notice": key}, connection)).rows
            cited = (await database.ask("cites", {"notice": key}, connection)).rows
        details = parts.details
        values: dict[str, Any] = {
            "answer": answer,
            # What differs between versions is no feed.
            "feed": None if compared else notice_address(key),
            "row": row,
            "statuses": statuses,
            "lines": side_by_side(row["body_text"] or "", row["text_en"], parts.evidence),
            "engine": details["engine"],
            "left_in_chinese": left_in_chinese(row["text_en"]),
            "gone_since": gone_since(parts.copies),
            "values": parts.evidence,
            "citations": cited,
            "copies": parts.copies,
            "attachments": parts.attachments,
            "versions": versions,
            "compared": compared,
            "changes": in_context(changes),
            "cited_as": {
                "en": in_english(row, details["issuers_en"], details["captured_at"]),
                "zh": in_chinese(row, details["captured_at"]),
            },
            "legislation": legislation(
                row, details, cited, str(request.base_url).rstrip("/") + notice_address(key)
            ),
        }
        return page(request, "notice.html", query, values)

    return router


def _compared(query: Mapping[str, str], versions: Sequence[Any]) -> tuple[str, str] | None:
    """The versions that are asked for. Raises Problem for those of another notice."""
    if "older" not in query:
        return None
    known = {one["version_id"] for one in versions}
    asked = query["older"], query.get("newer", "")
    if not known.issuperset(asked):
        raise Problem(404, "Not held", "older and newer must be versions of this notice")
    return asked
