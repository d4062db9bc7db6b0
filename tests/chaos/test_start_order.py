"""Services that start before their servers wait for them, say so, and need no restart."""

import asyncio
import json
from itertools import count
from urllib.error import HTTPError
from urllib.request import urlopen

from deploy.local.ports import HOST
from shared.delivery.publisher import KafkaPublisher
from shared.settings import Settings
from testing.chaos.captures import Load
from testing.chaos.plan import SERVICES
from testing.chaos.run import Scene, scene
from testing.waiting import LIMIT_SECONDS, until
from tests.chaos.stage import Stage


def problems(on: Scene, service: str, path: str) -> list[str] | None:
    """What a service answers at /live or /ready; None while it does not yet."""
    url = f"http://{HOST}:{on.processes.replicas[f'{service}-1'].port}/{path}"
    try:
        with urlopen(url, timeout=LIMIT_SECONDS) as answer:
            body = answer.read()
    except HTTPError as error:
        body = error.read()
    except OSError:
        return None
    found: list[str] = json.loads(body)["problems"]
    return found


async def waits_for(on: Scene, service: str, server: str) -> None:
    """Return when a service has said that it waits for a server."""
    name = f"{service}-1"
    await until(
        lambda: f"waiting_for={server}" in on.processes.log(name), lambda: on.processes.log(name)
    )


async def test_a_broker_and_a_database_that_start_later() -> None:
    async with scene(Load([], 0), seed=0, fault_share=0.0) as on:
        for server in ("kafka", "postgres"):
            await asyncio.to_thread(on.servers.end, server)
        for service in SERVICES:
            on.processes.start(service)
        try:
            for service in SERVICES:
                await waits_for(on, service, "kafka")
                assert problems(on, service, "ready")
                assert problems(on, service, "live") == []
            before = {one.process.pid for one in on.processes.replicas.values()}
            await asyncio.to_thread(on.servers.start, "kafka")
            await waits_for(on, "indexer", "database")
            assert problems(on, "indexer", "ready")
            await asyncio.to_thread(on.servers.start, "postgres")
            await on.processes.wait_ready()
            assert {one.process.pid for one in on.processes.replicas.values()} == before
            kafka = Settings(kafka_bootstrap_servers=on.servers.kafka_bootstrap_servers)
            async with KafkaPublisher(kafka, "test") as publisher:
                stage = Stage(on, publisher, count(1))
                (request,) = await stage.ask(stage.capture())
                assert (await stage.ended(request))["state"] == "done"
        finally:
            await on.processes.stop()
