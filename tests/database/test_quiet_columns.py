"""Columns of the site that have gone quiet: what `completeness` and `mofcom check` say of them."""

from datetime import date

import asyncpg
import pytest

from shared.questions import ask
from shared.reading_quality import look

WEEKLY = [7 * week for week in range(1, 15)]
READING = """
    INSERT INTO ingest.reading (capture_id, parser_version, parsed_at, event_id, url_key, captured_at, outcome,
        issuers, addressees, issued_on, warnings)
    SELECT 'c' || n, 1, now(), 'e' || n, 'cn,gov,mofcom)/article/a/202601/' || n || '.shtml', now(), 'done',
        '{}', '{}', DATE '2026-06-01' - days, '{}'
    FROM unnest($1::int[]) WITH ORDINALITY AS t (days, n)
"""


@pytest.mark.parametrize(
    ("days_ago", "quiet"),
    [
        (WEEKLY, []),
        ([day + 2 for day in WEEKLY], [("cn,gov,mofcom)/article/a", date(2026, 5, 23), 9, 7)]),
        # Heard too seldom to be judged.
        ([day + 2 for day in WEEKLY[:9]], []),
        # Closed for a year.
        ([day + 400 for day in WEEKLY], []),
        # A date that is still to come is no sign of life.
        (
            [*(day + 2 for day in WEEKLY), -10],
            [("cn,gov,mofcom)/article/a", date(2026, 5, 23), 9, 7)],
        ),
    ],
)
async def test_a_column_is_quiet_when_it_never_was_for_so_long(
    connection: asyncpg.Connection, days_ago: list[int], quiet: list[tuple[object, ...]]
) -> None:
    await connection.execute("SET mofcom.at = '2026-06-01 12:00+08'")
    await connection.execute(READING, days_ago)
    found = await connection.fetch("SELECT * FROM quiet_columns")
    assert [tuple(row) for row in found] == quiet
    said = (await look(connection.fetch)).wrong
    assert (
        "cn,gov,mofcom)/article/a: nothing since 2026-05-23, 9 days; never more than 7 before"
        in said
    ) is bool(quiet)
    answer = await ask(connection, "completeness", {})
    assert any("published since 2026-05-23" in line for line in answer.not_held) is bool(quiet)
