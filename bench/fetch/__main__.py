"""Prints the figures: ``python -m bench.fetch [a] [b] [c] [mixed]``, from the repository's root."""

import asyncio
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.fetch.memory import peak_bytes
from bench.fetch.share import share_used
from bench.fetch.step import Figures, step_figures
from tests.services.fetcher.test_all_faults import mixed_run

_MIXED = 5000


def main(wanted: list[str]) -> None:
    """Measure what is wanted, all by default."""
    wanted = wanted or ["a", "b", "c", "mixed"]
    if "c" in wanted:
        for rows in (1_000, 100_000):
            print(f"(c) listing of {rows} rows: {peak_bytes(rows) / 1e6:.2f} MB at most")
    if "a" in wanted:
        print(f"(a) share of the allowed rate: {asyncio.run(share_used()):.1%}")
    if "b" in wanted:
        _step()
    if "mixed" in wanted:
        with TemporaryDirectory() as first, TemporaryDirectory() as second:
            for captures, folder in ((1000, first), (_MIXED, second)):
                began = time.monotonic()
                asked = asyncio.run(mixed_run(Path(folder), captures))
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(
                    f"mixed, 20 % faults: {captures} captures right, {asked} requests, "
                    f"{time.monotonic() - began:.0f} s, at most {peak:.0f} MB"
                )


def _step() -> None:
    best: dict[str, Figures] = {}
    for who, figures in step_figures():
        cpu = ", ".join(f"{name} {ms:.2f}" for name, ms in figures.cpu.items())
        print(f"(b) {who}: {figures.rate:.0f} captures a second; CPU ms a capture: {cpu}")
        best[who] = max(best.get(who, figures), figures, key=lambda each: each.rate)
    whole = best.pop("whole step").rate
    for who, figures in best.items():
        print(f"(b) whole step / {who}: {whole / figures.rate:.2f}, best of each")


if __name__ == "__main__":
    main(sys.argv[1:])
