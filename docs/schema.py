"""Writes the data dictionary from a database's catalogue: ``python -m docs.schema DATABASE_URL``.

Its example queries are those of questions.md.
"""

import asyncio
import sys
from pathlib import Path

import asyncpg

from docs.queries import QUESTIONS
from services.cli.dictionary import functions_page, views, views_page

FILE = Path(__file__).parent / "schema.md"

_HEAD = """\
# The database

Generated from the catalogue by `python -m docs.schema`; psql shows the same with `\\d+ notices`.
Everything is in the schema `public`. Times are instants (`timestamp with time zone`); days are days
in China. All views are read-only: the indexer maintains the tables behind them, which may change
with any version.

```mermaid
erDiagram
    notices ||--|{ notice_copies : "is published at"
    notice_copies ||--|{ notice_versions : "reads, in time"
    notice_versions }|--|{ captures : "is shown by"
    notice_keys }o--|| notices : "leads to"
    notices ||--o{ notice_issuers : "is signed by"
    notices ||--o{ notice_addressees : "is sent to"
    notices ||--o{ citations : cites
    citations }o--o| notices : "is resolved to"
    notices ||--o{ status_history : "is changed by"
    notices ||--o{ regulated_items : regulates
    notices ||--o{ duty_rates : sets
    notices ||--o{ listed_entities : lists
    notices ||--o{ deadlines : sets
    notices ||--o{ recognised_values : "may list"
    notices ||--o{ attachments : "links to"
    attachments ||--o{ attachment_rows : "has tables of"
    attachments ||--|{ attachment_versions : "was, in time"
    notices ||--o{ evidence : "was read from"
    notices ||--o{ unread : "holds, read for nothing"
    notices ||--o{ changes : "added, changed, removed"
    series ||--o{ notices : counts
    addresses ||--o{ requests : "was turned into"
    requests }o--o| captures : "ended at"
    requests ||--o| records : "is shown as"
```

Tables of the diagram that begin with a notice join by `notice_key`, the others by `capture_id`,
`request_id` and `address_id`.

"""


async def dictionary(database: "asyncpg.Connection") -> str:
    """The whole page, from the comments of views, columns and functions."""
    described = views_page(await views(database))
    return _HEAD + QUESTIONS.read_text() + described + await functions_page(database)


async def _main(url: str) -> None:
    database = await asyncpg.connect(url)
    try:
        FILE.write_text(await dictionary(database))
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
