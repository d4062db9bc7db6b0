"""TLS and SASL/SCRAM by settings alone, on a broker that accepts nothing else."""

import asyncio
import secrets
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import trustme
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from deploy.init.topics import create_topics
from deploy.local import kafka
from deploy.local.leftovers import Record
from deploy.local.ports import HOST, any_port
from deploy.local.processes import Supervisor
from shared.delivery.agents import Stream, in_batches
from shared.delivery.message import Message
from shared.delivery.publisher import KafkaPublisher, Publication
from shared.health import Health
from shared.kafka import client_options
from shared.service.faust_worker import FaustWorker, faust_app, raw_topic
from shared.settings import Settings
from shared.topics import CAPTURE_REQUESTED
from testing.waiting import LIMIT_SECONDS
from tests.shared.samples import REQUEST


@pytest.fixture(scope="module")
def secured() -> Iterator[Settings]:
    """A broker behind SASL_SSL, and the settings that reach it."""
    with TemporaryDirectory(prefix="mofcom-") as name:
        folder = Path(name)
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(folder / "ca.pem"))
        server = authority.issue_cert(HOST, "localhost")
        key = load_pem_private_key(server.private_key_pem.bytes(), None)
        pkcs8 = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        chain = b"".join(blob.bytes() for blob in server.cert_chain_pems)
        (folder / "server.pem").write_bytes(pkcs8 + chain)
        password = secrets.token_urlsafe(16)
        (folder / "password").write_text(password)
        port, controller = any_port(), any_port()
        supervisor = Supervisor(Record(folder / "pids"))
        try:
            _start(supervisor, folder, port, controller, password)
            yield Settings(
                kafka_bootstrap_servers=f"{HOST}:{port}",
                kafka_security_protocol="sasl_ssl",
                kafka_sasl_mechanism="SCRAM-SHA-512",
                kafka_sasl_username="mofcom",
                kafka_sasl_password_file=folder / "password",
                kafka_ssl_ca_location=folder / "ca.pem",
            )
        finally:
            supervisor.stop()


def _start(supervisor: Supervisor, folder: Path, port: int, controller: int, password: str) -> None:
    (folder / "own").mkdir(mode=0o700)
    (folder / "own" / "kafka-password").write_text("of the broker")
    listeners = {
        "listeners": f"SASL_SSL://{HOST}:{port},CONTROLLER://{HOST}:{controller}",
        "advertised.listeners": f"SASL_SSL://{HOST}:{port}",
        "listener.security.protocol.map": "SASL_SSL:SASL_SSL,CONTROLLER:SASL_PLAINTEXT",
        "inter.broker.listener.name": "SASL_SSL",
        "sasl.enabled.mechanisms": "SCRAM-SHA-512",
        "sasl.mechanism.inter.broker.protocol": "SCRAM-SHA-512",
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": (
            "org.apache.kafka.common.security.scram.ScramLoginModule required "
            f'username="mofcom" password="{password}";'
        ),
        "super.users": "User:kafka;User:mofcom",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": folder / "server.pem",
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": folder / "ca.pem",
    }
    more = "".join(f"{name}={value}\n" for name, value in listeners.items())
    (folder / kafka.SETTINGS).write_text(kafka.properties(port, controller, "own") + more)
    scram = ("--add-scram", f"SCRAM-SHA-512=[name=mofcom,password={password}]")
    kafka.run(supervisor, folder, format_options=scram)


async def test_every_client_gets_in_by_settings_alone(secured: Settings, tmp_path: Path) -> None:
    assert await create_topics(secured, [CAPTURE_REQUESTED], 1) == ["capture.requested"]
    publisher = KafkaPublisher(secured, "test")
    await publisher.start()
    await publisher.publish([Publication(CAPTURE_REQUESTED, REQUEST)])
    await publisher.stop()

    consumer = AIOKafkaConsumer(
        CAPTURE_REQUESTED.name, auto_offset_reset="earliest", **client_options(secured)
    )
    await consumer.start()
    record = await asyncio.wait_for(consumer.getone(), LIMIT_SECONDS)
    await consumer.stop()
    assert record.key == REQUEST.key.encode()

    read: list[bytes | None] = []
    received = asyncio.Event()

    async def settle(message: Message) -> None:
        read.append(message.key)
        received.set()

    app = faust_app("secured", secured)
    worker = FaustWorker(app, Health(60), secured)

    async def agent(stream: Stream) -> None:
        await in_batches(stream, settle, 1, 0.05, worker.in_flight)

    app.agent(raw_topic(app, CAPTURE_REQUESTED), name="agent")(agent)
    await worker.start()
    await asyncio.wait_for(received.wait(), LIMIT_SECONDS)
    await worker.stop()
    assert read == [REQUEST.key.encode()]


@pytest.mark.parametrize(
    "changed", [{"kafka_sasl_username": "other"}, {"kafka_ssl_ca_location": None}]
)
async def test_nobody_else_gets_in(secured: Settings, changed: dict[str, object]) -> None:
    publisher = KafkaPublisher(secured.model_copy(update=changed), "test")
    with pytest.raises(KafkaError):
        await publisher.start()
