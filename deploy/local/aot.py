"""Kafka's AOT cache: its classes, already loaded and linked (JEP 483, 514).

It halves the processor time of a first start, from 3.9 to 2.0 s. It takes 65 MB, and is created
once, by a broker that starts and stops.
"""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.local import kafka
from deploy.local.jars import AOT_CACHE
from deploy.local.leftovers import Record
from deploy.local.ports import any_port
from deploy.local.processes import ProgramFailed, Supervisor
from deploy.passwords import make_passwords
from shared.passwords import KAFKA, kafka_password_file

_SECONDS = 60


def usable() -> bool:
    """Whether there is a cache for this Java and these jars. Raises JarsMissing."""
    required = ("-XX:AOTMode=on", *kafka.USE_AOT_CACHE)
    command = kafka.java("kafka.Kafka", "--version", aot=required)
    try:
        # The system's code for a failed start of Java is the only question here.
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return False
    return True


def make() -> None:
    """Create the cache. An interrupted run leaves its files in another folder, which is not used.

    If two processes do so at once, the later cache replaces the other. Raises JarsMissing, OSError
    if the jars' folder is not writable, and ProgramFailed.
    """
    with TemporaryDirectory(dir=AOT_CACHE.parent) as name:
        folder = Path(name)
        new = folder / AOT_CACHE.name
        supervisor = Supervisor(Record(folder / "pids"))
        try:
            passwords = folder / "passwords"
            make_passwords([kafka_password_file(passwords, KAFKA)])
            kafka.start(supervisor, folder / "kafka", any_port(), any_port(), passwords, record=new)
        finally:
            supervisor.stop()
        if not new.exists():
            raise ProgramFailed("Java left no AOT cache")
        new.replace(AOT_CACHE)
