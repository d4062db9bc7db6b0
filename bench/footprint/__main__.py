"""Measures what a notice takes of the disk: ``python -m bench.footprint``.

Captures of one WARC go through the whole pipeline on an empty folder; what the stores hold then, less what
they held empty, is divided by the number of captures. What stays is all but Kafka's, which goes after
`MOFCOM_KAFKA_RETENTION_DAYS`.
"""

import argparse
import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.backfill.captures import write_warc
from bench.backfill.pipeline import Pipeline, pipeline
from bench.footprint.sizes import blobs, compacted, tables, topics
from shared.blobs import folder_of

_GOAL = 40_000
_SERVICES = ("fetcher", "parser", "translator", "indexer")
_MISSING = """
    SELECT count(*) FROM ingest.reading AS r LEFT JOIN ingest.translation AS t USING (capture_id)
    WHERE r.outcome = 'done' AND t.capture_id IS NULL
"""
_TABLES = ("ingest.", "fetcher.", "index ")
_STORES = {
    "PostgreSQL": _TABLES,
    "blobs": ("blobs/",),
    "Kafka": ("topic ",),
}
# What is less than this is one line together.
_SMALL = 100.0


def main() -> int:
    """Measure and print; 1 when the goal is missed."""
    options = argparse.ArgumentParser(
        prog="python -m bench.footprint", description=(__doc__ or "").splitlines()[0]
    )
    options.add_argument("--captures", type=int, default=2000)
    captures: int = options.parse_args().captures
    with TemporaryDirectory(prefix="mofcom-") as folder, pipeline(_SERVICES) as running:
        warc = Path(folder) / "captures.warc.gz"
        body = write_warc(warc, captures)
        empty = _sizes(running)
        running.add(warc, captures)
        running.wait_for(_MISSING, 0)
        full = _sizes(running)
        compact = asyncio.run(compacted(running.connections.database_url))
    each = {name: (size - empty.get(name, 0)) / captures for name, size in full.items()}
    print(f"{captures} captures of {body / captures:.0f} bytes\n\n| bytes a capture | |\n|---|---|")
    for name, size in sorted(each.items(), key=lambda one: -one[1]):
        if size >= _SMALL:
            print(f"| {name} | {size:.0f} |")
    print(f"| what has less than {_SMALL:g} | {sum(s for s in each.values() if s < _SMALL):.0f} |")
    for title, beginnings in _STORES.items():
        print(
            f"| **{title}** | {sum(s for n, s in each.items() if n.startswith(beginnings)):.0f} |"
        )
    rows = (compact - sum(n for name, n in empty.items() if name.startswith(_TABLES))) / captures
    print(f"| PostgreSQL, less the room of rows that have gone | {rows:.0f} |")
    whole = sum(each.values())
    print(f"| **together** | {whole:.0f} |")
    # The indexer deletes events that all have read, after a month.
    stays = sum(size for name, size in each.items() if not name.startswith(_STORES["Kafka"]))
    print(f"| **what stays** | {stays:.0f} |")
    return int(stays > _GOAL)


def _sizes(running: Pipeline) -> Mapping[str, int]:
    store = folder_of(running.connections.blob_url)
    if store is None:
        raise AssertionError("the embedded stack keeps its blobs in a folder")
    rows = asyncio.run(tables(running.connections.database_url))
    return rows | blobs(store) | topics(store.parent / "kafka" / "data")


if __name__ == "__main__":
    sys.exit(main())
