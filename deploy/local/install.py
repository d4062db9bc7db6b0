"""Installs what the local servers need and no wheel contains; `make setup` calls it.

    python -m deploy.local.install          put Kafka's jars into the virtual environment, and
                                            prepare them for quick starts
    python -m deploy.local.install --lock   write the lock file anew, after a change of version

`jgo` resolves and downloads as Maven would. Once this has run nothing needs the network.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import TemporaryDirectory
from time import monotonic

import jgo
import stamina
from jgo.config import GlobalSettings
from jgo.env import LockedDependency, LockFile
from jgo.maven import Dependency, MavenContext
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from deploy.local import aot
from deploy.local.jars import FOLDER, KAFKA_VERSION, LOCK, STAMP, installed
from deploy.local.processes import ProgramFailed

# kafka_2.13 brings all that a broker runs and the tool that formats its disk. The `!` keeps the
# list of versions in log4j's parent to log4j: without it jgo lets that list decide for Kafka too,
# and puts kafka-clients 3.9 under a 4.3 broker.
COORDINATES = (
    f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}!",
    "org.apache.logging.log4j:log4j-core:2.25.3!",
    "org.apache.logging.log4j:log4j-slf4j-impl:2.25.3!",
)

_ATTEMPTS = 4
_AT_ONCE = 8
_TIMEOUT_SECONDS = 60


class WrongChecksum(RuntimeError):
    """The checksum of a downloaded jar differs from the lock file's."""


class Untrusted(Exception):
    """The certificate of the repository is not trusted here; to ask again mends nothing."""


def install() -> None:
    """Bring every jar of the lock file, each checked against its sha256.

    Raises Untrusted, WrongChecksum, or what jgo raises (RuntimeError, OSError), when a download keeps
    failing.
    """
    rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    # Into a folder of this installation's own: a jar that was cut short in a Maven cache shared
    # with others would be taken for a whole one.
    with TemporaryDirectory(dir=FOLDER.parent) as downloads:
        maven = MavenContext(
            repo_cache=Path(downloads),
            # A mirror, for those who have one in jgo's own configuration file.
            remote_repos=GlobalSettings.load().repositories or None,
            timeout=_TIMEOUT_SECONDS,
        )
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            locked = LockFile.load(LOCK).dependencies
            jars = pool.map(lambda one: download(maven, one), locked)
            # What stops one would stop the others too: `map` cancels what is not under way.
            for number, jar in enumerate(jars, start=1):
                jar.replace(FOLDER / jar.name)
                if sys.stdout.isatty():
                    print(f"\r{number} of {len(locked)} jars", end="", flush=True)
    # Last, so that an interrupted installation is not mistaken for a complete one.
    copyfile(LOCK, STAMP)


@stamina.retry(on=(OSError, RuntimeError), attempts=_ATTEMPTS)
def download(maven: MavenContext, wanted: LockedDependency) -> Path:
    """One jar, in `maven`'s cache.

    Raises WrongChecksum when its bytes are not the locked ones, Untrusted at once.
    """
    component = maven.project(wanted.groupId, wanted.artifactId).at_version(wanted.version)
    try:
        jar = Path(component.artifact(wanted.classifier or "").resolve())
    except (OSError, RuntimeError) as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise Untrusted(
                "this machine does not trust the certificate of the repository; set "
                "REQUESTS_CA_BUNDLE to a file with the CA certificates of your network"
            ) from error
        raise
    with jar.open("rb") as file:
        actual = file_digest(file, "sha256").hexdigest()
    if actual != wanted.sha256:
        jar.unlink()
        raise WrongChecksum(f"{jar.name} has sha256 {actual}, {LOCK.name} says {wanted.sha256}")
    return jar


def write_lock() -> None:
    """Resolve COORDINATES and rewrite the lock file."""
    artifacts = jgo.resolve("+".join(COORDINATES))
    locked = [LockedDependency.from_dependency(Dependency(one)) for one in artifacts]
    LockFile(locked).save(LOCK)


def main(arguments: list[str]) -> int:
    """Exit status: 0 when everything is installed, 1 with one line of explanation when it is not."""
    set_on_retry_hooks([_say])
    started = monotonic()
    try:
        if arguments == ["--lock"]:
            write_lock()
            return 0
        if not installed():
            print(f"downloading Apache Kafka {KAFKA_VERSION} (45 MB)", flush=True)
            install()
            end = "\n" if sys.stdout.isatty() else ""
            print(f"{end}Apache Kafka is installed after {monotonic() - started:.0f} s")
    except (OSError, RuntimeError, Untrusted) as error:
        print(f"Apache Kafka could not be installed: {error}", file=sys.stderr)
        return 1
    make_quick()
    return 0


def make_quick() -> None:
    """Make the cache of Kafka's classes, if there is none; without it all works, but slower."""
    if aot.usable():
        return
    print("preparing Kafka for quick starts", flush=True)
    try:
        aot.make()
    except (OSError, ProgramFailed) as error:
        print(f"Kafka will start slower than it could: {error}", file=sys.stderr)


def _say(details: RetryDetails) -> None:
    why = type(details.caused_by).__name__
    print(f"a download failed ({why}), again in {details.wait_for:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
