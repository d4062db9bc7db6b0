"""Measures the running stack while nothing is asked of it: ``python -m bench.idle``.

Every part's CPU as a share of one core, with that of the children that it had meanwhile; its memory (PSS)
at the end; and how often its threads were woken in a second.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from bench.idle.composed import Composed, composed
from bench.idle.embedded import Embedded, embedded
from bench.idle.processes import Used, woken

_STACKS: Mapping[str, Callable[[], AbstractContextManager[Embedded | Composed]]] = {
    "embedded": embedded,
    "compose": composed,
}
_GOALS = {"embedded": 0.05, "compose": 0.08}
_MEMORY_GOAL = 700e6
# What was started is compiled, loaded and looked at once by then.
_SETTLE_SECONDS = 60.0


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    options = argparse.ArgumentParser(
        prog="python -m bench.idle", description=(__doc__ or "").splitlines()[0]
    )
    options.add_argument("--minutes", type=float, default=5.0)
    options.add_argument("stack", choices=sorted(_STACKS))
    chosen = options.parse_args()
    with _STACKS[chosen.stack]() as stack:
        time.sleep(_SETTLE_SECONDS)
        began, before = time.monotonic(), stack.used()
        time.sleep(60 * chosen.minutes)
        seconds, after = time.monotonic() - began, stack.used()
    parts = {name: (before[name], used) for name, used in after.items() if name in before}
    print(f"| part | CPU of a core | memory, MB | processes | wake-ups a second |\n|{'---|' * 5}")
    for name, (was, became) in parts.items():
        print(_line(name, _share(was, became, seconds), became, woken(was, became) / seconds))
    cpu = sum(_share(was, became, seconds) for was, became in parts.values())
    memory = sum(used.memory for used in after.values())
    whole = Used(cpu, {}, memory, sum(used.processes for used in after.values()))
    wakeups = sum(woken(was, became) for was, became in parts.values()) / seconds
    print(_line("together", cpu, whole, wakeups))
    return int(cpu > _GOALS[chosen.stack] or memory > _MEMORY_GOAL)


def _share(was: Used, became: Used, seconds: float) -> float:
    return (became.cpu - was.cpu) / seconds


def _line(name: str, cpu: float, used: Used, wakeups: float) -> str:
    return f"| {name} | {cpu:.4f} | {used.memory / 1e6:.0f} | {used.processes} | {wakeups:.1f} |"


if __name__ == "__main__":
    sys.exit(main())
