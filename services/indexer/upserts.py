"""The upsert of each table: which of several rows with the same key wins.

Columns and parameters of a statement are the row's fields in order. A replay (an equal row) writes
nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.indexer.ledger import LedgerChange, LedgerError
from services.indexer.tables import (
    AddressRow,
    BodyRow,
    CaptureRow,
    DeadLetterRow,
    FileRow,
    HandledRow,
    ListsRow,
    OffsetRow,
    ReadingKeyRow,
    ReadingRow,
    RequestRow,
    Row,
    ServedRow,
    TranslationRow,
)


@dataclass(frozen=True, slots=True)
class Upsert:
    """`key` is the number of leading fields that form the row's key.

    `feeds_notices`: notices are built from this table, so the statement returns the captures of the pages to build
    them from anew.
    """

    row: type[Row]
    key: int
    sql: str
    feeds_notices: bool = False


def upsert(
    row: type[Row],
    table: str,
    *,
    key: int = 1,
    greatest: Sequence[str] = (),
    least: Sequence[str] = (),
    fixed: Sequence[str] = (),
    stamps: Mapping[str, str] | None = None,
    check_first: bool = False,
    feeds_notices: bool = False,
) -> Upsert:
    """The upsert of a row; of two rows with the same key the `greatest` or the `least` wins.

    They are compared by these expressions, in which ``{name}`` is a column. `fixed` columns follow
    from the key and are never updated. `stamps` are times set by the database: now() for a new row,
    the given expression (of ``old`` and ``excluded``) for a replaced one. `check_first`: skip the
    insert if the row would lose, because the table's generated columns are expensive.
    """
    columns = row._fields
    old, new = _named("old", columns), _named("excluded", columns)
    by, wins, loses = (greatest, ">", ">=") if greatest else (least, "<", "<=")
    stamps = stamps or {}
    values = ", ".join([*_numbered(columns).values(), *("now()" for _ in stamps)])
    source = f"VALUES ({values})"
    if check_first:
        given = _numbered(columns)
        same = " AND ".join(f'"{name}" = {given[name]}' for name in columns[:key])
        source = (
            f"SELECT {values} WHERE NOT EXISTS (SELECT FROM ingest.{table} AS old "  # noqa: S608
            f"WHERE {same} AND {_tuple(by, old)} {loses} {_tuple(by, given)})"
        )
    changed = {name: new[name] for name in columns[key:] if name not in fixed} | dict(stamps)
    lines = [
        f"INSERT INTO ingest.{table} AS old ({_list([*columns, *stamps])})",
        source,
        f"ON CONFLICT ({_list(columns[:key])}) DO UPDATE SET",
        ", ".join(f'"{name}" = {value}' for name, value in changed.items()),
        f"WHERE {_tuple(by, new)} {wins} {_tuple(by, old)}",
        *(["RETURNING capture_id"] if feeds_notices else []),
    ]
    return Upsert(row, key, "\n".join(lines), feeds_notices)


def _named(row: str, columns: Iterable[str]) -> dict[str, str]:
    return {name: f'{row}."{name}"' for name in columns}


def _numbered(columns: Iterable[str]) -> dict[str, str]:
    return {name: f"${number}" for number, name in enumerate(columns, 1)}


def _tuple(expressions: Iterable[str], columns: Mapping[str, str]) -> str:
    return f"({', '.join(each.format_map(columns) for each in expressions)})"


def _list(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _of_notices(written: Upsert, found: str) -> Upsert:
    """The upsert, with the captures of the notices that rest on what it is about, changed or not: a notice
    may have come since.
    """
    sql = f"WITH written AS ({written.sql})\nSELECT n.capture_id FROM ingest.notice AS n\n{found}"
    return Upsert(written.row, written.key, sql, feeds_notices=True)


_LAST_ERROR = """
    UPDATE ingest.ledger
    SET last_error_at = $3, last_error = $4
    WHERE kind = $1 AND id = $2 AND (
        last_error_at IS NULL
        OR (last_error_at, last_error COLLATE "C") < ($3, $4::text COLLATE "C")
    )
"""

_KEY = """
    INSERT INTO ingest.reading_key (capture_id, notice_key) VALUES ($1, $2)
    ON CONFLICT DO NOTHING
"""

# A consumer that was frozen while another took over must not move the offset back; the first batch
# after an assignment may, since the partition is then really read again.
_OFFSET = """
    INSERT INTO ingest.ingest_offset AS old (topic, partition, next_offset, event_id)
    SELECT $1, $2, $3, $4
    ON CONFLICT (topic, partition) DO UPDATE SET
        next_offset = excluded.next_offset,
        event_id = excluded.event_id,
        updated_at = now()
    WHERE excluded.next_offset > old.next_offset OR $5
"""

# Every transaction writes the tables in this order and each table in the order of its keys, so
# that indexers and the scheduler never deadlock.
UPSERTS = (
    upsert(AddressRow, "address", least=("{asked_at}", '{asked}::text COLLATE "C"')),
    upsert(RequestRow, "request", least=("{backlog}", "{asked_at}", '{asked}::text COLLATE "C"')),
    upsert(
        LedgerChange,
        "ledger",
        key=2,
        greatest=(
            "{attempt}",
            "{stage}",
            "{parser_version}",
            "{happened_at}",
            "{event_id}",
            "coalesce({topic}, '') COLLATE \"C\"",
            "coalesce({partition}, -1)",
            "coalesce({offset}, -1)",
        ),
        stamps={
            "placed_at": "now()",
            # The same event at another offset does not change the state.
            "updated_at": "CASE WHEN excluded.event_id = old.event_id THEN old.updated_at "
            "ELSE now() END",
        },
    ),
    # The row exists: an event with an error has a change too.
    Upsert(LedgerError, 2, _LAST_ERROR),
    upsert(
        CaptureRow,
        "capture",
        greatest=(
            "{body_sha256} IS NOT NULL",
            "{digest} IS NOT NULL",
            "{fetched_at}",
            "{event_id}",
        ),
        fixed=("url", "timestamp", "captured_at"),
    ),
    upsert(ServedRow, "served", greatest=("{has_body}", "{attempt}", "{fetched_at}", "{event_id}")),
    upsert(BodyRow, "body", greatest=('{content_type} COLLATE "C"',)),
    upsert(
        ReadingRow,
        "reading",
        greatest=("{parser_version}", "{parsed_at}", "{event_id}"),
        fixed=("captured_at",),
        check_first=True,
        feeds_notices=True,
    ),
    Upsert(ReadingKeyRow, 2, _KEY),
    _of_notices(
        upsert(FileRow, "file", greatest=("{parser_version}", "{read_at}", "{event_id}")),
        """WHERE n.notice_key IN (
            SELECT a.notice_key
            FROM ingest.capture AS c JOIN ingest.attachment AS a ON a.url_key = c.url_key
            WHERE c.body_sha256 = $1)""",
    ),
    _of_notices(
        upsert(ListsRow, "lists", greatest=("{parser_version}", "{read_at}", "{event_id}")),
        "WHERE n.inputs = $1",
    ),
    upsert(
        TranslationRow,
        "translation",
        greatest=("{parser_version}", "{translated_at}", "{event_id}"),
        feeds_notices=True,
    ),
    upsert(
        DeadLetterRow,
        "dead_letter",
        key=2,
        greatest=(
            "{died_at}",
            '{version} COLLATE "C"',
            '{reason} COLLATE "C"',
            '{error} COLLATE "C"',
            '{topic} COLLATE "C"',
            "{partition}",
            "{offset}",
        ),
    ),
    upsert(HandledRow, "dead_letter_handled", key=2, greatest=("{handled_at}", "{event_id}")),
    Upsert(OffsetRow, 2, _OFFSET),
)
