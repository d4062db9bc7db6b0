"""Who may do what in Kafka: a user for each service and the command line, and their ACLs.

On a broker of the project's own, to which the init job logs in as the broker itself, it makes both; for
a cluster of somebody else's ``python -m deploy.init acls`` prints the ACLs.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import for_code
from aiokafka.protocol.admin import CreateAclsRequest_v1
from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import (
    CompactArray,
    CompactBytes,
    CompactString,
    Int8,
    Int16,
    Int32,
    Schema,
    TaggedFields,
)

from shared.kafka import client_options
from shared.settings import KafkaSettings
from shared.topics import (
    EXCHANGED,
    READ_BY,
    TOPICS,
    TRANSLATION_REQUESTED,
    TRANSLATOR_BACKGROUND,
    WRITTEN_BY,
    Topic,
)

# The least that Kafka takes. Passwords are random, so that more would only delay each login.
_ITERATIONS = 4096
_SALT_BYTES = 16


class Resource(IntEnum):
    """Kafka's codes, https://kafka.apache.org/protocol.html."""

    TOPIC = 2
    GROUP = 3


class Operation(IntEnum):
    """Each of the others includes the last."""

    READ = 3
    WRITE = 4
    DELETE = 6
    DESCRIBE = 8


_LITERAL, _ALLOW = 3, 3


@dataclass(frozen=True, slots=True, order=True)
class Acl:
    """That a user may do something, from any host."""

    user: str
    operation: Operation
    resource: Resource
    name: str

    def __str__(self) -> str:
        """As options of Kafka's ``kafka-acls.sh --add``.

        >>> print(Acl("parser", Operation.READ, Resource.TOPIC, "capture.fetched"))
        --allow-principal User:parser --operation Read --topic capture.fetched
        """
        return (
            f"--allow-principal User:{self.user} --operation {self.operation.name.title()} "
            f"--{self.resource.name.lower()} {self.name}"
        )


def acls() -> list[Acl]:
    """What all users need, and no more."""
    read_by = READ_BY | {
        "translator": (*READ_BY["translator"], TRANSLATION_REQUESTED),
        "operator": TOPICS,
    }
    return sorted(
        {
            *_of_topics(Operation.READ, read_by),
            *_of_topics(Operation.WRITE, WRITTEN_BY),
            # Old events. Kafka has no right to delete records alone.
            *_of_topics(Operation.DELETE, {"indexer": EXCHANGED}),
            *_of_groups(),
        }
    )


def _of_topics(operation: Operation, by: Mapping[str, Iterable[Topic]]) -> Iterator[Acl]:
    for user, topics in by.items():
        for topic in topics:
            yield Acl(user, operation, Resource.TOPIC, topic.name)


def _of_groups() -> Iterator[Acl]:
    yield Acl("translator", Operation.READ, Resource.GROUP, TRANSLATOR_BACKGROUND)
    for service in READ_BY:
        yield Acl(service, Operation.READ, Resource.GROUP, service)
        # They compare what each service has read with what there is.
        for who in ("indexer", "operator"):
            yield Acl(who, Operation.DESCRIBE, Resource.GROUP, service)
    yield Acl("indexer", Operation.DESCRIBE, Resource.GROUP, TRANSLATOR_BACKGROUND)


async def grant_access(kafka: KafkaSettings, passwords: Mapping[str, str]) -> None:
    """Make these users, with SCRAM-SHA-512, and the ACLs; both may be there already.

    Raises aiokafka's KafkaError when the broker does not answer or refuses.
    """
    admin = AIOKafkaAdminClient(**client_options(kafka))
    await admin.start()
    try:
        made = await admin._send_to_controller(_AlterUsers(passwords))
        _check((code, f"user {user}: {why}") for user, code, why, _ in made.results)
        made = await admin._send_to_controller(_CreateAcls(acls()))
        _check((code, f"ACL: {why}") for code, why in made.creation_responses)
    finally:
        await admin.close()


def _check(results: Iterable[tuple[int, str]]) -> None:
    for code, what in results:
        if code:
            raise for_code(code)(what)


class _CreateAcls(Request[CreateAclsRequest_v1]):  # type: ignore[misc]
    """aiokafka's own makes one at a time."""

    API_KEY = CreateAclsRequest_v1.API_KEY

    def __init__(self, wanted: Iterable[Acl]) -> None:
        self._wanted = wanted

    def build(self, request_struct_class: type[CreateAclsRequest_v1]) -> CreateAclsRequest_v1:
        return request_struct_class(
            [
                (one.resource, one.name, _LITERAL, f"User:{one.user}", "*", one.operation, _ALLOW)
                for one in self._wanted
            ]
        )


class _UsersAltered(Response):  # type: ignore[misc]
    API_KEY = 51
    API_VERSION = 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "results",
            CompactArray(
                ("user", CompactString("utf-8")),
                ("error_code", Int16),
                ("error_message", CompactString("utf-8")),
                ("tags", TaggedFields),
            ),
        ),
        ("tags", TaggedFields),
    )


class _AlterUsersStruct(RequestStruct):  # type: ignore[misc]
    """AlterUserScramCredentials (KIP-554), which aiokafka lacks."""

    API_KEY = 51
    API_VERSION = 0
    FLEXIBLE_VERSION = True
    RESPONSE_TYPE = _UsersAltered
    SCHEMA = Schema(
        (
            "deletions",
            CompactArray(
                ("name", CompactString("utf-8")), ("mechanism", Int8), ("tags", TaggedFields)
            ),
        ),
        (
            "upsertions",
            CompactArray(
                ("name", CompactString("utf-8")),
                ("mechanism", Int8),
                ("iterations", Int32),
                ("salt", CompactBytes),
                ("salted_password", CompactBytes),
                ("tags", TaggedFields),
            ),
        ),
        ("tags", TaggedFields),
    )


class _AlterUsers(Request[_AlterUsersStruct]):  # type: ignore[misc]
    API_KEY = _AlterUsersStruct.API_KEY
    SCRAM_SHA_512 = 2

    def __init__(self, passwords: Mapping[str, str]) -> None:
        self._passwords = passwords

    def build(self, request_struct_class: type[_AlterUsersStruct]) -> _AlterUsersStruct:
        return request_struct_class(
            [], [self._upsertion(*one) for one in self._passwords.items()], {}
        )

    def _upsertion(self, user: str, password: str) -> tuple[Any, ...]:
        salt = secrets.token_bytes(_SALT_BYTES)
        salted = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, _ITERATIONS)
        return (user, self.SCRAM_SHA_512, _ITERATIONS, salt, salted, {})
