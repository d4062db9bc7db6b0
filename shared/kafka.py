"""Options that all Kafka clients share, and the check that the topics exist."""

import ssl
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from shared.errors import DependencyDown, TopicsMissing
from shared.kafka_tokens import Tokens
from shared.passwords import kafka_password_file
from shared.settings import KafkaSettings
from shared.topics import Topic

_AGAIN_MS = 500
# A broker that is just starting answers that topics have no partitions. A group that rebalances
# meanwhile is assigned nothing, and rebalances again when its leader has asked anew: by default
# after five minutes.
METADATA_MAX_AGE_MS = 20_000
# A broker that has nothing for a consumer keeps the question open for so long; what comes meanwhile is
# sent at once.
IDLE_FETCH_MS = 10_000


def client_options(settings: KafkaSettings) -> dict[str, Any]:
    """Keyword arguments that aiokafka's clients share. Raises OSError for an unreadable file."""
    options: dict[str, Any] = {
        "bootstrap_servers": settings.kafka_bootstrap_servers,
        "client_id": "mofcom",
        "security_protocol": settings.kafka_security_protocol.upper(),
        "ssl_context": ssl_context(settings),
        # With the default, the clients of all services together retry so often while no broker
        # answers that on a small machine the broker takes long to start.
        "retry_backoff_ms": _AGAIN_MS,
        "metadata_max_age_ms": METADATA_MAX_AGE_MS,
    }
    if "sasl" in settings.kafka_security_protocol:
        options |= {
            "sasl_mechanism": settings.kafka_sasl_mechanism,
            "sasl_plain_username": settings.kafka_sasl_username,
            "sasl_plain_password": sasl_password(settings),
            "sasl_oauth_token_provider": tokens(settings),
        }
    return options


def tokens(settings: KafkaSettings) -> Tokens | None:
    """The tokens of a client, None of a mechanism without any. Raises OSError for an unreadable file."""
    url = settings.kafka_sasl_token_url
    if settings.kafka_sasl_mechanism != "OAUTHBEARER" or url is None:
        return None
    return Tokens(
        url, settings.kafka_sasl_username, sasl_password(settings), settings.kafka_sasl_token_scope
    )


def assign_paused(consumer: AIOKafkaConsumer, partitions: Collection[TopicPartition]) -> None:
    """Assign these partitions to a consumer without a group, without reading any of them.

    This fetches the metadata of all topics at once. If only their offsets were requested, aiokafka
    would fetch it topic by topic and wait `retry_backoff_ms` after each: five seconds for ten topics.
    """
    consumer.assign(list(partitions))
    consumer.pause(*partitions)


def ssl_context(settings: KafkaSettings) -> ssl.SSLContext | None:
    """Trusted CAs and client certificate; None if the protocol is without TLS."""
    if "ssl" not in settings.kafka_security_protocol:
        return None
    context = ssl.create_default_context(cafile=settings.kafka_ssl_ca_location)
    if settings.kafka_ssl_certificate_location is not None:
        context.load_cert_chain(
            settings.kafka_ssl_certificate_location, settings.kafka_ssl_key_location
        )
    return context


def sasl_password(settings: KafkaSettings) -> str:
    """The password in its file; empty if neither a file nor a folder of passwords is set."""
    path = settings.kafka_sasl_password_file
    if path is None and settings.passwords_dir and settings.kafka_sasl_username:
        path = kafka_password_file(settings.passwords_dir, settings.kafka_sasl_username)
    return path.read_text().strip() if path else ""


@contextmanager
def kafka_down() -> Iterator[None]:
    """Raise any error of Kafka in this block as DependencyDown."""
    try:
        yield
    except KafkaError as error:
        raise DependencyDown("kafka", repr(error)) from error


async def require_topics(settings: KafkaSettings, topics: Iterable[Topic]) -> None:
    """Check that `topics` exist: without them a Faust worker would silently be assigned nothing.

    Raises TopicsMissing, or DependencyDown when no broker answers.
    """
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        with kafka_down():
            await admin.start()
            missing = {topic.name for topic in topics} - set(await admin.list_topics())
    finally:
        await admin.close()
    if missing:
        raise TopicsMissing(f"no topics {', '.join(sorted(missing))}: run the init job first")
