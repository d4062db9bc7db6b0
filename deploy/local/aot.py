"""Kafka's AOT cache: its classes as Java has them once they are loaded and linked (JEP 483, 514).

With it a first start costs half the processor time: 2.0 s in place of 3.9. It has 65 MB, and is
made once, from a broker that starts and stops.
"""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.local import kafka
from deploy.local.jars import AOT_CACHE
from deploy.local.leftovers import Record
from deploy.local.ports import any_port
from deploy.local.processes import ProgramFailed, Supervisor

_SECONDS = 60


def usable() -> bool:
    """Whether there is a cache, of this Java and these jars. Raises JarsMissing."""
    required = ("-XX:AOTMode=on", *kafka.USE_AOT_CACHE)
    command = kafka.java("kafka.Kafka", "--version", aot=required)
    try:
        # The system's code for a failed start of Java says all that is asked here.
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return False
    return True


def make() -> None:
    """Make the cache; what a run that was cut off left is in a folder of its own, never taken.

    Two processes at once make one each, and the later one stays. Raises JarsMissing, OSError when
    nothing can be written beside the jars, and ProgramFailed.
    """
    with TemporaryDirectory(dir=AOT_CACHE.parent) as name:
        folder = Path(name)
        new = folder / AOT_CACHE.name
        supervisor = Supervisor(Record(folder / "pids"))
        try:
            kafka.start(supervisor, folder / "kafka", any_port(), any_port(), record=new)
        finally:
            supervisor.stop()
        if not new.exists():
            raise ProgramFailed("Java left no AOT cache")
        new.replace(AOT_CACHE)
