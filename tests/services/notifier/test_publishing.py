"""The topic `notice.changed`: nothing is lost, and the same is published under the same id."""

from collections.abc import Iterable

import asyncpg
import pytest

from services.notifier.publishing import Publishing
from services.notifier.statuses import Statuses
from services.notifier.store import Store
from shared.delivery.publisher import Publication
from shared.errors import DependencyDown
from shared.events import NoticeChanged
from shared.topics import NOTICE_CHANGED
from testing.doubles import RecordingPublisher
from tests.services.notifier.test_statuses import EVENING, MIDNIGHT


class Unconfirmed(RecordingPublisher):
    """Kafka has taken everything, and the confirmation is lost."""

    async def publish(self, publications: Iterable[Publication]) -> None:
        await super().publish(publications)
        raise DependencyDown("kafka", "no answer")


async def everything(store: Store, publisher: RecordingPublisher) -> list[NoticeChanged]:
    publishing = Publishing(store, publisher, batch=7)
    while await publishing.step() == 0:
        pass
    assert all(one.topic == NOTICE_CHANGED for one in publisher.published)
    return [event for event in publisher.events if isinstance(event, NoticeChanged)]


async def test_both_logs_are_published_once(store: Store, connection: asyncpg.Connection) -> None:
    statuses = Statuses(store, rest_factor=0)
    await statuses.compare(EVENING)
    await statuses.compare(MIDNIGHT)
    events = await everything(store, RecordingPublisher())
    for log, table in (("changes", "changes"), ("statuses", "notifier.status_change")):
        rows = await connection.fetch(f"SELECT sequence FROM {table} ORDER BY sequence")  # noqa: S608
        assert [one.sequence for one in events if one.log == log] == [
            row["sequence"] for row in rows
        ]
        assert rows
    assert len({event.id for event in events}) == len(events)
    lapsed = next(
        one for one in events if one.notice_key == "商务部2025-61" and one.change == "status"
    )
    assert (lapsed.old_status, lapsed.status) == ("suspended", "in force")
    assert lapsed.document_number == "商务部公告2025年第61号"
    assert await everything(store, RecordingPublisher()) == []


async def test_what_was_not_confirmed_is_published_again_under_the_same_id(store: Store) -> None:
    lost = Unconfirmed()
    with pytest.raises(DependencyDown):
        await everything(store, lost)
    again = await everything(store, RecordingPublisher())
    assert [event.id for event in lost.events] == [event.id for event in again][: len(lost.events)]
