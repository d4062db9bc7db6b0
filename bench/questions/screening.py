"""Recall and precision of screen(): ``python -m bench.questions.screening DATABASE_URL [NAMES]`` (an empty,
migrated database; it is filled with names and left so). Each name is asked for with each lowest score, since what
is compared at all depends on it.
"""

import asyncio
import sys
from collections import Counter

import asyncpg

from bench.questions.names import VARIANTS, names, written

NAMES = 400
SCORES = (0.5, 0.6, 0.7, 0.8, 0.9)

_LIST = """
    INSERT INTO ingest.listed_entity (
        notice_key, position, list, action, name_zh, name_latin, zh_key, latin_key, since,
        zh_party, latin_party)
    SELECT 'n', n, '不可靠实体清单', 'add', zh, latin, ingest.name_key(zh), ingest.name_key(latin),
        '2025-01-01', ingest.party(zh), ingest.party(latin)
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS e (zh, latin, n)
"""
# As screen() does, without what it says of an entry.
_ASK = "SELECT matched, score FROM ingest.similar_entries($1, $2) ORDER BY score DESC"


async def main(url: str, count: int) -> None:
    """Print recall by variant and precision by score, of so many listed names and as many others."""
    every = names(2 * count, seed=1)
    listed, others = every[:count], every[count:]
    connection = await asyncpg.connect(url)
    await connection.execute(_LIST, [name.zh for name in listed], [name.latin for name in listed])
    await connection.execute("ANALYZE ingest.listed_entity")
    first: Counter[tuple[str, float]] = Counter()
    found: Counter[tuple[str, float]] = Counter()
    hits: Counter[float] = Counter()
    right: Counter[float] = Counter()
    for done, asked, name in written(listed, seed=2):
        for score in SCORES:
            above = await connection.fetch(_ASK, asked, score)
            found[done, score] += any(row["matched"] in name for row in above)
            first[done, score] += bool(above) and above[0]["matched"] in name
            hits[score] += bool(above)
            right[score] += any(row["matched"] in name for row in above)
    wrong: Counter[float] = Counter()
    for _, asked, _ in written(others, seed=3):
        for score in SCORES:
            wrong[score] += bool(await connection.fetch(_ASK, asked, score))
    await connection.close()
    _print(count, first, found, right, wrong)


def _print(
    count: int,
    first: Counter[tuple[str, float]], found: Counter[tuple[str, float]],
    right: Counter[float], wrong: Counter[float],
) -> None:  # fmt: skip
    print(f"recall, % of {count} names (in brackets: as first hit), by lowest score")
    print(f"{'':34}" + "".join(f"{score:>12}" for score in SCORES))
    for done in VARIANTS:
        cells = (
            f"{100 * found[done, s] / count:5.0f} ({100 * first[done, s] / count:3.0f})"
            for s in SCORES
        )
        print(f"{done:34}" + "".join(f"{cell:>12}" for cell in cells))
    asked = count * len(VARIANTS)
    print(f"{'all':34}" + "".join(f"{100 * right[s] / asked:12.1f}" for s in SCORES))
    print(
        f"{'other names with a hit, %':34}"
        + "".join(f"{100 * wrong[s] / (count * len(VARIANTS)):12.1f}" for s in SCORES)
    )
    print(
        f"{'precision, % (as many of each)':34}"
        + "".join(f"{100 * right[s] / max(1, right[s] + wrong[s]):12.1f}" for s in SCORES)
    )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else NAMES))
