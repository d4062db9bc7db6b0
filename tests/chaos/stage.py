"""The pipeline with one replica of each service, which tests interrupt at chosen points."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
from aiokafka import ConsumerRecord
from aiokafka.admin import AIOKafkaAdminClient

from deploy.local.archive.captures import Capture
from shared.delivery.publisher import KafkaPublisher, Publication
from shared.events import CaptureRequested
from shared.settings import Settings
from shared.topics import CAPTURE_REQUESTED, Topic
from testing.chaos.captures import Load, requested
from testing.chaos.plan import SERVICES
from testing.chaos.run import Scene, scene
from testing.chaos.verdict import behind
from testing.kafka import records
from testing.kafka_login import options
from testing.waiting import LIMIT_SECONDS, until

_ENDED = "SELECT * FROM requests WHERE request_id = $1 AND state IN ('done', 'skipped', 'dead')"


@dataclass
class Stage:
    """All that runs, and the analyst's and the operator's eyes on it."""

    on: Scene
    publisher: KafkaPublisher
    _numbers: "count[int]"

    def capture(self, body: bytes | None = None, **headers: str) -> Capture:
        """A page that no other test has, in the archive."""
        number = next(self._numbers)
        html = (
            '<html><head><meta charset="utf-8"></head><body>'
            f'<div class="art-title">商务部公告2024年第{number}号</div>'
            '<div class="art-con art-con-bottonmLine">'
            f"<p>商务部公告2024年第{number}号</p><p>现公告如下。</p>"
            "<p>商务部</p><p>2024年1月1日</p></div></body></html>"
        )
        named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        capture = Capture(
            f"http://www.mofcom.gov.cn/article/stage/202401/{20240100000000 + number}.shtml",
            "20240102000000",
            html.encode() if body is None else body,
            headers=named or (("Content-Type", "text/html"),),
        )
        self.on.archive.archive.captures.add(capture)
        return capture

    async def ask(self, *captures: Capture) -> Sequence[CaptureRequested]:
        """Ask for captures; answers the requests."""
        requests = [requested(capture, backlog=False) for capture in captures]
        await self.publisher.publish(Publication(CAPTURE_REQUESTED, each) for each in requests)
        return requests

    async def instead(self, service: str, point: str) -> Path:
        """Have a service that fails at `point` in the place of its own; answers the mark."""
        await self.end(service)
        mark = self.on.folder / f"{point}.{next(self._numbers)}"
        module = ("tests.chaos.crashing", service, point, str(mark))
        self.on.processes.start_program(service, 1, module)
        await self.on.processes.wait_ready(f"{service}-1")
        return mark

    async def end(self, service: str) -> int:
        """Stop a service in order; its exit status."""
        self.on.processes.terminate(f"{service}-1")
        return await self.on.processes.wait_ended(f"{service}-1")

    async def killed(self, service: str) -> None:
        """Return when a service has killed itself, as it was to do."""
        assert await self.on.processes.wait_ended(f"{service}-1", LIMIT_SECONDS) == -9, self.log(
            service
        )

    async def restart(self, service: str) -> None:
        """Start the service itself, and wait for it."""
        self.on.processes.start(service)
        await self.on.processes.wait_ready(f"{service}-1")

    async def all_there(self) -> None:
        """Start again what a test has left dead."""
        for service in SERVICES:
            if self.on.processes.replicas[f"{service}-1"].process.poll() is not None:
                self.on.processes.start(service)
        await self.on.processes.wait_ready(*(f"{service}-1" for service in SERVICES))

    async def ended(self, request: CaptureRequested) -> Any:
        """The row of a request, once it has its outcome."""
        (row,) = await self.wait(_ENDED, request.request_id)
        return row

    async def rows(self, sql: str, *parameters: object) -> Sequence[Any]:
        """The rows of a query."""
        connection = await asyncpg.connect(self.on.servers.database_url)
        try:
            return list(await connection.fetch(sql, *parameters))
        finally:
            await connection.close()

    async def wait(self, sql: str, *parameters: object) -> Sequence[Any]:
        """The rows of a query, once it has any."""
        found: Sequence[Any] = []

        async def there() -> bool:
            nonlocal found
            found = await self.rows(sql, *parameters)
            return bool(found)

        await until(there, lambda: (sql, *map(self.log, SERVICES)))
        return found

    async def all_read(self, *groups: str) -> None:
        """Return when the services (else all) have committed everything that they are to read."""
        left = 0

        async def none_left() -> bool:
            nonlocal left
            left = await behind(self.on.servers.kafka_bootstrap_servers, groups or SERVICES)
            return left == 0

        await until(none_left, lambda: (left, *map(self.log, SERVICES)))

    async def joined(self, group: str, members: int) -> bool:
        """Whether a group of consumers has so many members, or is about to take one in."""
        admin = AIOKafkaAdminClient(**options(self.on.servers.kafka_bootstrap_servers))
        await admin.start()
        try:
            (answer,) = await admin.describe_consumer_groups([group])
        finally:
            await admin.close()
        _, _, state, _, _, found, *_ = answer.groups[0]
        return state != "Stable" or len(found) == members

    async def records(self, topic: Topic, part: bytes) -> Sequence[ConsumerRecord]:
        """The records of a topic whose value holds `part`, in any order."""
        found = await records(self.on.servers.kafka_bootstrap_servers, topic)
        return [record for record in found if part in (record.value or b"")]

    async def committed(self, group: str, topic: Topic) -> int:
        """How many messages of a topic a service has committed."""
        admin = AIOKafkaAdminClient(**options(self.on.servers.kafka_bootstrap_servers))
        await admin.start()
        try:
            stored = await admin.list_consumer_group_offsets(group)
            return sum(at.offset for tp, at in stored.items() if tp.topic == topic.name)
        finally:
            await admin.close()

    def body_file(self, capture: Capture) -> Path:
        """Where the blob store keeps a body."""
        name = sha256(capture.body).hexdigest()
        folder = Path(self.on.servers.blob_url.removeprefix("file://"))
        return folder / "bodies" / name[:2] / f"{name}.zst"

    def asked(self, capture: Capture) -> int:
        """How often the archive was asked for a capture."""
        requests = list(self.on.archive.archive.requests)
        return sum(capture.original in request.target for request in requests)

    def log(self, service: str) -> str:
        """The last of what a service printed."""
        return self.on.processes.log(f"{service}-1")


@asynccontextmanager
async def stage(services: Sequence[str] = SERVICES) -> AsyncIterator[Stage]:
    """One of each service, ready."""
    async with scene(Load([], 0), seed=0, fault_share=0.0, services=services) as on:
        settings = Settings(kafka_bootstrap_servers=on.servers.kafka_bootstrap_servers)
        publisher = KafkaPublisher(settings, "test")
        await publisher.start()
        try:
            for service in services:
                on.processes.start(service)
            await on.processes.wait_ready()
            yield Stage(on, publisher, count(1))
        finally:
            await publisher.stop()
            await on.processes.stop()
