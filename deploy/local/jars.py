"""The location of Apache Kafka's jars in the virtual environment; `install` puts them there."""

import sys
from pathlib import Path

KAFKA_VERSION = "4.3.1"

# jgo's lock file: every jar with its version and sha256.
LOCK = Path(__file__).with_name("jgo.lock.toml")
FOLDER = Path(sys.prefix, "share", "mofcom", f"kafka-{KAFKA_VERSION}")

# A copy of the lock file that the jars were installed from.
STAMP = FOLDER / LOCK.name

# What `aot` makes of them; a start without it takes longer and does the same.
AOT_CACHE = FOLDER / "kafka.aot"


class JarsMissing(Exception):
    """Kafka's jars are not in the virtual environment, or are not those of the lock file."""


def installed() -> bool:
    """Whether all jars of the current lock file are installed."""
    return STAMP.exists() and STAMP.read_bytes() == LOCK.read_bytes()


def class_path() -> str:
    """The jars, as `java -cp` takes them. Raises JarsMissing when they are not installed."""
    if not installed():
        raise JarsMissing(
            f"Apache Kafka {KAFKA_VERSION} is not installed in {sys.prefix}: run `make setup`"
        )
    return f"{FOLDER}/*"
