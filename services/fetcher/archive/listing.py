"""A listing of captures: reads the CDX index page by page, in date ranges that it can answer.

The index is never trusted to be complete (docs/archive.md#paging): an empty
page with a resume key continues, a repeated key ends the listing as partial, and a range that the
index cannot answer in time is halved.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from services.fetcher.archive.answers import Asked, Verdict, classify, is_late
from services.fetcher.archive.bodies import BodyTooLarge, CorruptBody, decode_content
from services.fetcher.archive.cdx import NotCdx, Page, Query
from services.fetcher.archive.client import Client
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.replay import CaptureRef
from services.fetcher.archive.reply import NoReply, Reply
from shared.events import Answer, CdxRow

_SMALLEST = timedelta(hours=1)
# The archive's clock may be ahead of ours.
_AHEAD = timedelta(days=1)
_FIRST = "1996"


class ListingFailed(Exception):
    """The index gave no valid answer; `answer` is its class."""

    def __init__(self, answer: Answer, why: str) -> None:
        super().__init__(f"{answer.value}: {why}")
        self.answer = answer
        self.why = why


@dataclass(frozen=True, slots=True)
class Range:
    """A date range still to be queried, both ends inclusive, 14 digits.

    `seen` is the last position listed (urlkey and timestamp), `second` the originals listed at it.
    Everything up to `known` was listed before the range was asked. `edge` marks the second at which a
    page ended: a resume key names the second, not the row, so further captures of the same page in
    that second (http and https, with and without www) are missing and queried once more, by its `url`.
    """

    since: str
    until: str
    seen: tuple[str, str] = ("", "")
    second: frozenset[str] = frozenset()
    edge: bool = False
    url: str = ""
    known: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Progress of a listing; a value, so that it can be stored and resumed.

    The first of `ranges` is being queried, its next page with `key`; `keys` are the resume keys so
    far, to detect a cycle. `odd` counts lines that are not captures of an http URL. `unordered` says
    that the index does not list by urlkey and timestamp, as it should.
    """

    query: Query
    ranges: tuple[Range, ...]
    key: str | None = None
    keys: frozenset[str] = frozenset()
    pages: int = 0
    rows: int = 0
    odd: int = 0
    partial: str | None = None
    unordered: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing is left to query."""
        return not self.ranges or self.partial is not None


def begin(query: Query, now: datetime) -> Cursor:
    """Start a listing; open ends of the query become the first and last day of the archive."""
    first = _edge(query.since or _FIRST, "0")
    last = _edge(query.until, "9") if query.until else now.astimezone(UTC) + _AHEAD
    return Cursor(query, (Range(_digits(first), _digits(last)),))


def advance(cursor: Cursor, page: Page, most_pages: int) -> tuple[Cursor, Sequence[CdxRow]]:
    """Advance past a page; returns its rows that were not listed before.

    The archive repeats rows, and a halved range is queried again from its start. Rows that come out of
    order are listed all the same; only where a halved range cannot tell them from those that it has
    listed is the listing partial.
    """
    new: list[CdxRow] = []
    current, *others = cursor.ranges
    rows = sorted(page.rows, key=_position)
    unordered = cursor.unordered or (not current.edge and _out_of_order(page.rows, current))
    if unordered and any(each.known > ("", "") for each in cursor.ranges):
        return replace(cursor, partial="the index does not list in order", unordered=True), rows
    seen, second = current.seen, current.second
    seen_rows = set[tuple[str, str, str]]()
    for row in rows:
        position = _position(row)
        if (current.edge and position != seen) or (*position, row.original) in seen_rows:
            continue
        seen_rows.add((*position, row.original))
        seen_before = position == seen and row.original in second
        earlier = position < seen and not unordered
        if seen_before or earlier:
            continue
        if position > seen:
            seen, second = position, frozenset()
        if position == seen:
            second |= {row.original}
        new.append(row)
    others = _less_listed(others, new)
    if page.resume_key is not None and page.rows and not current.edge:
        last = rows[-1].original
        others.append(Range(seen[1], seen[1], seen, second, edge=True, url=last))
    moved = replace(
        cursor,
        ranges=(replace(current, seen=seen, second=second), *others),
        pages=cursor.pages + 1,
        rows=cursor.rows + len(new),
        odd=cursor.odd + page.odd,
        unordered=unordered,
    )
    if page.resume_key is None:
        return replace(moved, ranges=tuple(others), key=None, keys=frozenset()), new
    if page.resume_key in cursor.keys:
        return replace(moved, partial="the index gave the same key twice"), new
    if moved.pages >= most_pages:
        return replace(moved, partial=f"more than {most_pages} pages"), new
    return replace(moved, key=page.resume_key, keys=cursor.keys | {page.resume_key}), new


def _position(row: CdxRow) -> tuple[str, str]:
    return row.urlkey, row.timestamp


def _out_of_order(rows: Sequence[CdxRow], current: Range) -> bool:
    """Whether a page is not in order, or begins before the end of the page before it."""
    positions = [_position(row) for row in rows]
    if any(after < before for before, after in pairwise(positions)):
        return True
    return bool(positions) and current.known < current.seen and positions[-1] < current.seen


def _less_listed(ranges: list[Range], rows: Sequence[CdxRow]) -> list[Range]:
    """The ranges, without the rows of the last edge that its next page has listed."""
    if not ranges or not ranges[-1].edge:
        return ranges
    *others, edge = ranges
    seen_rows = {row.original for row in rows if (row.urlkey, row.timestamp) == edge.seen}
    return [*others, replace(edge, second=edge.second | seen_rows)]


def halve(cursor: Cursor) -> Cursor | None:
    """Split the current range into halves; None if it is too narrow."""
    current, *others = cursor.ranges
    first, last = _edge(current.since, "0"), _edge(current.until, "9")
    if last - first < _SMALLEST:
        return None
    middle = first + (last - first) / 2
    # In an index without order a half is listed anew, whatever was listed of it.
    known = replace(current, known=current.seen)
    if cursor.unordered:
        known = Range(current.since, current.until, edge=current.edge, url=current.url)
    halves = (
        replace(known, until=_digits(middle)),
        replace(known, since=_digits(middle + timedelta(seconds=1))),
    )
    return replace(cursor, ranges=(*halves, *others), key=None, keys=frozenset())


def _edge(timestamp: str, fill: str) -> datetime:
    """The first (`fill` 0) or last (`fill` 9) second covered by a timestamp of 1 to 14 digits."""
    digits = timestamp.ljust(14, fill)
    year, month, day, hour, minute, second = (
        int(digits[a:b]) for a, b in ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))
    )
    year, month = max(year, 1), min(max(month, 1), 12)
    day = min(max(day, 1), monthrange(year, month)[1])
    return datetime(year, month, day, min(hour, 23), min(minute, 59), min(second, 59), tzinfo=UTC)


def _digits(moment: datetime) -> str:
    return moment.strftime("%Y%m%d%H%M%S")


class Lister:
    """Queries the index for pages of at most `rows` rows."""

    def __init__(self, client: Client, rows: int, most_pages: int, limit: int) -> None:
        self._client = client
        self.archive = client.archive
        self._rows = rows
        self._most_pages = most_pages
        self._limit = limit

    async def next_page(
        self, cursor: Cursor, priority: Priority
    ) -> tuple[Cursor, Sequence[CdxRow]]:
        """Query the next page; returns the new cursor and the rows not listed before.

        Raises ListingFailed if the index gives no valid answer twice, DependencyDown while requests
        to the archive are paused.
        """
        for last_try in (False, True):
            reply, verdict, text = await self._ask(cursor, priority)
            if is_late(reply) and (halved := halve(cursor)):
                return halved, ()
            if verdict.answer in (Answer.EXCLUDED, Answer.ROBOTS):
                raise ListingFailed(verdict.answer, verdict.why)
            try:
                page = self._page(reply, verdict, text)
                if page.cut:
                    return _in_halves(cursor, page, self._most_pages)
                return advance(cursor, page, self._most_pages)
            except NotCdx as error:
                if last_try:
                    raise ListingFailed(Answer.TRANSIENT, str(error)) from error
        raise AssertionError("the last try returns or raises")

    async def _ask(
        self, cursor: Cursor, priority: Priority
    ) -> tuple[Reply | NoReply, Verdict, bytes]:
        now = cursor.ranges[0]
        query = replace(cursor.query, since=now.since, until=now.until)
        if now.url:
            query = replace(query, url=now.url, match="exact")
        asked, at = Asked(query.url, None), CaptureRef(now.until, query.url)
        body = b""

        def judge(reply: Reply | NoReply) -> Verdict:
            nonlocal body
            body = self._text(reply)
            verdict = classify(reply, body[:4096], asked, at)
            if verdict.answer is Answer.TRANSIENT and self._is_page(reply, body):
                return Verdict(Answer.MEMENTO, "a page of the index")
            return verdict

        reply, verdict = await self._client.get(
            self.archive.index_target(query, self._rows, cursor.key),
            self._client.cdx_pace,
            priority,
            judge,
        )
        return reply, verdict, body

    def _text(self, reply: Reply | NoReply) -> bytes:
        if isinstance(reply, NoReply) or reply.ending != "whole":
            return b""
        try:
            return decode_content(
                reply.body, reply.all("content-encoding"), "text/plain", self._limit
            ).body
        except (CorruptBody, BodyTooLarge) as error:
            return f"<{error}>".encode()

    def _is_page(self, reply: Reply | NoReply, text: bytes) -> bool:
        """Whether an answer may be a page of the index."""
        if isinstance(reply, NoReply) or reply.ending != "whole":
            return False
        return self.archive.is_index(reply, text)

    def _page(self, reply: Reply | NoReply, verdict: Verdict, text: bytes) -> Page:
        if not self._is_page(reply, text):
            raise NotCdx(f"{verdict.why} {text[:200].decode('utf-8', 'replace')!r}")
        return self.archive.index_page(text.decode("utf-8", "replace"), self._rows)


def _in_halves(cursor: Cursor, page: Page, most_pages: int) -> tuple[Cursor, Sequence[CdxRow]]:
    """Advance past a page behind which rows are missing: its range is asked for again in halves."""
    if halved := halve(cursor):
        return replace(halved, pages=cursor.pages + 1), ()
    moved, rows = advance(cursor, page, most_pages)
    return replace(moved, partial=f"more than {len(page.rows)} captures in an hour"), rows
