"""How long answers take: ``python -m bench.questions.scale DATABASE_URL [NOTICES [EXPLAIN_FILE]]`` (a migrated
database, empty or as this left it: it is filled once). The rows are written by SQL, not by the indexer: as many as there
are notices in all of names, goods and rates, of distinct companies and codes; of each notice a capture, a reading
with a title and two sentences, and what search reads. On Linux, with the server on the same machine: the time of
the server's process on the processor does not count what others take.
"""

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import asyncpg

from bench.explain import plans
from bench.index.synthetic import real_sentences
from bench.questions.names import Name, names

_ASKED = 100
# Keys of notices whose passages are made in one statement.
_AT_ONCE = 20_000

_CAPTURES = """
    INSERT INTO ingest.capture (
        capture_id, url_key, url, "timestamp", captured_at, kind, answer, status, body_sha256, fetched_at, event_id)
    SELECT n.capture_id, 'cn,gov,mofcom)/' || n.capture_id, 'http://www.mofcom.gov.cn/' || n.capture_id,
        to_char(n.captured_at, 'YYYYMMDD') || '000000', n.captured_at, 'page', 'memento', 200, md5(n.capture_id),
        n.captured_at, n.capture_id
    FROM ingest.notice AS n
"""
_READINGS = """
    INSERT INTO ingest.reading (
        capture_id, parser_version, parsed_at, event_id, url_key, captured_at, outcome, page_kind, title,
        document_number, issuers, addressees, issued_on, body_text, warnings, notice, notice_key, series_key)
    SELECT n.capture_id, 1, now(), n.capture_id, 'cn,gov,mofcom)/' || n.capture_id, n.captured_at, 'done', 'notice',
        n.title, n.document_number, n.issuers, '{}', n.issued_on,
        s[1 + n.serial * 7919 % cardinality(s)] || E'\n' || s[1 + (hashtext(n.notice_key) & 65535) % cardinality(s)],
        '{}', jsonb_build_object('evidence', jsonb_build_array(
            jsonb_build_object('field', 'effective_on', 'source', 'body_text', 'start', 0, 'end', 6),
            jsonb_build_object('field', 'listed_entities[0].name_latin', 'source', 'body_text', 'start', 6, 'end', 12),
            jsonb_build_object('field', 'regulated_items[0].name', 'source', 'title', 'start', 2, 'end', 8),
            jsonb_build_object('field', 'duty_rates[0].rate', 'source', 'title', 'start', 2, 'end', 8))),
        n.notice_key, n.series_key
    FROM ingest.notice AS n CROSS JOIN (SELECT $1::text[]) AS t (s)
"""
_FILL = """
    INSERT INTO ingest.notice (
        notice_key, capture_id, page_kind, series_key, series, serial, title_key, issued_on, since,
        first_captured_at, last_captured_at, captured_at, captures, versions, copies, conflicting,
        fingerprint, document_number, title, document_type, issuers, effective_on)
    SELECT b.body || y || '-' || m, 'capture ' || n, 'notice', b.body || y, b.body || y || '年', m,
        'title ' || n, d.day, d.day, d.day, d.day, d.day, 1, 1, 1, false, '{}',
        b.body || '公告' || y || '年第' || m || '号', '关于第' || n || '项货物的公告', '公告', ARRAY[b.body], d.day
    FROM generate_series(0, $1::int - 1) AS n
    CROSS JOIN LATERAL (SELECT (ARRAY['商务部', '海关总署', '财政部', '农业农村部', '工业和信息化部'])[n % 5 + 1]) AS b (body)
    CROSS JOIN LATERAL (SELECT 1974 + n / 20000 AS y, 1 + n / 5 % 4000 AS m) AS t
    CROSS JOIN LATERAL (SELECT make_date(y, 1 + n % 12, 1 + n % 28)) AS d (day)
"""
_GOODS = """
    INSERT INTO ingest.regulated_item (
        notice_key, position, code_position, name, hs_code, hs_role, direction, destination, measure, words)
    SELECT k.notice_key, 1, 1, '货物' || k.n, CASE WHEN k.n % 10 > 0 THEN
            lpad((k.n * 7919::bigint % 9700000000 + 100000000)::text, 10, '0') END, 'scope', 'export',
        CASE WHEN k.n % 7 = 0 THEN '美国' END, 'licence',
        CASE WHEN k.n % 10 = 0 THEN ARRAY['物' || k.n] END
    FROM (SELECT notice_key, row_number() OVER () AS n FROM ingest.notice LIMIT $1) AS k
"""
_RATES = """
    INSERT INTO ingest.duty_rate (
        notice_key, position, product, origin, company_latin, rate, since, last_day, measure, stage, hs_codes)
    SELECT k.notice_key, 1, '产品' || k.n / 10, '美国', 'Company ' || k.n, k.n % 100, '2024-01-01',
        '2028-12-31', 'anti-dumping', 'duty',
        ARRAY[lpad((k.n * 104729::bigint % 97000000 + 1000000)::text, 8, '0')]
    FROM (SELECT notice_key, row_number() OVER () AS n FROM ingest.notice LIMIT $1) AS k
"""
_LISTED = """
    INSERT INTO ingest.listed_entity (
        notice_key, position, list, action, name_zh, name_latin, zh_key, latin_key, since, zh_party,
        latin_party)
    SELECT k.notice_key, 1, '不可靠实体清单', 'add', e.zh, e.latin, ingest.name_key(e.zh),
        ingest.name_key(e.latin), '2025-01-01', ingest.party(e.zh), ingest.party(e.latin)
    FROM (SELECT notice_key, row_number() OVER () AS n FROM ingest.notice LIMIT $1) AS k
    JOIN unnest($2::text[], $3::text[]) WITH ORDINALITY AS e (zh, latin, n) ON e.n = k.n
"""


# What analysts ask, with a parameter.
_SCREEN = "SELECT * FROM screen($1)"
_APPLIES = "SELECT * FROM applies(hs => $1)"
_TO_US = "SELECT * FROM applies(hs => $1, country => 'US')"
_SEARCH = "SELECT * FROM search($1)"
_NEWEST = "SELECT * FROM notices ORDER BY issued_on DESC NULLS LAST LIMIT 50"
_WORDS = (
    "商务部", "公告", "出口", "稀土", "反倾销", "无人机", "出口管制", "两用物项", "不可靠实体清单", "rare earth",
    "出口 许可", "商务部 海关总署", "2010年第77号", "商务部公告2020年第900号", "两用物项 许可", "企业 清单",
    "export control", "许可证", "麒麟送子", "skydio",
)  # fmt: skip


async def main(url: str, notices: int) -> str:
    """Fill if need be, ask, and print milliseconds on the clock and of the server's process; returns the plans."""
    listed = names(notices // 3, seed=1)
    await _fill(url, notices, listed)
    # As an analyst's program has it: one session, in which each statement is prepared.
    connection = await asyncpg.connect(url, command_timeout=3600)
    print(f"{'ms: median, 95 %, most':36}{'on the clock':>30}{'on the processor':>30}")
    random = Random(2)  # noqa: S311
    asked = random.sample(listed, _ASKED)
    codes = [f"{random.randint(10, 98)}{random.randint(0, 999999):06}" for _ in range(_ASKED)]
    await _time(connection, "screen, Latin", _SCREEN, [(n.latin,) for n in asked])
    await _time(connection, "screen, Chinese", _SCREEN, [(n.zh,) for n in asked])
    await _time(connection, "applies, 8 digits", _APPLIES, [(code,) for code in codes])
    await _time(connection, "applies, 6 digits, to one country", _TO_US, [(c[:6],) for c in codes])
    await _time(connection, "search", _SEARCH, [(words,) for words in _WORDS * 3])
    await _time(connection, "the newest 50", _NEWEST, [()] * _ASKED)
    await connection.close()
    name, code = asked[0], codes[0]
    statements: list[tuple[str, tuple[object, ...]]] = [
        (_SCREEN, (name.latin,)), (_SCREEN, (name.zh,)), (_APPLIES, (code,)), (_TO_US, (code[:6],)),
        (_SEARCH, ("出口管制",)), (_NEWEST, ()),
    ]  # fmt: skip
    return await plans(url, f"{notices} notices", statements)


async def _fill(url: str, notices: int, listed: Sequence[Name]) -> None:
    connection = await asyncpg.connect(url, command_timeout=7200)
    if not await connection.fetchval("SELECT EXISTS (SELECT FROM ingest.notice)"):
        await _write(connection, notices, listed)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def _write(connection: asyncpg.Connection, notices: int, listed: Sequence[Name]) -> None:
    await connection.execute("SET jit = off; SET synchronous_commit = off; SET work_mem = '256MB'")
    index = await connection.fetchval("SELECT pg_get_indexdef('ingest.passage_tokens'::regclass)")
    await connection.execute("DROP INDEX ingest.passage_tokens")
    each = len(listed)
    started = time.perf_counter()
    for sql, parameters in (
        (_FILL, (notices,)), (_GOODS, (each,)), (_RATES, (each,)),
        (_LISTED, (each, [name.zh for name in listed], [name.latin for name in listed])),
        (_CAPTURES, ()), (_READINGS, (real_sentences(),)),
    ):  # fmt: skip
        await connection.execute(sql, *parameters)
        print(
            f"{time.perf_counter() - started:6.0f} s {' '.join(sql.split()[:3])}", file=sys.stderr
        )
    keys = [row[0] for row in await connection.fetch("SELECT notice_key FROM ingest.notice")]
    for at in range(0, len(keys), _AT_ONCE):
        await connection.execute("SELECT ingest.refresh_passages($1)", keys[at : at + _AT_ONCE])
    await connection.execute("SET maintenance_work_mem = '1GB'")
    await connection.execute(index)
    print(f"{time.perf_counter() - started:6.0f} s filled", file=sys.stderr)


async def _time(
    connection: asyncpg.Connection, what: str, sql: str, asked: Sequence[tuple[object, ...]]
) -> None:
    spent = Path(f"/proc/{connection.get_server_pid()}/schedstat")

    def used() -> int:
        return int(spent.read_text().split()[0])

    wall, cpu = [], []
    for parameters in asked:
        begun, before = time.perf_counter(), used()
        await connection.fetch(sql, *parameters)
        wall.append(1000 * (time.perf_counter() - begun))
        cpu.append((used() - before) / 1_000_000)
    print(f"{what:36}" + "".join(f"{_shares(took)}" for took in (wall, cpu)))


def _shares(took: list[float]) -> str:
    """Median, 95th percentile and most."""
    took = sorted(took)
    return "".join(f"{took[int(len(took) * share)]:10.1f}" for share in (0.5, 0.95, 0.999))


if __name__ == "__main__":
    explained = asyncio.run(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000))
    if len(sys.argv) > 3:
        Path(sys.argv[3]).write_text(explained, encoding="utf-8")
