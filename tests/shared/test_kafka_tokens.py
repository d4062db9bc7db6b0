"""OAUTHBEARER over TLS: tokens of a token endpoint, on a broker that checks their signatures."""

import asyncio
import math
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaConnectionError, KafkaError

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
from shared.kafka_tokens import Tokens, granted
from shared.service.faust_worker import FaustWorker, faust_app, raw_topic
from shared.settings import Settings
from shared.topics import CAPTURE_REQUESTED
from testing.clock import Clock
from testing.tls import AUTHORITY, SERVER, write_tls_files
from testing.token_endpoint import AUDIENCE, CLIENT, SCOPE, SECRET, TokenEndpoint, token_endpoint
from testing.waiting import LIMIT_SECONDS
from tests.shared.samples import REQUEST

# A broker ends a connection whose client has not shown a token for so long.
_SESSION_MS = 3000


@pytest.fixture(scope="module")
def endpoint() -> Iterator[TokenEndpoint]:
    with token_endpoint() as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def guarded(endpoint: TokenEndpoint) -> Iterator[Settings]:
    """A broker that asks for a token, and the settings that reach it."""
    with TemporaryDirectory(prefix="mofcom-") as name, pytest.MonkeyPatch.context() as patched:
        folder = Path(name)
        write_tls_files(folder)
        keys = folder / "jwks.json"
        keys.write_text(endpoint.jwks())
        (folder / "secret").write_text(SECRET)
        # The broker's own, for listeners that are not used here.
        (folder / "own").mkdir()
        (folder / "own" / "kafka-password").write_text("of the broker")
        allowed = f"-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls={keys.as_uri()}"
        patched.setenv("JDK_JAVA_OPTIONS", allowed)
        port, inner, controller = any_port(), any_port(), any_port()
        supervisor = Supervisor(Record(folder / "pids"))
        try:
            more = _listener(folder, port, inner, controller)
            lines = "".join(f"{key}={value}\n" for key, value in more.items())
            (folder / kafka.SETTINGS).write_text(kafka.properties(port, controller, "own") + lines)
            kafka.run(supervisor, folder)
            yield Settings(
                kafka_bootstrap_servers=f"{HOST}:{port}",
                kafka_security_protocol="sasl_ssl",
                kafka_sasl_mechanism="OAUTHBEARER",
                kafka_sasl_username=CLIENT,
                kafka_sasl_password_file=folder / "secret",
                kafka_sasl_token_url=endpoint.url,
                kafka_sasl_token_scope=SCOPE,
                kafka_ssl_ca_location=folder / AUTHORITY,
            )
        finally:
            supervisor.stop()


def _listener(folder: Path, port: int, inner: int, controller: int) -> dict[str, object]:
    handlers = "org.apache.kafka.common.security.oauthbearer"
    oauth = "listener.name.sasl_ssl.oauthbearer.sasl"
    return {
        "listeners": f"SASL_SSL://{HOST}:{port},INNER://{HOST}:{inner},CONTROLLER://{HOST}:{controller}",
        "advertised.listeners": f"SASL_SSL://{HOST}:{port},INNER://{HOST}:{inner}",
        "listener.security.protocol.map": "SASL_SSL:SASL_SSL,INNER:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name": "INNER",
        # Who has a token may do everything.
        "authorizer.class.name": "",
        "sasl.enabled.mechanisms": "OAUTHBEARER",
        f"{oauth}.jaas.config": f"{handlers}.OAuthBearerLoginModule required;",
        f"{oauth}.server.callback.handler.class": f"{handlers}.OAuthBearerValidatorCallbackHandler",
        "sasl.oauthbearer.jwks.endpoint.url": (folder / "jwks.json").as_uri(),
        "sasl.oauthbearer.expected.audience": AUDIENCE,
        "connections.max.reauth.ms": _SESSION_MS,
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": folder / SERVER,
    }


async def test_every_client_gets_in_and_comes_back_when_its_session_has_ended(
    guarded: Settings,
) -> None:
    assert await create_topics(guarded, [CAPTURE_REQUESTED], 1) == ["capture.requested"]
    publisher = KafkaPublisher(guarded, "test")
    await publisher.start()
    consumer = AIOKafkaConsumer(
        CAPTURE_REQUESTED.name, auto_offset_reset="earliest", **client_options(guarded)
    )
    await consumer.start()
    for session in range(2):
        # Longer than the broker lets a session last.
        await asyncio.sleep(session * 1.5 * _SESSION_MS / 1000)
        await publisher.publish([Publication(CAPTURE_REQUESTED, REQUEST)])
        record = await asyncio.wait_for(consumer.getone(), LIMIT_SECONDS)
        assert record.key == REQUEST.key.encode()
    await consumer.stop()
    await publisher.stop()


async def test_faust_gets_in(guarded: Settings) -> None:
    await create_topics(guarded, [CAPTURE_REQUESTED], 1)
    async with KafkaPublisher(guarded, "test") as publisher:
        await publisher.publish([Publication(CAPTURE_REQUESTED, REQUEST)])
    received = asyncio.Event()

    async def settle(message: Message) -> None:
        received.set()

    app = faust_app("guarded", guarded)
    worker = FaustWorker(app, Health(60), guarded)

    async def agent(stream: Stream) -> None:
        await in_batches(stream, settle, 1, 0.05, worker.in_flight)

    app.agent(raw_topic(app, CAPTURE_REQUESTED), name="agent")(agent)
    await worker.start()
    await asyncio.wait_for(received.wait(), LIMIT_SECONDS)
    await worker.stop()


async def test_nobody_gets_in_with_a_token_of_another(guarded: Settings, tmp_path: Path) -> None:
    with token_endpoint() as other:
        forged = guarded.model_copy(update={"kafka_sasl_token_url": other.url})
        with pytest.raises(KafkaError):
            await KafkaPublisher(forged, "test").start()
        assert other.granted


def tokens(endpoint: TokenEndpoint, secret: str = SECRET, clock: Clock | None = None) -> Tokens:
    return Tokens(endpoint.url, CLIENT, secret, SCOPE, clock or Clock())


async def test_a_token_is_used_until_a_fifth_of_its_life_is_left(endpoint: TokenEndpoint) -> None:
    clock = Clock()
    ours = tokens(endpoint, clock=clock)
    first = await ours.token()
    granted = endpoint.granted
    clock.move(0.79 * endpoint.seconds)
    assert await ours.token() == first
    clock.move(0.02 * endpoint.seconds)
    await ours.token()
    assert endpoint.granted == granted + 1


async def test_without_a_token_a_client_tries_again(endpoint: TokenEndpoint) -> None:
    with pytest.raises(KafkaConnectionError, match=r"401 .*invalid_client") as raised:
        await tokens(endpoint, "a wrong secret").token()
    assert "a wrong secret" not in str(raised.value)
    assert raised.value.retriable
    nobody = Tokens(f"http://{HOST}:{any_port()}/token", CLIENT, SECRET, None)
    with pytest.raises(KafkaConnectionError, match="no token from"):
        await nobody.token()


@pytest.mark.parametrize("lasts", [None, -1, "3600", "soon", True, [], math.nan, math.inf, 10**12])
def test_a_token_that_does_not_last_a_number_of_seconds_is_refused(lasts: object) -> None:
    with pytest.raises(ValueError, match=r"expires_in is .*, which is no number of seconds"):
        granted({"access_token": "a", "expires_in": lasts})


@pytest.mark.parametrize("answer", [[], None, "a", {}, {"access_token": ""}, {"access_token": 1}])
def test_an_answer_without_a_token_is_refused(answer: object) -> None:
    with pytest.raises(ValueError, match=r"no JSON object|no access_token"):
        granted(answer)


async def test_a_wrong_answer_is_named_and_another_one_waited_for(
    endpoint: TokenEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        endpoint, "answer", lambda *_: (200, {"access_token": "a", "expires_in": None})
    )
    with pytest.raises(KafkaConnectionError, match="expires_in is None") as raised:
        await tokens(endpoint).token()
    assert raised.value.retriable


def test_a_token_that_does_not_say_how_long_it_lasts_is_used_once() -> None:
    assert granted({"access_token": "a"}) == ("a", 0)


async def test_a_token_in_a_file_is_read_whenever_it_is_needed(tmp_path: Path) -> None:
    file = tmp_path / "token"
    ours = Tokens(file.as_uri(), None, "", None)
    with pytest.raises(KafkaConnectionError, match="No such file"):
        await ours.token()
    for token in ("one", "two"):
        file.write_text(f"{token}\n")
        assert await ours.token() == token
