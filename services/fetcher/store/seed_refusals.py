"""Lines of seeds files that were refused, as long as they stand there."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from services.fetcher.store.connection import Store

_FORGET = "DELETE FROM fetcher.seed_refusals WHERE file = $1"
_FORGET_OTHERS = "DELETE FROM fetcher.seed_refusals WHERE file <> ALL ($1::text[])"
_REMEMBER = """
INSERT INTO fetcher.seed_refusals (file, line_number, line, reason, refused_at)
SELECT $1, *, $5::timestamptz FROM unnest($2::int[], $3::text[], $4::text[])
"""


class Refusal(NamedTuple):
    """A line, its number from 1, and what is wrong with it."""

    line_number: int
    line: str
    reason: str


class SeedRefusals:
    """Every method raises DependencyDown while Postgres is down."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def replace(self, file: str, refusals: Sequence[Refusal], refused_at: datetime) -> None:
        """Record what is refused of a file now, instead of what was."""
        async with self._store.connection() as connection, connection.transaction():
            await connection.execute(_FORGET, file)
            if refusals:
                await connection.execute(
                    _REMEMBER,
                    file,
                    [refusal.line_number for refusal in refusals],
                    [refusal.line for refusal in refusals],
                    [refusal.reason for refusal in refusals],
                    refused_at,
                )

    async def keep_only(self, files: Collection[str]) -> None:
        """Forget the lines of files that are gone."""
        async with self._store.connection() as connection:
            await connection.execute(_FORGET_OTHERS, list(files))
