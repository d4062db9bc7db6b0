"""Faust's transport, patient: a consumer without records wakes for its heartbeats and little else.

Faust does not pass on how long its client waits, so that the client looks five times a second whether there
is something to fetch. That makes no record come sooner: each wakes what waits for it.
"""

from typing import Any, cast

from aiokafka import AIOKafkaConsumer, TopicPartition
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer, Transport
from faust.types import AppT
from faust.types.tuples import TP

from shared.kafka import IDLE_FETCH_MS


class _Thread(AIOKafkaConsumerThread):
    def _create_worker_consumer(self, transport: Any) -> AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        consumer._consumer_timeout = IDLE_FETCH_MS / 1000
        consumer._fetch_max_wait_ms = IDLE_FETCH_MS
        return consumer


class _Consumer(Consumer):
    def _new_consumer_thread(self) -> AIOKafkaConsumerThread:
        return _Thread(self, loop=self.loop, beacon=self.beacon)

    async def committed(self, tp: TP) -> int | None:
        """The offset that Kafka has for the group."""
        thread = cast(_Thread, self._thread)
        client = thread._ensure_consumer()
        offset: int | None = await thread.call_thread(client.committed, TopicPartition(*tp))
        return offset

    async def verify_all_partitions_active(self) -> None:
        # `shared.service.lag` watches for consumers that stand still.
        pass


class _Transport(Transport):
    Consumer = _Consumer


def be_patient(app: AppT) -> None:
    """Give an app that has not started this transport."""
    app.transport = _Transport(app.conf.broker_consumer, app)
