"""The response with the feed of an answer."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from fastapi import Request, Response

from services.console.addresses import path_of
from services.console.api.answers import FORMAT, PAGING, hashed
from services.console.api.paging import page
from services.console.feeds.atom import MEDIA_TYPE as ATOM
from services.console.feeds.atom import atom
from services.console.feeds.entries import EVER, entries
from services.console.feeds.feed import Feed
from services.console.feeds.identity import id_of
from services.console.feeds.json_feed import MEDIA_TYPE as JSON_FEED
from services.console.feeds.json_feed import json_feed
from shared.questions import Answer

# By the value of the parameter `format`.
FORMATS = {"atom": (atom, ATOM), "jsonfeed": (json_feed, JSON_FEED)}


def feed_response(request: Request, answer: Answer, changed: Mapping[str, datetime]) -> Response:
    """The feed of an answer, in the format and with the entries that the request asks for.

    `changed` is when the notices of the rows last changed. Raises Problem for a wrong cursor.
    """
    query = request.query_params
    write, media_type = FORMATS[query[FORMAT]]
    base = str(request.base_url).rstrip("/")
    found = {entry.id: entry for entry in entries(answer, changed, base)}
    part = page(list(found), query.get("limit"), query.get("cursor"))
    here = f"{base}{path_of(request)}"
    without = {key: value for key, value in query.items() if key not in (FORMAT, *PAGING)}
    # A page of one thing, such as an alert, names it in its path; the API its question, which is named anyway.
    named = [str(one) for name, one in request.path_params.items() if name != "question"]
    title = " · ".join([answer.question.replace("_", " "), *named, *without.values()])
    feed = Feed(
        id=id_of(request.url.path, urlencode(sorted(without.items()))),
        title=f"{title} · MOFCOM notices",
        subtitle=_subtitle(answer),
        address=_address(here, query),
        home=_address(here, without),
        updated=max((entry.updated for entry in found.values()), default=EVER),
        entries=[found[one] for one in part.rows],
        next_page=part.cursor and _address(here, {**query, "cursor": part.cursor}),
    )
    return hashed(request, write(feed), media_type)


def _subtitle(answer: Answer) -> str:
    """What the database lacks, and so is not in the feed."""
    lacks = "; ".join(answer.not_held)
    return lacks and f"Not held, and so not in this feed: {lacks}"


def _address(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
