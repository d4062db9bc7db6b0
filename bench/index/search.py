"""search_notices() and the newest notices, on many recombined notices.

``python -m bench.index.search DATABASE_URL NOTICES [EXPLAIN_FILE]`` on a migrated database: loads
what is missing of so many notices through the indexer's own store, reports the rate, sizes and times
of ten queries of each kind, three times each, and keeps the plans. The first time of each is cold.
On Linux, with the server on the same machine.
"""

import asyncio
import statistics
import sys
import time
from pathlib import Path

import asyncpg

from bench.explain import plans
from bench.index.synthetic import SyntheticNotices
from services.indexer.rows import rows_of
from services.indexer.store import Store, Unit

_AT_ONCE = 500
_REPEATS = 3

_NEWEST = "SELECT * FROM notices ORDER BY issued_on DESC NULLS LAST LIMIT 50"
_SEARCH = "SELECT * FROM search_notices($1)"
_RANKED = "SELECT * FROM search_notices($1, ranked => true)"
# What else analysts ask, and must not wait for.
_OTHERS = (
    "SELECT * FROM notices WHERE document_number = '商务部公告1995年第5号'",
    "SELECT * FROM captures ORDER BY captured_at DESC LIMIT 50",
    "SELECT * FROM changes ORDER BY sequence DESC LIMIT 50",
    "SELECT * FROM citations WHERE cited_notice_key = '商务部1995-5'",
    "SELECT * FROM status_history WHERE notice_key = '商务部1995-5'",
    "SELECT * FROM notices_in_force(now()) WHERE notice_key = '商务部1995-5'",
    "SELECT * FROM regulated_items WHERE hs_code LIKE '280530%'",
    "SELECT * FROM listed_entities WHERE name_latin = 'Enterprise 77, Inc.'",
    "SELECT * FROM series WHERE series_key = '商务部1995'",
)
# What reads all there are.
_WHOLE = (
    "SELECT date_trunc('month', issued_on), count(*) FROM notices GROUP BY 1",
    "SELECT count(*) FROM notices WHERE '海关总署' = ANY (issuers)",
    "SELECT count(*) FROM notices JOIN notice_issuers USING (notice_key) WHERE issuer = '海关总署'",
    "SELECT count(*) FROM notices WHERE title LIKE '%反倾销%'",
    "SELECT status, count(*) FROM notices_in_force(now()) GROUP BY 1",
    "SELECT relation, count(*) FROM status_history GROUP BY 1",
    "SELECT status, count(*) FROM regulated_items GROUP BY 1",
    "SELECT count(*) FROM listed_entities_current",
    "SELECT page_kind, count(*) FROM captures GROUP BY 1",
    "SELECT sum(held), sum(missing_count) FROM series",
    "SELECT count(*) FROM notice_copies WHERE first_gone_at IS NOT NULL",
)
KINDS: dict[str, tuple[str, ...]] = {
    "common word": (
        "商务部", "公告", "出口", "管制", "企业", "规定", "实施", "有关", "中国", "进口",
    ),
    "word": ("镓", "稀土", "航空", "反倾销", "锂电池", "石墨", "许可证", "无人机", "关税", "流通"),
    "phrase": (
        "出口管制", "两用物项", "不可靠实体清单", "中华人民共和国出口管制法", "国家安全和利益",
        "最终用户和最终用途", "禁止上述企业", "商务主管部门", "内外贸一体化", "反外国制裁法",
    ),
    "several words": (
        "出口 许可", "稀土 管制", "商务部 海关总署", "企业 清单", "反倾销 产品", "美国 企业",
        "试点 地区", "申请 材料", "进口 配额", "两用物项 许可",
    ),
    "number": (
        "商务部公告1995年第5号", "商办函〔2001〕318号", "商办函[2001]318号", "商务部令2010年第77号",
        "2010年第77号", "(2001)318号", "商务部公告2020年第900号", "1C902", "2025年第70号", "第62号",
    ),
    "traditional": (
        "出口管製", "兩用物項", "稀土", "反傾銷", "許可證", "關稅", "實體清單", "無人機", "國家安全", "企業",
    ),
    "latin": (
        "skydio", "lockheed*", "corporation", "inc", "aerospace", "drones", "systems", "HavocAI",
        "defense", "general*",
    ),
    "nothing": ("龘龘", "無此詞彙", "qqqq", "麒麟送子", "甲乙丙丁戊", "zz*", "〔2099〕1号", "火星", "恐龙", "鲸落"),
}  # fmt: skip


async def load(url: str, number: int) -> None:
    """Write what is missing of so many recombined notices through the indexer's own store."""
    store = Store(url, timeout_seconds=600)
    await store.start()
    async with store.transaction() as transaction:
        ((stored,),) = await transaction.fetch("SELECT count(*) FROM ingest.notice")
    synthetic = SyntheticNotices()
    started = time.perf_counter()
    for at in range(stored, number, _AT_ONCE):
        units = [
            Unit(event, rows_of(event, event.notice))
            for event in synthetic.events(at, min(number, at + _AT_ONCE))
        ]
        async with store.transaction() as transaction:
            refused = await transaction.write_units(units)
            if refused:
                raise SystemExit(refused[0].error)
    seconds = time.perf_counter() - started
    await store.stop()
    if stored < number:
        print(
            f"loaded {number - stored} in {seconds:.0f} s, {(number - stored) / seconds:.0f} a second"
        )


async def _sizes(database: "asyncpg.Connection") -> None:
    rows = await database.fetch(
        "SELECT relname, pg_table_size(oid) AS data, pg_indexes_size(oid) AS indexes "
        "FROM pg_class WHERE relnamespace = 'ingest'::regnamespace AND relkind = 'r' "
        "ORDER BY pg_total_relation_size(oid) DESC LIMIT 6"
    )
    notices = await database.fetchval("SELECT count(*) FROM ingest.notice")
    print(f"\n{'bytes a notice':20} {'data':>8} {'indexes':>8}    ({notices} notices)")
    for row in rows:
        data, indexes = row["data"] / notices, row["indexes"] / notices
        print(f"{row['relname']:20} {data:8.0f} {indexes:8.0f}")


class _Clock:
    """Milliseconds on the wall, and of the server process's own: what others take does not count."""

    def __init__(self, database: "asyncpg.Connection") -> None:
        self._database = database
        self._spent = Path(f"/proc/{database.get_server_pid()}/schedstat")

    async def times(self, sql: str, *parameters: object) -> list[tuple[float, float]]:
        """Wall and CPU of each repetition."""
        return [await self._once(sql, *parameters) for _ in range(_REPEATS)]

    async def _once(self, sql: str, *parameters: object) -> tuple[float, float]:
        spent, started = self._cpu(), time.perf_counter()
        await self._database.fetch(sql, *parameters)
        return (time.perf_counter() - started) * 1000, self._cpu() - spent

    def _cpu(self) -> float:
        return int(self._spent.read_text().split()[0]) / 1e6


async def _main(url: str, number: int) -> None:
    await load(url, number)
    database = await asyncpg.connect(url)
    await database.execute("VACUUM ANALYZE")
    await _sizes(database)
    clock = _Clock(database)
    print(
        f"\n{'milliseconds':16}{'wall median':>12}{'95 %':>8}{'CPU median':>12}{'95 %':>8}  most CPU"
    )
    for kind, queries in KINDS.items():
        times = {query: await clock.times(_SEARCH, query) for query in queries}
        most = max(times, key=lambda query: max(cpu for _, cpu in times[query]))
        print(f"{kind:16}{_line([one for some in times.values() for one in some])}  {most}")
    ranked = [await clock.times(_RANKED, query) for query in KINDS["phrase"]]
    print(f"{'phrase, ranked':16}{_line([one for some in ranked for one in some])}")
    # In one process: what others do for it would not be counted.
    await database.execute("SET max_parallel_workers_per_gather = 0")
    for sql in (_NEWEST, *_OTHERS, *_WHOLE):
        print(f"{'':16}{_line(await clock.times(sql))}  {sql}")
    await database.close()


def _line(times: list[tuple[float, float]]) -> str:
    wall, cpu = (sorted(column) for column in zip(*times, strict=True))
    return (
        f"{statistics.median(wall):12.1f}{wall[int(len(wall) * 0.95)]:8.1f}"
        f"{statistics.median(cpu):12.1f}{cpu[int(len(cpu) * 0.95)]:8.1f}"
    )


async def _plans(url: str, number: int) -> str:
    """The plans of what the times come from."""
    asked: list[tuple[str, tuple[object, ...]]] = [
        (sql, ()) for sql in (_NEWEST, *_OTHERS, *_WHOLE)
    ]
    asked += [(_SEARCH, (query,)) for query in ("商务部", "出口管制", "反倾销 产品", "skydio")]
    return await plans(url, f"{number} notices", asked)


if __name__ == "__main__":
    notices = int(sys.argv[2])
    asyncio.run(_main(sys.argv[1], notices))
    if len(sys.argv) > 3:
        Path(sys.argv[3]).write_text(asyncio.run(_plans(sys.argv[1], notices)))
