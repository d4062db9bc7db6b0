"""The collection `wayback` of a pywb, as `tests/services/fetcher/archive/test_pywb_double.py` finds a real one.

Replay is ``/wayback/TIMESTAMPid_/URL``, the index ``/wayback/cdx``
(https://pywb.readthedocs.io/en/latest/manual/cdxserver_api.html). Headers of the site are not repeated as
``x-archive-orig-*``, redirects of the site lead to the live URL, and the index has no resume key.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qs

from deploy.local.archive.answer import HTML, Answer, answer
from deploy.local.archive.app import Archive, Request
from deploy.local.archive.captures import Capture, Captures
from deploy.local.archive.replay import nearest
from shared.identity import url_key

COLLECTION = "/wayback"

_REPLAY = re.compile(rf"{COLLECTION}/(?P<timestamp>\d{{1,14}})id_/(?P<url>.+)", re.DOTALL)
_TYPE = "text/x-ndjson"
_BROKEN = "Internal Error: invalid literal for int() with base 10: {!r}"


class PywbDouble(Archive):
    """Answers as pywb 2.10 does, without any fault."""

    def answer(self, request: Request) -> Answer:
        """The response to a request."""
        path, _, query = request.target.partition("?")
        if path == f"{COLLECTION}/cdx":
            return _index(parse_qs(query), self.captures)
        if played := _REPLAY.fullmatch(request.target):
            return _replay(played["timestamp"], played["url"], self.captures, request.base)
        return answer(404, HTML, "<html><h1>Pywb Error</h1>Not Found</html>")


def pywb_double(*captures: Capture) -> PywbDouble:
    """A collection with these captures."""
    return PywbDouble(Captures(captures))


def _replay(timestamp: str, url: str, captures: Captures, base: str) -> Answer:
    try:
        known = captures.of(url_key(url))
    except ValueError:
        known = []
    if not known:
        said = f"The url <b>{url}</b> could not be found in this collection."
        return answer(404, "text/html", f"<html><h4>URL Not Found</h4><p>{said}</p></html>")
    capture = nearest(known, timestamp, url)
    original = f'<{capture.original}>; rel="original"'
    if capture.timestamp != timestamp:
        here = f"{base}{COLLECTION}/{capture.timestamp}id_/{capture.original}"
        return Answer(307, (("location", here), ("link", original)))
    own = [(name.lower(), value) for name, value in capture.headers]
    moment = _http_date(capture.timestamp)
    return Answer(
        capture.status, (*own, ("memento-datetime", moment), ("link", original)), capture.body
    )


def _http_date(timestamp: str) -> str:
    moment = datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return format_datetime(moment, usegmt=True)


def _index(query: dict[str, list[str]], captures: Captures) -> Answer:
    if not (url := query.get("url", [""])[0]):
        return answer(
            400, "application/json; charset=utf-8", '{"message": "The \\"url\\" param is required"}'
        )
    limit = query.get("limit", ["100000"])[0]
    if not limit.isdecimal():
        message = json.dumps({"message": _BROKEN.format(limit)})
        return answer(500, "application/json; charset=utf-8", message)
    fields = query.get("fl", query.get("fields", [""]))[0]
    wanted = fields.split(",") if fields else None
    rows = []
    for capture in _listed(url, query.get("matchType", ["exact"])[0], captures):
        row = _row(capture)
        since = query.get("from", ["0"])[0].ljust(14, "0")
        until = query.get("to", ["9"])[0].ljust(14, "9")
        if since <= capture.timestamp <= until and all(
            _passes(row, text) for text in query.get("filter", [])
        ):
            rows.append({k: v for k, v in row.items() if wanted is None or k in wanted})
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows[: int(limit)])
    return answer(200, _TYPE, text)


def _listed(url: str, match: str, captures: Captures) -> Iterator[Capture]:
    key = url_key(url)
    if match == "exact":
        yield from captures.of(key)
        return
    if match == "prefix":
        # A slash at the end belongs to the prefix; url_key leaves it out.
        start = key + ("/" if url.endswith("/") and not key.endswith("/") else "")
    else:
        start = key.partition(")")[0] + (")" if match == "host" else "")
    for capture in captures.starting(start):
        if match != "domain" or capture.urlkey[len(start)] in "),":
            yield capture


def _row(capture: Capture) -> dict[str, str]:
    urlkey, timestamp, original, mimetype, status, digest, length = capture.row
    row = {"urlkey": urlkey, "timestamp": timestamp, "url": original, "mime": mimetype}
    # A revisit has no status, unless its crawler stored the headers.
    if status != "-":
        row["status"] = status
    return row | {
        "digest": digest,
        "length": length,
        "offset": "0",
        "filename": capture.source.rpartition("/")[2],
    }


def _passes(row: dict[str, str], text: str) -> bool:
    """Whether a row passes a filter: ``[!][=|~]field:text``, by default that the field contains it."""
    inverted = text.startswith("!")
    text = text.removeprefix("!")
    kind, text = (text[0], text[1:]) if text[:1] in ("=", "~") else ("", text)
    name, _, wanted = text.partition(":")
    value = row.get(
        {"mimetype": "mime", "statuscode": "status", "original": "url"}.get(name, name), ""
    )
    if kind == "=":
        passed = value == wanted
    elif kind == "~":
        passed = re.match(wanted, value) is not None
    else:
        passed = wanted in value
    return passed != inverted
