"""Prints the figures: ``python -m bench.fetch [a] [b] [c] [mixed]``, from the repository's root."""

import asyncio
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.fetch.memory import peak_bytes
from bench.fetch.share import share_used
from bench.fetch.step import rates
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
        found = rates()
        for name, rate in found.items():
            print(f"(b) {name}: {rate:.0f} captures a second")
        best = {name.split(",")[0]: 0.0 for name in found}
        for name, rate in found.items():
            best[name.split(",")[0]] = max(best[name.split(",")[0]], rate)
        print(f"(b) whole step / bare httpx: {best['whole step'] / best['bare httpx']:.2f}")
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


if __name__ == "__main__":
    main(sys.argv[1:])
