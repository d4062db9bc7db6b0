"""How much of the disk the stores take."""

from collections import Counter
from pathlib import Path

import asyncpg

_BLOCK = 512

# With what is stored apart from the rows (TOAST).
_TABLES = """
    SELECT n.nspname || '.' || c.relname AS "table", pg_table_size(c.oid) AS rows
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('ingest', 'fetcher') AND c.relkind = 'r'
"""
_INDEXES = """
    SELECT i.indexrelid::regclass::text AS index, pg_relation_size(i.indexrelid) AS size
    FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('ingest', 'fetcher') AND c.relkind = 'r'
"""


async def tables(database_url: str) -> dict[str, int]:
    """Bytes by table, ``ingest.passage``, and by index, ``index ingest.passage_tokens``."""
    database = await asyncpg.connect(database_url)
    try:
        found = {row["table"]: row["rows"] for row in await database.fetch(_TABLES)}
        for row in await database.fetch(_INDEXES):
            found[f"index {row['index']}"] = row["size"]
        return found
    finally:
        await database.close()


async def compacted(database_url: str) -> int:
    """Bytes of all tables and indexes, written anew: without the room that deleted and earlier versions of rows
    leave, which later rows fill.
    """
    database = await asyncpg.connect(database_url)
    try:
        await database.execute("VACUUM FULL")
    finally:
        await database.close()
    return sum((await tables(database_url)).values())


def blobs(folder: Path) -> dict[str, int]:
    """Bytes by kind of blob, in whole blocks and with the folders that hold them."""
    return {
        f"blobs/{kind.name}": sum(map(_on_disk, (kind, *kind.rglob("*"))))
        for kind in sorted(folder.iterdir())
    }


def topics(folder: Path) -> dict[str, int]:
    """Bytes of the records by topic."""
    sizes: Counter[str] = Counter()
    for log in folder.glob("*/*.log"):
        sizes[f"topic {log.parent.name.rpartition('-')[0]}"] += log.stat().st_size
    return sizes


def _on_disk(path: Path) -> int:
    return path.lstat().st_blocks * _BLOCK
