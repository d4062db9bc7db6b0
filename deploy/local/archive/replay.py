"""Replay: a requested timestamp, mode and address and the captures give the archive's answer.

Decided in the archive's own order: no capture of the page is 404; a capture of another second
than the asked one is a `302` to that capture's own address; the capture of the asked second is
played back with the status that the site gave.
"""

import html
import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import unquote, urljoin

from deploy.local.archive.answer import HTML, Answer
from deploy.local.archive.captures import Capture, Captures
from shared.identity import url_key

_ASKED = re.compile(r"(?:(?P<timestamp>\d{1,14})(?P<mode>[a-z]{2}_)?/)?(?P<url>.+)", re.DOTALL)
_SCHEME = re.compile(r"(https?):/*", re.IGNORECASE)
_LATEST = "99991231235959"
# Names that the answer itself carries and that are therefore not repeated as x-archive-orig-*.
_CARRIED = {"content-type", "content-encoding", "location"}


def replay(asked: str, captures: Captures, base: str) -> Answer:
    """Answer a request for a memento.

    `asked` is what follows `/web/`, query included: `20230111174105id_/http://host/page`. Without
    a timestamp it means the latest capture. `base` is the archive's own origin, without a slash
    at the end.
    """
    parts = _ASKED.fullmatch(asked)
    url = _address(parts["url"]) if parts else ""
    try:
        known = captures.of(url_key(url))
    except ValueError:
        known = []
    if not parts or not known:
        return _never_archived(url)
    timestamp, mode = parts["timestamp"] or _LATEST, parts["mode"] or ""
    capture = nearest(known, timestamp, url)
    if capture.timestamp != parts["timestamp"]:
        return _found(capture, mode, base)
    if mode == "id_":
        return _memento(capture, known, mode, base, capture.body)
    if 300 <= capture.status < 400 and capture.header("location"):
        return _redirect_page(capture, mode, base)
    return _view(capture, known, mode, base)


def nearest(known: Sequence[Capture], timestamp: str, url: str) -> Capture:
    """The capture nearest to a timestamp of 1 to 14 digits; the missing digits mean its end.

    In the same second the one whose original URL is the asked one wins. `known` is not empty.
    """
    wanted = _instant(timestamp + _LATEST[len(timestamp) :])
    return min(known, key=lambda c: (abs(_instant(c.timestamp) - wanted), c.original != url))


def _address(text: str) -> str:
    """The asked address as a client may write it: no scheme, one slash, colon percent-encoded."""
    if re.match(r"https?%3a", text, re.IGNORECASE):
        text = unquote(text)
    if not _SCHEME.match(text):
        return f"http://{text}"
    return _SCHEME.sub(lambda m: f"{m[1].lower()}://", text, count=1)


def _instant(timestamp: str) -> datetime:
    """The time of a 14-digit timestamp; months and days that do not exist count as the nearest.

    CDX has timestamps like `20000800241623` (stray 00), and `202302` is padded to a 31 February.
    """
    year, month, day, hour, minute, second = (
        int(timestamp[i:j]) for i, j in ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))
    )
    year, month = max(year, 1), min(max(month, 1), 12)
    day = min(max(day, 1), monthrange(year, month)[1])
    return datetime(year, month, day, min(hour, 23), min(minute, 59), min(second, 59), tzinfo=UTC)


def _http_date(timestamp: str) -> str:
    return format_datetime(_instant(timestamp), usegmt=True)


def _play(capture: Capture, mode: str, base: str) -> str:
    return f"{base}/web/{capture.timestamp}{mode}/{capture.original}"


def _found(capture: Capture, mode: str, base: str) -> Answer:
    return Answer(
        302,
        (
            ("content-type", "text/plain; charset=utf-8"),
            ("content-length", "0"),
            ("location", _play(capture, mode, base)),
            ("x-archive-redirect-reason", f"found capture at {capture.timestamp}"),
            ("x-ts", "302"),
        ),
    )


def _memento(
    capture: Capture, known: Sequence[Capture], mode: str, base: str, body: bytes
) -> Answer:
    headers = [("content-type", capture.header("content-type") or "")]
    if coding := capture.header("content-encoding"):
        headers.append(("content-encoding", coding))
    if target := capture.header("location"):
        live = urljoin(capture.original, target)
        headers.append(("location", f"{base}/web/{capture.timestamp}{mode}/{live}"))
    headers += [
        ("memento-datetime", _http_date(capture.timestamp)),
        ("link", _link(capture, known, base)),
        ("cache-control", "max-age=1800"),
        ("x-archive-src", capture.source),
        ("x-ts", str(capture.status)),
        *(
            (f"x-archive-orig-{name.lower()}", value)
            for name, value in capture.headers
            if name.lower() not in _CARRIED
        ),
    ]
    return Answer(capture.status, tuple(headers), body)


def _link(capture: Capture, known: Sequence[Capture], base: str) -> str:
    """The Link header: always view-mode addresses, prev and next by second."""
    original = capture.original
    before = [c for c in known if c.timestamp < capture.timestamp]
    behind = [c for c in known if c.timestamp > capture.timestamp]
    mementos = [
        ("first memento", known[0]),
        *[("prev memento", c) for c in before[-1:]],
        ("memento", capture),
        *[("next memento", c) for c in behind[:1]],
        ("last memento", known[-1]),
    ]
    return ", ".join(
        [
            f'<{original}>; rel="original"',
            f'<{base}/web/timemap/link/{original}>; rel="timemap"; type="application/link-format"',
            f'<{base}/web/{original}>; rel="timegate"',
            *(
                f'<{_play(c, "", base)}>; rel="{rel}"; datetime="{_http_date(c.timestamp)}"'
                for rel, c in mementos
            ),
        ]
    )


def _view(capture: Capture, known: Sequence[Capture], mode: str, base: str) -> Answer:
    """The page as people see it: the archive's toolbar in it, and what it guessed of it.

    Links in the page are left as they are; the archive would rewrite them.
    """
    mimetype = capture.row[3] if not capture.revisit else "text/html"
    guessed = [("x-archive-guessed-content-type", mimetype)]
    body = capture.body
    if mimetype == "text/html" and not capture.header("content-encoding"):
        toolbar = b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->\n<!-- END WAYBACK TOOLBAR INSERT -->"
        body = re.sub(rb"(?i)<body[^>]*>", lambda m: m[0] + toolbar, body, count=1)
        guessed.append(("x-archive-guessed-charset", "utf-8"))
    played = _memento(capture, known, mode, base, body)
    return Answer(played.status, (*played.headers, *guessed), played.body)


def _redirect_page(capture: Capture, mode: str, base: str) -> Answer:
    """View mode answers an archived redirect with its own page, which is not a memento."""
    target = capture.header("location") or ""
    there = f"/web/{capture.timestamp}{mode}/{urljoin(capture.original, target)}"
    when = _instant(capture.timestamp).strftime("%H:%M:%S %B %d, %Y")
    page = _page(
        f"""<p class="code">Loading...</p>
<p class="code shift target">{html.escape(capture.original)} | {when}</p>
<p class="code shift red">Got an HTTP {capture.status} response at crawl time</p>
<p class="code">Redirecting to...</p>
<p class="code shift target">{html.escape(target)}</p>
<p class="impatient"><a href="{html.escape(there)}">Impatient?</a></p>"""
    )
    return Answer(
        200, (("content-type", HTML), ("x-archive-src", capture.source), ("x-ts", "200")), page
    )


def _never_archived(url: str) -> Answer:
    page = _page(
        f"""<h2>Hrm.</h2>
<p>The Wayback Machine has not archived that URL.</p>
<p>{html.escape(url)}</p>"""
    )
    return Answer(404, (("content-type", HTML), ("x-ts", "404")), page)


def _page(inner: str) -> bytes:
    return f"""<!DOCTYPE html>
<html lang="en">
<head><title>Wayback Machine</title></head>
<body>
<div id="error">
{inner}
</div>
</body>
</html>
""".encode()
