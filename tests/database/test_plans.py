"""The plans of the most common queries stay fast on a million notices."""

import json
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest


async def _plan(connection: asyncpg.Connection, sql: str) -> list[dict[str, Any]]:
    """The nodes of a plan that may neither sort nor read a whole table where there is another way."""
    await connection.execute("SET enable_seqscan = off; SET enable_sort = off")
    (found,) = json.loads(await connection.fetchval(f"EXPLAIN (FORMAT JSON) {sql}"))
    return list(_nodes(found["Plan"]))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", []):
        yield from _nodes(below)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM notices",
        "SELECT date_trunc('month', issued_on), count(*) FROM notices GROUP BY 1",
        "SELECT issued_on, document_number, title FROM notices WHERE '海关总署' = ANY (issuers)",
        "SELECT department, count(*) FROM pages GROUP BY 1",
        "SELECT document_number FROM notices WHERE title LIKE '%稀土%' AND validity = '有效'",
    ],
)
async def test_lists_and_counts_read_narrow_rows_alone(
    connection: asyncpg.Connection, sql: str
) -> None:
    nodes = await _plan(connection, sql)
    assert {node["Relation Name"] for node in nodes if "Relation Name" in node} == {"notice"}


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        ("SELECT * FROM notices ORDER BY issued_on DESC NULLS LAST LIMIT 50", "notice_newest_page"),
        ("SELECT * FROM captures ORDER BY captured_at DESC LIMIT 50", "capture_captured_at"),
        ("SELECT * FROM changes ORDER BY sequence DESC LIMIT 50", "change_pkey"),
        ("SELECT * FROM notices WHERE document_number = 'a'", "notice_document_number"),
        ("SELECT * FROM notices WHERE url_key = 'a'", "capture_url_key"),
        ("SELECT * FROM notice_issuers WHERE issuer = '海关总署'", "issuer_issuer"),
        ("SELECT * FROM regulated_items WHERE hs_code LIKE '280530%'", "regulated_item_hs_code"),
        ("SELECT * FROM citations WHERE cited_notice_key = 'a'", "citation_number_key"),
        ("SELECT * FROM status_history WHERE notice_key = 'a'", "citation_number_key"),
        ("SELECT * FROM notices_in_force() WHERE notice_key = 'a'", "citation_number_key"),
        ("SELECT * FROM notice_versions WHERE notice_key = 'a'", "reading_notice_key"),
    ],
)
async def test_what_is_sought_is_found_by_an_index(
    connection: asyncpg.Connection, sql: str, index: str
) -> None:
    nodes = await _plan(connection, sql)
    assert index in {node.get("Index Name") for node in nodes}
    assert "Seq Scan" not in {node["Node Type"] for node in nodes}, "nothing is read whole"
