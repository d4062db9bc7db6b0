"""A short run of the kill suite with a fixed seed; `python -m bench.chaos` is the long one."""

from testing.chaos.plan import few_disasters, kills
from testing.chaos.run import run

SEED = 1


async def test_nothing_is_lost_and_nothing_is_duplicated() -> None:
    report = await run(
        captures=300,
        kills=kills(6, replicas=2, seconds_between=2.0, seed=SEED),
        disasters=few_disasters(SEED),
        replicas=2,
        seed=SEED,
    )
    print("\n".join(report.lines()))
    assert report.wrong == []
    counted = {finding.what: finding.found for finding in report.findings}
    assert counted["requests with an outcome"] == 300
    assert counted["dead letters"] == 3


def test_a_seed_is_a_plan() -> None:
    assert kills(100, 3, 2.0, 7) == kills(100, 3, 2.0, 7)
    assert kills(100, 3, 2.0, 7) != kills(100, 3, 2.0, 8)
    assert len({(kill.service, kill.number) for kill in kills(9, 3, 2.0, 7)}) == 9
