"""CPU seconds of a process and all that it has started."""

import psutil


def cpu_seconds(pid: int) -> float:
    """User and system time so far; that of children which have ended counts for their parent."""
    process = psutil.Process(pid)
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total
