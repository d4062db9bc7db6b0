"""Users and ACLs on a broker of the project's own: each may do its work, and nothing else."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import stamina
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    KafkaConnectionError,
    KafkaError,
    TopicAuthorizationFailedError,
    for_code,
)

from deploy.init.kafka_access import acls
from deploy.local.connections import Connections
from shared.errors import DependencyDown
from shared.kafka import client_options
from shared.offsets import Offsets
from shared.passwords import USERS, kafka_password_file
from shared.settings import KafkaSettings
from shared.topics import (
    DEAD_LETTER,
    NOTICE_TRANSLATED,
    READ_BY,
    TOPICS,
    TRANSLATION_REQUESTED,
    TRANSLATOR_BACKGROUND,
    WRITTEN_BY,
)
from testing.servers import run_init, started_servers
from testing.waiting import LIMIT_SECONDS

REFUSED = (TopicAuthorizationFailedError, ClusterAuthorizationFailedError)


def _is_passing(error: Exception) -> bool:
    """Whether the broker has only not got so far: the coordinator of a group starts when it is first asked for."""
    return isinstance(error, DependencyDown) and getattr(error.__cause__, "retriable", False)


while_it_starts = stamina.retry(on=_is_passing, attempts=None, timeout=LIMIT_SECONDS)


@pytest.fixture(scope="module")
def connections() -> Iterator[Connections]:
    with started_servers() as connections:
        run_init(connections)
        # Once more, as at each start.
        run_init(connections)
        yield connections


def settings(connections: Connections, user: str) -> KafkaSettings:
    file = kafka_password_file(Path(connections.passwords_dir), user)
    return connections.kafka_settings().model_copy(
        update={"kafka_sasl_username": user, "kafka_sasl_password_file": file}
    )


@asynccontextmanager
async def admin_as(connections: Connections, user: str) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**client_options(settings(connections, user)))
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()


@pytest.mark.parametrize("user", USERS)
async def test_each_writes_its_own_topics_and_no_other(connections: Connections, user: str) -> None:
    options = client_options(settings(connections, user))
    async with AIOKafkaProducer(**options, enable_idempotence=True) as producer:
        for topic in WRITTEN_BY[user]:
            await producer.send_and_wait(topic.name, b"", key=b"")
    others = {topic.name for topic in TOPICS} - {topic.name for topic in WRITTEN_BY[user]}
    for name in others:
        # An idempotent one does not go on after it was refused.
        async with AIOKafkaProducer(**options) as producer:
            with pytest.raises(TopicAuthorizationFailedError):
                await producer.send_and_wait(name, b"", key=b"")


def read_by(user: str) -> set[str]:
    also = {"translator": (TRANSLATION_REQUESTED,), "operator": TOPICS}
    return {topic.name for topic in (*READ_BY.get(user, ()), *also.get(user, ()))}


@pytest.mark.parametrize("user", USERS)
async def test_each_reads_its_own_topics_and_no_other(connections: Connections, user: str) -> None:
    written = {topic.name for topic in WRITTEN_BY[user]}
    async with admin_as(connections, user) as admin:
        # What one may neither read nor write one does not see.
        assert set(await admin.list_topics()) == read_by(user) | written
    async with AIOKafkaConsumer(**client_options(settings(connections, user))) as consumer:
        for name in read_by(user) | written:
            partition = TopicPartition(name, 0)
            consumer.assign([partition])
            consumer.seek(partition, 0)
            if name in read_by(user):
                await consumer.getmany(timeout_ms=100)
            else:
                with pytest.raises(TopicAuthorizationFailedError):
                    await asyncio.wait_for(consumer.getone(), LIMIT_SECONDS)


@pytest.mark.parametrize("user", READ_BY)
async def test_nobody_commits_for_another(connections: Connections, user: str) -> None:
    topic = READ_BY[user][0].name
    for group in (*READ_BY, TRANSLATOR_BACKGROUND):
        own = group == user or (user, group) == ("translator", TRANSLATOR_BACKGROUND)
        consumer = AIOKafkaConsumer(
            **client_options(settings(connections, user)), group_id=group, enable_auto_commit=False
        )
        try:
            await consumer.start()
            consumer.assign([TopicPartition(topic, 0)])
            commit = consumer.commit({TopicPartition(topic, 0): 0})
            if own:
                await commit
            else:
                with pytest.raises(GroupAuthorizationFailedError):
                    await commit
        finally:
            await consumer.stop()


@pytest.mark.parametrize("user", ["indexer", "operator"])
@while_it_starts
async def test_who_compares_sees_how_far_all_have_read(connections: Connections, user: str) -> None:
    async with Offsets(settings(connections, user)) as offsets:
        for group, topics in READ_BY.items():
            partitions = await offsets.partitions(topics)
            assert await offsets.committed(group, partitions)
            assert await offsets.members(group) == 0


@pytest.mark.parametrize("user", USERS)
@while_it_starts
async def test_the_indexer_alone_deletes_records(connections: Connections, user: str) -> None:
    async with Offsets(settings(connections, user)) as offsets:
        # A topic that each sees: of another one it does not learn who leads it.
        nothing = {TopicPartition(WRITTEN_BY[user][0].name, 0): 0}
        if user == "indexer":
            await offsets.delete_before(nothing)
        else:
            with pytest.raises(DependencyDown) as refused:
                await offsets.delete_before(nothing)
            if _is_passing(refused.value):
                raise refused.value
            assert isinstance(refused.value.__cause__, TopicAuthorizationFailedError)


@pytest.mark.parametrize("user", USERS)
async def test_nobody_makes_or_deletes_topics_or_rights(
    connections: Connections, user: str
) -> None:
    from deploy.init.kafka_access import _AlterUsers, _CreateAcls

    # The right to delete records, which the indexer has, is that to delete topics, too.
    topics = [DEAD_LETTER.name] if user != "indexer" else ["another"]
    async with admin_as(connections, user) as admin:
        answers: list[Any] = [
            (await admin.create_topics([NewTopic("mine", 1, 1)])).topic_errors[0][1],
            (await admin.delete_topics(topics)).topic_error_codes[0][1],
            (await admin._send_to_controller(_CreateAcls(acls()[:1]))).creation_responses[0][0],
            (await admin._send_to_controller(_AlterUsers({"operator": "x"}))).results[0][1],
        ]
    for code in answers:
        assert issubclass(for_code(code), REFUSED), for_code(code)


async def test_without_a_login_or_with_a_wrong_one_nobody_gets_in(
    connections: Connections, tmp_path: Path
) -> None:
    wrong = tmp_path / "password"
    wrong.write_text("wrong")
    known = settings(connections, "fetcher")
    for changed in (
        {"kafka_security_protocol": "plaintext"},
        {"kafka_sasl_password_file": wrong},
        {"kafka_sasl_username": "kafka"},
        {"kafka_sasl_username": "nobody"},
        {"kafka_sasl_mechanism": "PLAIN"},
    ):
        admin = AIOKafkaAdminClient(
            **client_options(known.model_copy(update=changed)) | {"request_timeout_ms": 3000}
        )
        try:
            with pytest.raises((KafkaConnectionError, KafkaError)):
                await admin.start()
        finally:
            await admin.close()


def test_the_acls_are_printed_for_who_sets_them() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "deploy.init", "acls"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert "--allow-principal User:parser --operation Read --topic capture.fetched" in printed
    assert "--allow-principal User:indexer --operation Describe --group fetcher" in printed
    assert not [
        line
        for line in printed
        if f"User:parser --operation Write --topic {NOTICE_TRANSLATED.name}" in line
    ]
    assert len(printed) == len(set(printed)) == len(acls())
