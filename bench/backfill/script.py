"""The script: warcio, trafilatura with metadata (its dates are htmldate's), psycopg in batches.

``python -m bench.backfill.script FILE DATABASE_URL``: a process a core reads pages, one more hands them out
and writes the rows.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from multiprocessing import Pool, cpu_count
from pathlib import Path
from typing import Any, cast

from warcio import ArchiveIterator

Captured = tuple[str, str, bytes]

_BATCH = 500
_TABLE = """
    CREATE TABLE IF NOT EXISTS page (
        url text, captured_at timestamptz, title text, day date, author text, sitename text, body text,
        PRIMARY KEY (url, captured_at)
    )
"""
_INSERT = "INSERT INTO page VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"


def captured(path: str) -> Iterator[Captured]:
    """URL, time and body of each response."""
    with Path(path).open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                headers = record.rec_headers
                url, day = headers.get_header("WARC-Target-URI"), headers.get_header("WARC-Date")
                yield url, day, record.content_stream().read()


def row(capture: Captured) -> tuple[Any, ...]:
    """What trafilatura reads of a page."""
    # Looked up by name, as psycopg below: extras that only the benchmarks need.
    bare_extraction = import_module("trafilatura").bare_extraction
    url, day, body = capture
    page = bare_extraction(body, url=url, with_metadata=True, include_comments=False)
    if page is None:
        return (url, day, None, None, None, None, None)
    return (url, day, page.title, page.date, page.author, page.sitename, page.text)


def main(path: str, database: str) -> None:
    """Read all of the file into the database."""
    psycopg = cast("Any", import_module("psycopg"))
    with psycopg.connect(database) as connection, Pool(cpu_count()) as pool:
        connection.execute(_TABLE)
        found = pool.imap_unordered(row, captured(path), 16)
        while rows := list(islice(found, _BATCH)):
            connection.cursor().executemany(_INSERT, rows)
            connection.commit()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
