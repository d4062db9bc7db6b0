"""HTML of the pages, from the templates beside."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.console.addresses import address, alert_address, notice_address, path_of
from services.console.web.words import CHINESE
from shared.chinese.dates import in_china
from shared.chinese.lexicon import LISTS, VALUES
from shared.text import called

STATIC = Path(__file__).with_name("static")
LANGUAGE = "language"

LINKS = (
    ("/search", "Search"),
    ("/in-force", "In force"),
    ("/lists", "Lists"),
    ("/applies", "Applies"),
    ("/duties", "Duties"),
    ("/screen", "Screen"),
    ("/verify", "Verify"),
    ("/calendar", "Calendar"),
    ("/map", "Map"),
    ("/pipeline", "Pipeline"),
    ("/alerts", "Alerts"),
)


def when(value: date | datetime | str | None) -> str:
    """A day, or an instant in China to the minute; its day where it is a midnight. A text is one of JSON.

    >>> when(date(2025, 11, 7))
    '2025-11-07'
    """
    if value is None:
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        moment = in_china(value)
        if _is_midnight(moment):
            return f"{moment:%Y-%m-%d}"
        return f"{moment:%Y-%m-%d %H:%M}"
    return value.isoformat()


def end(value: datetime | str | None) -> str:
    """`when`, of what ends at an instant (the first after it): its last day where that is a midnight, as
    notices say it.

    >>> end("2026-11-11T00:00:00+08:00")
    '2026-11-10'
    """
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment is not None and _is_midnight(in_china(moment)):
        return when(in_china(moment).date() - timedelta(days=1))
    return when(moment)


def _is_midnight(moment: datetime) -> bool:
    return moment.time() == time()


def marked(snippet: str | None) -> list[str]:
    """A snippet of search_notices in parts: every second one is what was found.

    >>> marked("对«稀土»相关")
    ['对', '稀土', '相关']
    """
    return re.split("[«»]", snippet or "")


def elsewhere(url: str | None) -> str:
    """An address that a page of others names, if a browser can go there; else nothing.

    >>> elsewhere("javascript:alert(1)")
    ''
    """
    return url if url and url.startswith(("http://", "https://")) else ""


_environment = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals |= {
    "address": address,
    "alert_address": alert_address,
    "called": called,
    "links": LINKS,
    "notice_address": notice_address,
}
_environment.filters |= {"elsewhere": elsewhere, "end": end, "marked": marked, "when": when}


def page(
    request: Request,
    template: str,
    query: Mapping[str, str],
    values: Mapping[str, object],
    status: int = 200,
) -> HTMLResponse:
    """The page of a template, in the language that the reader has chosen; by default English.

    `query` is what the page's forms are filled with.
    """
    chinese = request.cookies.get(LANGUAGE) == "zh"
    # The page's own answer; a page with several names the one that goes on.
    path = path_of(request)
    values = {"feed": path if values.get("answer") else None, **values}
    html = _environment.get_template(template).render(
        values,
        query=defaultdict(str, query),
        words=_translated if chinese else _as_it_is,
        language="zh" if chinese else "en",
        path=path,
        here=address(path, **dict(request.query_params)),
    )
    return HTMLResponse(html, status, headers={"Cache-Control": "no-cache"})


Words = Callable[[str], str]
_as_it_is: Words = str
_READ = VALUES | {entry.english: entry.name for entry in LISTS.entries}


def _translated(english: str) -> str:
    # What a database says besides, such as the name of a field, stays as it is.
    return CHINESE.get(english) or _READ.get(english, english)
