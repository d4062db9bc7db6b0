"""What processes have used so far, as Linux counts it in /proc."""

import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Used:
    """CPU seconds, with those of children that have ended; wake-ups by thread; bytes of memory (PSS:
    pages that several processes share are divided among them).
    """

    cpu: float
    wakeups: dict[tuple[int, int], int]
    memory: int
    processes: int

    def with_cpu(self, seconds: float) -> "Used":
        """The same with the CPU seconds as somebody else has counted them."""
        return replace(self, cpu=seconds)


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    main = psutil.Process(pid)
    return [pid, *(child.pid for child in main.children(recursive=True))]


def used(pids: Collection[int]) -> Used:
    """What these processes have used together. One that has ended meanwhile counts for nothing."""
    cpu, memory, alive = 0.0, 0, 0
    wakeups: dict[tuple[int, int], int] = {}
    for pid in pids:
        with suppress(OSError):
            folder = Path("/proc", str(pid))
            cpu += _cpu_seconds(folder)
            memory += _pss(folder)
            alive += 1
            for thread in (folder / "task").iterdir():
                with suppress(OSError):
                    wakeups[pid, int(thread.name)] = _value(
                        thread / "status", "voluntary_ctxt_switches:"
                    )
    return Used(cpu, wakeups, memory, alive)


def woken(before: Used, after: Used) -> int:
    """How often the threads that were there at both times were woken in between."""
    return sum(
        number - before.wakeups[thread]
        for thread, number in after.wakeups.items()
        if thread in before.wakeups
    )


def cgroup(pid: int) -> str:
    """The control group that counts a process's CPU time; empty if the process has ended.

    A line of proc_pid_cgroup(7): ``0::/docker/ID``, and before version 2 ``4:cpu,cpuacct:/docker/ID``.
    """
    try:
        lines = Path("/proc", str(pid), "cgroup").read_text().splitlines()
    except OSError:
        return ""
    named = {names: path for _, names, path in (line.split(":", 2) for line in lines)}
    found = next((path for names, path in named.items() if "cpuacct" in names.split(",")), None)
    return named.get("", "") if found is None else found


def cgroup_seconds(group: str) -> float:
    """CPU seconds of all that ever ran in a control group. Raises OSError."""
    first = Path("/sys/fs/cgroup", "cpuacct")
    if first.exists():
        return int((first / group.lstrip("/") / "cpuacct.usage").read_text()) / 1e9
    return _value(Path("/sys/fs/cgroup", group.lstrip("/"), "cpu.stat"), "usage_usec") / 1e6


def _cpu_seconds(folder: Path) -> float:
    # Fields 14 to 17 of proc_pid_stat(5); the second, the name in brackets, may hold blanks.
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / _TICKS


def _pss(folder: Path) -> int:
    return _value(folder / "smaps_rollup", "Pss:") * 1024


def _value(file: Path, name: str) -> int:
    for line in file.read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0
