"""Measures the whole pipeline on this machine: ``python -m bench.pipeline``.

What the cores allow is their number divided by the CPU seconds that a capture takes: those of the
services, each measured alone, and then also those of Kafka and Postgres, which share the machine
and have nothing to do alone.
"""

import argparse
import asyncio
import os
import sys

from bench.pipeline.measure import SERVERS, Together, alone, together

_GOAL = 0.7
_MILLION = 1_000_000


def main() -> int:
    """Measure and print; 1 when the goal is missed or anything was lost or doubled."""
    options = argparse.ArgumentParser(
        prog="python -m bench.pipeline", description=(__doc__ or "").splitlines()[0]
    )
    options.add_argument("--captures", type=int, default=3000)
    options.add_argument("--parsers", type=int, nargs="*", default=[1, 2, 4])
    chosen = options.parse_args()
    cores = os.cpu_count() or 1
    parts = asyncio.run(alone(chosen.captures))
    print(f"\n{chosen.captures} captures, {cores} cores; each service alone:")
    for part in parts:
        print(_line(part.service, part.cpu))
    services = sum(part.cpu for part in parts)
    good = True
    for parsers in chosen.parsers:
        run = asyncio.run(together(chosen.captures, parsers))
        servers = sum(run.cpu[name] for name in SERVERS)
        share = run.per_second * services / cores
        with_servers = run.per_second * (services + servers) / cores
        print(f"\n{parsers} parsers: {run.per_second:.0f}/s, a million in {_hours(run):.1f} h")
        print(f"  {share:.2f} of what the cores allow the services (goal {_GOAL})")
        print(f"  {with_servers:.2f} of what they allow services, Kafka and Postgres")
        for name, cpu in sorted(run.cpu.items()):
            print(_line(name, cpu))
        for text in run.wrong:
            print(f"  WRONG {text}")
        good = good and not run.wrong
        if parsers == chosen.parsers[0]:
            good = good and share >= _GOAL
    return 0 if good else 1


def _line(name: str, cpu: float) -> str:
    hours = cpu * _MILLION / 3600
    return f"  {name:12}{1000 * cpu:8.2f} ms CPU a capture{hours:8.1f} CPU hours a million"


def _hours(run: Together) -> float:
    return _MILLION / run.per_second / 3600


if __name__ == "__main__":
    sys.exit(main())
