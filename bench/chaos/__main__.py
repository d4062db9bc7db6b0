"""Runs the kill suite and prints a report: ``python -m bench.chaos``."""

import argparse
import asyncio
import sys

from testing.chaos.plan import disasters, kills
from testing.chaos.run import run


def main() -> int:
    """Run; returns 1 if anything was lost, duplicated or left over."""
    options = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    options.add_argument("--captures", type=int, default=10_000)
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--replicas", type=int, default=3)
    options.add_argument("--seconds-between", type=float, default=3.0)
    options.add_argument("--freeze-seconds", type=float, default=40.0)
    options.add_argument("--network-seconds", type=float, default=5.0)
    chosen = options.parse_args()
    planned = kills(chosen.kills, chosen.replicas, chosen.seconds_between, chosen.seed)
    disasters_planned = disasters(chosen.seed, chosen.freeze_seconds, chosen.network_seconds)
    report = asyncio.run(
        run(chosen.captures, planned, disasters_planned, chosen.replicas, chosen.seed)
    )
    print("\n".join(report.lines()))
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
