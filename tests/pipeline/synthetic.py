"""Captures of synthetic notices, and requests for them."""

from datetime import UTC, date, datetime

from deploy.local.archive.captures import Capture
from shared.delivery.publisher import KafkaPublisher, Publication
from shared.events import CaptureRequested
from shared.identity import request_id
from shared.settings import Settings
from shared.topics import CAPTURE_BACKLOG, Topic
from tests.pipeline.conftest import Pipeline

DAY = date(2024, 1, 1)


def page(series: str, number: int) -> Capture:
    """A distinct notice in the markup of 2020-2023."""
    html = (
        '<html><head><meta charset="utf-8"></head><body>'
        f'<div class="art-title">商务部公告2024年第{number}号</div>'
        '<div class="art-con art-con-bottonmLine">'
        f"<p>商务部公告2024年第{number}号</p><p>为测试{series}，现公告如下。</p>"
        "<p>商务部</p><p>2024年1月1日</p></div></body></html>"
    )
    url = f"http://www.mofcom.gov.cn/article/{series}/202401/{20240100000000 + number}.shtml"
    return Capture(url, "20240102000000", html.encode())


def requested(capture: Capture, backlog: bool) -> CaptureRequested:
    return CaptureRequested(
        request_id=request_id(capture.original, capture.timestamp, DAY),
        url=capture.original,
        timestamp=capture.timestamp,
        asked_at=datetime.now(UTC),
        asked_on=DAY,
        backlog=backlog,
    )


async def publish(pipeline: Pipeline, topic: Topic, captures: list[Capture]) -> None:
    settings = Settings(kafka_bootstrap_servers=pipeline.connections.kafka_bootstrap_servers)
    publisher = KafkaPublisher(settings, "test")
    await publisher.start()
    try:
        await publisher.publish(
            Publication(topic, requested(capture, topic is CAPTURE_BACKLOG)) for capture in captures
        )
    finally:
        await publisher.stop()
