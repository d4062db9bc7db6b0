"""Prints the figures: ``python -m bench.fetch [a] [b] [c] [mixed]``, from the repository's root."""

import asyncio
import logging
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.fetch.memory import peak_bytes
from bench.fetch.share import share_used
from bench.fetch.step import Figures, step_figures
from shared.service.logs import configure
from testing.fetcher.mixed import INDEX_RATE, MIB, RATE, mixed_run

_MIXED = 5000


def main(wanted: list[str]) -> None:
    """Measure what is wanted, all by default."""
    wanted = wanted or ["a", "b", "c", "mixed"]
    _log_to_nowhere()
    if "c" in wanted:
        for rows in (1_000, 100_000):
            print(f"(c) listing of {rows} rows: {peak_bytes(rows) / 1e6:.2f} MB at most")
    if "a" in wanted:
        print(f"(a) share of the allowed rate: {asyncio.run(share_used()):.1%}")
    if "b" in wanted:
        _step()
    if "mixed" in wanted:
        _mixed()


def _log_to_nowhere() -> None:
    """Log as a service does, which is part of its work, and out of the way of the figures."""
    configure("bench", "json")
    nowhere = Path(os.devnull).open("w")  # noqa: SIM115 - open to the end
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(nowhere)


def _step() -> None:
    best: dict[str, Figures] = {}
    for who, figures in step_figures():
        cpu = ", ".join(f"{name} {ms:.2f}" for name, ms in figures.cpu.items())
        print(f"(b) {who}: {figures.rate:.0f} captures a second; CPU ms a capture: {cpu}")
        best[who] = max(best.get(who, figures), figures, key=lambda each: each.rate)
    whole = best.pop("whole step").rate
    for who, figures in best.items():
        print(f"(b) whole step / {who}: {whole / figures.rate:.2f}, best of each")


def _mixed() -> None:
    with TemporaryDirectory() as folder:
        began = time.monotonic()
        run = mixed_run(Path(folder), _MIXED)
    first, last = run.memory[0] / MIB, run.memory[-1] / MIB
    print(
        f"mixed: {_MIXED} captures, {run.faults} with a fault, each ended once and right; "
        f"{run.asked} requests in {time.monotonic() - began:.0f} s, at most {run.busiest} within "
        f"a second of {RATE} allowed, and {run.busiest_index} of {INDEX_RATE} of the index; the fetcher's process held {first:.0f} MiB after a tenth, "
        f"{last:.0f} MiB at the end"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
