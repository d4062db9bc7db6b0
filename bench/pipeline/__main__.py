"""Measures the whole pipeline on this machine: ``python -m bench.pipeline``."""

import argparse
import asyncio
import os
import sys

from bench.pipeline.measure import alone, together

_GOAL = 0.7
_MILLION = 1_000_000


def main() -> int:
    """Measure and print; 1 when the goal is missed or anything was lost or doubled."""
    options = argparse.ArgumentParser(prog="python -m bench.pipeline", description=__doc__)
    options.add_argument("--captures", type=int, default=3000)
    options.add_argument("--parsers", type=int, nargs="*", default=[1, 2, 4])
    chosen = options.parse_args()
    cores = os.cpu_count() or 1
    parts = asyncio.run(alone(chosen.captures))
    print(f"\n{chosen.captures} captures, {cores} cores; each service alone:")
    for part in parts:
        hours = part.cpu * _MILLION / 3600
        each = f"{1000 * part.cpu:8.2f} ms CPU a capture"
        print(f"{part.service:12}{each}{hours:8.1f} CPU hours a million")
    allowed = cores / sum(part.cpu for part in parts)
    print(f"what the cores allow: {allowed:.0f}/s")
    good = True
    for parsers in chosen.parsers:
        run = asyncio.run(together(chosen.captures, parsers))
        ratio = run.per_second / allowed
        good = good and not run.wrong
        print(f"\n{parsers} parsers: {run.per_second:.0f}/s, {ratio:.2f} of that (goal {_GOAL})")
        print(f"a million: {_MILLION / run.per_second / 3600:.1f} h")
        for name, cpu in sorted(run.cpu.items()):
            print(f"  {name:12}{1000 * cpu:8.2f} ms CPU a capture")
        for text in run.wrong:
            print(f"  WRONG {text}")
        if parsers == chosen.parsers[0]:
            good = good and ratio >= _GOAL
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
