"""(c) Memory of a listing, by how many rows the index has."""

import tracemalloc
from itertools import count

from services.fetcher.archive.cdx import Page, Query, parse
from services.fetcher.archive.listing import advance, begin
from testing.fetcher.pages import AT, SITE

_PAGE_ROWS = 1000


def peak_bytes(rows: int) -> int:
    """Peak memory in bytes of a listing of so many rows, read page by page."""
    tracemalloc.start()
    cursor = begin(Query(f"{SITE}/p/", "prefix"), AT)
    for number in count():
        if cursor.ended:
            break
        cursor, _ = advance(cursor, _page(number, rows), 10_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _page(number: int, rows: int) -> Page:
    first = number * _PAGE_ROWS
    last = min(first + _PAGE_ROWS, rows)
    lines = [
        f"cn,gov,mofcom)/p/{n:07}.html 20200101000000 {SITE}/p/{n:07}.html text/html 200 "
        f"{'A' * 32} 1000"
        for n in range(first, last)
    ]
    key = ["", f"eJxLzy_TyUssTtTUVzAyMDAxsDQwNTA3NTe0BABfMw{number:06}"] if last < rows else []
    return parse("\n".join([*lines, *key]))
