"""Measures a backfill on this machine: ``python -m bench.backfill``.

The captures of one WARC become rows by the pipeline (Kafka, Postgres and flushed bodies included) and by the
script that one would write instead, turn about; then the pipeline reads them all again.
"""

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.backfill.captures import write_warc
from bench.backfill.pipeline import Run, asked, pipeline
from deploy.local.stack import local_servers

_GOAL, _REPARSE_GOAL = 1.0, 2.0


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    options = argparse.ArgumentParser(
        prog="python -m bench.backfill", description=(__doc__ or "").splitlines()[0]
    )
    options.add_argument("--captures", type=int, default=10_000)
    options.add_argument("--turns", type=int, default=3)
    options.add_argument("--only", choices=["pipeline", "script"])
    chosen = options.parse_args()
    number: int = chosen.captures
    added, read_again, script = [], [], []
    with TemporaryDirectory(prefix="mofcom-") as folder:
        warc = Path(folder) / "captures.warc.gz"
        write_warc(warc, number)
        print(f"{number} captures, {warc.stat().st_size / 1e6:.1f} MB, {os.cpu_count()} cores")
        for _ in range(chosen.turns):
            if chosen.only != "script":
                with pipeline() as running:
                    added.append(running.add(warc, number))
                    _print("pipeline", added[-1])
                    read_again.append(running.reparse(number))
                    _print("reparse", read_again[-1])
            if chosen.only != "pipeline":
                script.append(_script(warc, number))
                _print("script", script[-1])
    if not added or not script:
        return 0
    beside = median(run.rate for run in script)
    good = True
    for name, runs, goal in (("add", added, _GOAL), ("reparse", read_again, _REPARSE_GOAL)):
        share = median(run.rate for run in runs) / beside
        print(f"{name}: {share:.2f} of the script (goal {goal})")
        good = good and share >= goal
    return 0 if good else 1


def _script(warc: Path, captures: int) -> Run:
    with TemporaryDirectory(prefix="mofcom-") as folder, local_servers(Path(folder)) as servers:
        before, began = _children_seconds(), time.monotonic()
        command = [sys.executable, "-m", "bench.backfill.script", str(warc), servers.database_url]
        subprocess.run(command, check=True)  # noqa: S603
        seconds = time.monotonic() - began
        cpu = (_children_seconds() - before) / captures * 1e3
        rows = asyncio.run(asked(servers.database_url, "SELECT count(*) FROM page"))
    if rows != captures:
        raise AssertionError(f"{rows} of {captures} rows")
    return Run(captures / seconds, {"script": cpu}, {})


def _children_seconds() -> float:
    """CPU seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _print(name: str, run: Run) -> None:
    cpu = ", ".join(f"{part} {ms:.2f}" for part, ms in run.cpu.items())
    load = os.getloadavg()[0]
    print(
        f"{name:9} {run.rate:6.0f}/s  CPU ms a capture: {cpu}; all {sum(run.cpu.values()):.2f}; load {load:.1f}"
    )
    if run.memory:
        print(
            f"{'':19}MB: " + ", ".join(f"{part} {mb:.0f}" for part, mb in run.memory.items()),
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
