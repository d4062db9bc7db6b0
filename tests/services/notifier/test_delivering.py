"""Messages reach their targets in order; one that fails is tried again, and given up at last."""

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from services.notifier.delivering import Delivering
from services.notifier.settings import NotifierSettings
from services.notifier.store import Store
from services.notifier.targets.target import NotSent
from testing.indexer.events import notice
from testing.waiting import until
from tests.database.conftest import Write, read
from tests.services.notifier.conftest import Collecting, Desk

FILE = "[[alert]]\nname = 'a'"


def delivering(store: Store, **settings: Any) -> Delivering:
    return Delivering(store, NotifierSettings(**settings))


async def write_some(write: Write, numbers: range) -> None:
    for number in numbers:
        await write([read(notice(document_number=f"商务部公告2026年第{number}号"))])


async def test_each_is_told_once_and_in_order(desk: Desk, store: Store, write: Write) -> None:
    hook, mail = Collecting(), Collecting("mail ann@example.com", together=True)
    await desk.alerts(FILE, hook, mail)
    await write_some(write, range(1, 8))
    await desk.read()
    step = delivering(store)
    for _ in range(2):
        assert await step.step(desk.targets) is None
    numbers = [item["document_number"] for item in hook.items]
    assert numbers == [f"商务部公告2026年第{number}号" for number in range(1, 8)]
    assert len(hook.sent) == 7
    assert [item["id"] for item in hook.items] == [message.id for message in hook.sent]
    # Who is told of several at once gets one message.
    (message,) = mail.sent
    assert [dict(item) for item in message.items] == hook.items
    assert hook.items[0]["url"].startswith("http://127.0.0.1:18480/n/")


async def test_a_target_that_fails_waits_and_holds_up_no_other(
    desk: Desk, store: Store, write: Write, connection: asyncpg.Connection
) -> None:
    bad, good = Collecting(), Collecting("webhook b.example 2")
    bad.why = NotSent("it answers 500")
    await desk.alerts(FILE, bad, good)
    await write_some(write, range(1, 4))
    await desk.read()
    step = delivering(store, first_retry_seconds=600)
    seconds = await step.step(desk.targets)
    assert seconds is not None
    assert 500 < seconds <= 600
    assert len(good.sent) == 3
    trouble: Any = await connection.fetchrow("SELECT * FROM alert_troubles")
    assert (trouble["target"], trouble["error"]) == (bad.name, "it answers 500")
    assert trouble["disabled_at"] is None
    # Not yet.
    bad.why = None
    await step.step(desk.targets)
    assert bad.sent == []
    await connection.execute("UPDATE notifier.target SET next_attempt_at = '-infinity'")
    await step.step(desk.targets)
    assert [item["id"] for item in bad.items] == [item["id"] for item in good.items]
    assert await connection.fetch("SELECT * FROM alert_troubles") == []


async def test_after_a_day_a_target_is_given_up_until_the_file_is_saved_again(
    desk: Desk, store: Store, write: Write, connection: asyncpg.Connection
) -> None:
    hook = Collecting()
    hook.why = NotSent("it answers 500")
    await desk.alerts(FILE, hook)
    await write_some(write, range(1, 3))
    await desk.read()
    step = delivering(store)
    await step.step(desk.targets)
    await connection.execute(
        "UPDATE notifier.target SET next_attempt_at = '-infinity', failing_since = now() - $1::interval",
        timedelta(hours=23, minutes=50),
    )
    await step.step(desk.targets)
    disabled = "SELECT disabled_at IS NOT NULL FROM notifier.target"
    assert not await connection.fetchval(disabled)
    await connection.execute(
        "UPDATE notifier.target SET next_attempt_at = '-infinity', failing_since = now() - $1::interval",
        timedelta(days=1),
    )
    await step.step(desk.targets)
    assert await connection.fetchval(disabled)
    hook.why = None
    assert await step.step(desk.targets) is None
    assert hook.sent == []
    # What it misses is kept: saved again, all of it is told.
    await desk.alerts(FILE + "\n", hook)
    assert not await connection.fetchval(disabled)
    await step.step(desk.targets)
    assert len(hook.sent) == 2


async def test_a_target_that_is_gone_is_given_up_at_once(
    desk: Desk, store: Store, write: Write, connection: asyncpg.Connection
) -> None:
    hook = Collecting()
    hook.why = NotSent("it answers 410", gone=True)
    await desk.alerts(FILE, hook)
    await write_some(write, range(1, 2))
    await desk.read()
    assert await delivering(store).step(desk.targets) is None
    assert await connection.fetchval("SELECT disabled_at IS NOT NULL FROM alert_troubles")


@pytest.mark.parametrize(("asked", "waits"), [(120, 120), (10**9, 3600)])
async def test_a_target_may_ask_for_time(
    desk: Desk, store: Store, write: Write, asked: float, waits: float
) -> None:
    hook = Collecting()
    hook.why = NotSent("it answers 429", retry_seconds=asked)
    await desk.alerts(FILE, hook)
    await write_some(write, range(1, 2))
    await desk.read()
    seconds = await delivering(store).step(desk.targets)
    assert seconds == pytest.approx(waits, abs=60)


async def test_a_step_ends_however_much_one_target_has_to_be_told(
    desk: Desk,
    store: Store,
    write: Write,
    connection: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("services.notifier.delivering._STEP_SECONDS", 0)
    hook = Collecting()
    await desk.alerts(FILE, hook)
    await write_some(write, range(1, 4))
    await desk.read()
    step = delivering(store)
    for number in range(1, 4):
        # Goes on at once, and meanwhile others are told and a stop is heard.
        assert await step.step(desk.targets) == 0
        assert len(hook.sent) == number
    assert await step.step(desk.targets) is None
    assert len(hook.sent) == 3
    assert await connection.fetchval("SELECT last_sent_at > now() - INTERVAL '1 hour' FROM alerts")


async def test_alerts_that_are_applied_meanwhile_do_not_lock_out_who_tells(
    desk: Desk, store: Store, write: Write, connection: asyncpg.Connection
) -> None:
    """A message that was taken is not told again because its transaction lost a deadlock."""
    hook = Collecting()
    hook.why = NotSent("it answers 500")
    await desk.alerts(FILE, hook)
    await write_some(write, range(1, 2))
    await desk.read()
    step = delivering(store)
    await step.step(desk.targets)
    await connection.execute("UPDATE notifier.target SET next_attempt_at = '-infinity'")
    hook.why = None
    hook.takes = asyncio.Event()
    telling = asyncio.create_task(step.step(desk.targets))
    await until(lambda: hook.asked == 2)
    applying = asyncio.create_task(desk.alerts(FILE + "\n", hook))
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"

    async def is_waiting() -> bool:
        return bool(await connection.fetchval(waits))

    await until(is_waiting)
    hook.takes.set()
    await asyncio.gather(telling, applying)
    assert len(hook.sent) == 1
    assert await step.step(desk.targets) is None
    assert len(hook.sent) == 1
