"""How long answers take: ``python -m bench.questions.scale DATABASE_URL [NOTICES]`` (an empty, migrated
database; it is filled and left so). The rows are written by SQL, not by the indexer: as many as there
are notices in all of names, goods and rates, of distinct companies and codes. On Linux, with the server on
the same machine: the time of the server's process on the processor does not count what others take.
"""

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import asyncpg

from bench.questions.names import names

_ASKED = 100

_FILL = """
    INSERT INTO ingest.notice (
        notice_key, capture_id, page_kind, series_key, series, serial, title_key, issued_on, since,
        first_captured_at, last_captured_at, captured_at, captures, versions, copies, conflicting,
        fingerprint, document_number, title, document_type, issuers, effective_on)
    SELECT b.body || y || '-' || n % 4000, 'capture ' || n, 'notice', b.body || y, b.body || y || '年',
        n % 4000, 'title ' || n, d.day, d.day, d.day, d.day, d.day, 1, 1, 1, false, '{}',
        b.body || '公告' || y || '年第' || n % 4000 || '号', '关于第' || n || '项货物的公告', '公告', ARRAY[b.body],
        d.day
    FROM generate_series(0, $1 - 1) AS n
    CROSS JOIN LATERAL (SELECT (ARRAY['商务部', '海关总署', '财政部', '农业农村部', '工业和信息化部'])[n % 5 + 1]) AS b (body)
    CROSS JOIN LATERAL (SELECT 1974 + n / 20000 AS y) AS t
    CROSS JOIN LATERAL (SELECT make_date(y, 1 + n % 12, 1 + n % 28)) AS d (day)
    ON CONFLICT DO NOTHING;
"""
_GOODS = """
    INSERT INTO ingest.regulated_item (
        notice_key, position, code_position, name, hs_code, hs_role, direction, destination, measure, words)
    SELECT k.notice_key, k.n, 1, '货物' || k.n, CASE WHEN k.n % 10 > 0 THEN
            lpad((k.n * 7919::bigint % 9700000000 + 100000000)::text, 10, '0') END, 'scope', 'export',
        CASE WHEN k.n % 7 = 0 THEN '美国' END, 'licence',
        CASE WHEN k.n % 10 = 0 THEN ARRAY['物' || k.n] END
    FROM (SELECT notice_key, row_number() OVER () AS n FROM ingest.notice LIMIT $1) AS k
"""
_RATES = """
    INSERT INTO ingest.duty_rate (
        notice_key, position, product, origin, company_latin, rate, since, last_day, measure, stage, hs_codes)
    SELECT k.notice_key, k.n, '产品' || k.n / 10, '美国', 'Company ' || k.n, k.n % 100, '2024-01-01',
        '2028-12-31', 'anti-dumping', 'duty',
        ARRAY[lpad((k.n * 104729::bigint % 97000000 + 1000000)::text, 8, '0')]
    FROM (SELECT notice_key, row_number() OVER () AS n FROM ingest.notice LIMIT $1) AS k
"""
_LISTED = """
    INSERT INTO ingest.listed_entity (
        notice_key, position, list, action, name_zh, name_latin, zh_key, latin_key, since, zh_party,
        latin_party)
    SELECT k.notice_key, k.n, '不可靠实体清单', 'add', e.zh, e.latin, ingest.name_key(e.zh),
        ingest.name_key(e.latin), '2025-01-01', ingest.party(e.zh), ingest.party(e.latin)
    FROM (SELECT notice_key, row_number() OVER () AS n FROM ingest.notice LIMIT $1) AS k
    JOIN unnest($2::text[], $3::text[]) WITH ORDINALITY AS e (zh, latin, n) ON e.n = k.n
"""


async def main(url: str, notices: int) -> None:
    """Fill, ask, and print milliseconds on the clock and of the server's process."""
    connection = await asyncpg.connect(url, command_timeout=3600)
    each = notices // 3
    listed = names(each, seed=1)
    await connection.execute(_FILL.replace("$1", str(notices)))
    await connection.execute(_GOODS, each)
    await connection.execute(_RATES, each)
    await connection.execute(
        _LISTED, each, [name.zh for name in listed], [name.latin for name in listed]
    )
    await connection.execute("VACUUM ANALYZE")
    print(f"{'ms: median, 95 %, most':36}{'on the clock':>30}{'on the processor':>30}")
    random = Random(2)  # noqa: S311
    asked = random.sample(listed, _ASKED)
    await _time(connection, "screen, Latin", "SELECT * FROM screen($1)", [n.latin for n in asked])
    await _time(connection, "screen, Chinese", "SELECT * FROM screen($1)", [n.zh for n in asked])
    codes = [f"{random.randint(10, 98)}{random.randint(0, 999999):06}" for _ in range(_ASKED)]
    await _time(connection, "applies, 8 digits", "SELECT * FROM applies(hs => $1)", codes)
    await _time(
        connection, "applies, 6 digits, to one country",
        "SELECT * FROM applies(hs => $1, country => 'US')", [code[:6] for code in codes],
    )  # fmt: skip
    newest = "SELECT * FROM notices ORDER BY issued_on DESC NULLS LAST LIMIT $1"
    await _time(connection, "the newest 50", newest, [50] * _ASKED)
    await connection.close()


async def _time(
    connection: asyncpg.Connection, what: str, sql: str, values: Sequence[object]
) -> None:
    spent = Path(f"/proc/{connection.get_server_pid()}/schedstat")

    def used() -> int:
        return int(spent.read_text().split()[0])

    wall, cpu = [], []
    for value in values:
        begun, before = time.perf_counter(), used()
        await connection.fetch(sql, value)
        wall.append(1000 * (time.perf_counter() - begun))
        cpu.append((used() - before) / 1_000_000)
    print(f"{what:36}" + "".join(f"{_shares(took)}" for took in (wall, cpu)))


def _shares(took: list[float]) -> str:
    """Median, 95th percentile and most."""
    took = sorted(took)
    return "".join(f"{took[int(len(took) * share)]:10.1f}" for share in (0.5, 0.95, 0.999))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000))
