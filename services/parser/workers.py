"""Parses in separate processes: a page that exceeds its time or memory ends only its worker."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from pebble import ProcessExpired

from services.parser.attachment_workers import SECONDS
from services.parser.limits import NotText, UnreadablePage
from services.parser.metrics import PARSE_SECONDS
from shared.batcher import Batcher
from shared.errors import GaveUp
from shared.limited_processes import LimitedProcesses
from shared.notice import Notice

# Pages that a worker takes at once while more are waiting: handing one over takes as long as a third of
# its reading.
_MOST_IN_LOT = 8


class Page(NamedTuple):
    """The arguments of `services.parser.parse.parse`."""

    body: bytes
    url: str
    known: dict[str, Any]


class ParseWorkers:
    """`count` processes that parse, each page within `seconds` and `memory_bytes`.

    Pages that wait are handed over in lots. A lot that does not come back within the limits of a page is
    read again page by page, so that each is judged for itself.
    """

    def __init__(self, count: int, seconds: float, memory_bytes: int) -> None:
        self._seconds = seconds
        self._processes = LimitedProcesses(count, memory_bytes, ["services.parser.parse", __name__])
        # One more than workers: it is under way to the one that is free next.
        self._in_lot = Batcher(self._lot, most=_MOST_IN_LOT, at_once=count + 1)

    async def parse(
        self,
        body: bytes,
        url: str,
        *,
        content_type: str | None = None,
        charset: str | None = None,
        timestamp: str | None = None,
        declared_size: int | None = None,
    ) -> Notice:
        """As `services.parser.parse.parse`; raises NotText for a body that is no page, GaveUp for a
        page that cannot be read.

        A page whose worker ended gets a second attempt: a machine may stand still for a minute, and a
        kernel short of memory kills any process.
        """
        known = {
            "content_type": content_type,
            "charset": charset,
            "timestamp": timestamp,
            "declared_size": declared_size,
        }
        page = Page(body, url, known)
        with given_up(but=(NotText,)), PARSE_SECONDS.time():
            read = await self._in_lot(page) or await self._alone(page)
            if isinstance(read, UnreadablePage):
                raise read
        return Notice.model_validate_json(read)

    async def read_lists(self, page: Page, contents: Sequence[tuple[str, bytes]]) -> bytes:
        """The JSON of what a page and its attachments list (`shared.attachment.Lists`), read within the time of an attachment.

        `contents` are the attachments' addresses and JSON in their order. Raises GaveUp as `parse` does, also for a body that is no page.
        """
        with given_up():
            return await self._twice(SECONDS, _read_lists, page, contents)

    async def _lot(self, pages: Sequence[Page]) -> Sequence[bytes | UnreadablePage | None]:
        """Each page's notice as JSON, or why it has none; None for pages to be read alone."""
        if len(pages) > 1:
            # Whatever it was: who of them is to blame shows when each is read alone.
            with suppress(Exception):
                read: list[bytes | UnreadablePage] = await self._processes.call(
                    self._seconds, _read_lot, parse, pages
                )
                return read
        return [None] * len(pages)

    async def _alone(self, page: Page) -> bytes:
        return await self._twice(self._seconds, _read, parse, page)

    async def _twice(self, seconds: float, function: Callable[..., bytes], *args: Any) -> bytes:
        second = False
        while True:
            try:
                found = await self._processes.call(seconds, function, *args)
            except MemoryError as broken:
                raise GaveUp("worker died", f"while parsing: {broken!r}") from broken
            except ProcessExpired as broken:
                if second:
                    raise GaveUp("worker died", f"while parsing, twice: {broken!r}") from broken
            except TimeoutError as late:
                if second:
                    raise GaveUp(
                        "too slow", f"not parsed within {seconds} s of a processor, twice"
                    ) from late
            else:
                return found
            second = True

    def start(self) -> None:
        """Start the workers now. Raises RuntimeError if they are stopped meanwhile."""
        self._processes.start()

    def stop(self) -> None:
        """End the workers; work in progress is dropped."""
        self._processes.stop()


@contextmanager
def given_up(but: tuple[type[UnreadablePage], ...] = ()) -> Iterator[None]:
    """Make GaveUp of a page that no real page is like, `but` of these kinds."""
    try:
        yield
    except but:
        raise
    except UnreadablePage as refused:
        raise GaveUp(refused.reason, str(refused)) from refused


def parse(body: bytes, url: str, **known: Any) -> Notice:
    """`services.parser.parse.parse`, loaded where it is called: all that it knows takes 30 MB."""
    from services.parser.parse import parse

    return parse(body, url, **known)


def _read(parse: Callable[..., Notice], page: Page) -> bytes:
    # JSON is read faster than a pickled model.
    return parse(page.body, page.url, **page.known).model_dump_json().encode()


def _read_lists(page: Page, contents: Sequence[tuple[str, bytes]]) -> bytes:
    from services.parser.lists import lists_of

    return lists_of(page.body, page.url, contents, **page.known).model_dump_json().encode()


def _read_lot(parse: Callable[..., Notice], pages: Sequence[Page]) -> list[bytes | UnreadablePage]:
    found: list[bytes | UnreadablePage] = []
    for page in pages:
        try:
            found.append(_read(parse, page))
        except UnreadablePage as refused:
            found.append(refused)
    return found
