"""The final rows do not depend on the order in which events come, nor on how often."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import asyncpg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.indexer.rows import rows_of
from services.indexer.store import Transaction, Unit
from shared.events import (
    DeadLetter,
    DeadLetterHandled,
    Done,
    Event,
    NoticeParsed,
    Outcome,
    RetryAt,
    Skipped,
)
from shared.topics import CAPTURE_FETCHED, CAPTURE_REQUESTED, NOTICE_PARSED
from testing.indexer.events import (
    NOON,
    TABLES,
    address,
    body,
    dead,
    expanded,
    fetched,
    notice,
    parsed,
    request,
    table,
)

# Two of the three end at one capture: outcomes belong to requests, readings to captures.
REQUESTS = (
    request("http://www.mofcom.gov.cn/1.shtml", "20230113054024"),
    request("http://www.mofcom.gov.cn/1.shtml", "20230111174105"),
    request("http://www.mofcom.gov.cn/2.shtml", None),
)
OUTCOMES: st.SearchStrategy[Outcome] = st.one_of(
    st.just(Done()),
    st.sampled_from(["redirect", "error"]).map(lambda reason: Skipped(reason=reason)),
    st.integers(0, 3).map(lambda h: RetryAt(at=NOON + timedelta(hours=h), reason="throttled")),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """What may have happened to three requests and their address; no two at the same instant."""
    instants = (NOON + timedelta(seconds=second) for second in count())
    given = address()
    events: list[Event] = []
    for attempt in range(1, draw(st.integers(1, 2)) + 1):
        tried = given.model_copy(update={"attempt": attempt})
        events += [tried, expanded(tried, attempt, draw(OUTCOMES))]
    for number, asked in enumerate(REQUESTS):
        for attempt in range(1, draw(st.integers(1, 3)) + 1):
            live = asked.model_copy(update={"attempt": attempt})
            events.append(live)
            if draw(st.booleans()):
                swept = {"backlog": True, "asked_at": NOON - timedelta(days=1), "address_id": "b"}
                events.append(live.model_copy(update=swept))
            for _ in range(draw(st.integers(0, 2))):
                events += draw(_fetched_events(live, instants))
            for topic in draw(st.lists(st.sampled_from(DIE_AT), max_size=2)):
                died = _died(live, topic, number, next(instants))
                events.append(died)
                if draw(st.booleans()):
                    events.append(died.model_copy(update={"event_id": live.id}))
                if draw(st.booleans()):
                    events.append(_handled(died, next(instants)))
    return events


DIE_AT = (CAPTURE_REQUESTED, CAPTURE_FETCHED, NOTICE_PARSED)


@st.composite
def _fetched_events(draw: st.DrawFn, asked: Any, instants: Any) -> list[Event]:
    fetched_event = fetched(
        asked,
        outcome=draw(OUTCOMES),
        fetched_at=next(instants),
        body=draw(st.sampled_from([None, body(), body(content_type="text/plain")])),
        capture=draw(st.sampled_from([None, fetched(asked).capture])),
    )
    read: list[NoticeParsed] = [
        parsed(
            fetched_event,
            version,
            parsed_at=(at := next(instants)),
            outcome=draw(OUTCOMES),
            notice=draw(st.sampled_from([None, notice(title=str(at))])),
        )
        for version in draw(st.lists(st.integers(1, 2), max_size=2))
    ]
    return [fetched_event, *read]


def _handled(died: DeadLetter, at: datetime) -> Event:
    return DeadLetterHandled(
        service=died.service, subject=died.subject, action="dropped", note=str(at), handled_at=at
    )


def _died(asked: Any, topic: Any, number: int, at: datetime) -> DeadLetter:
    return dead(
        topic,
        offset=number,
        request_id=asked.request_id,
        address_id=asked.address_id,
        attempt=asked.attempt,
        first_seen_at=at,
        error=str(at),
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), history=histories())
async def test_any_order_and_any_repetition_give_the_same_rows(
    connection: asyncpg.Connection, data: st.DataObject, history: list[Event]
) -> None:
    repeated = history + data.draw(st.lists(st.sampled_from(history), max_size=10), "repeated")
    shuffled = data.draw(st.permutations(repeated), "order")
    size = data.draw(st.integers(1, len(shuffled)), "batch size")

    straight = await _written(connection, [history])
    batches = [shuffled[at : at + size] for at in range(0, len(shuffled), size)]
    assert await _written(connection, batches) == straight


async def test_a_refetched_body_does_not_reopen_what_has_an_outcome(
    connection: asyncpg.Connection,
) -> None:
    asked = request()
    ended = parsed(fetched(asked, body=body()))
    again = fetched(asked, body=body(), fetched_at=ended.parsed_at + timedelta(hours=1))
    await _written(connection, [[asked, ended, again]], keep=True)
    assert await connection.fetchval("SELECT state FROM requests") == "done"
    # The capture itself is shown as last fetched.
    assert await connection.fetchval("SELECT fetched_at FROM captures") == again.fetched_at


async def test_a_later_fetch_without_bytes_takes_none_away(
    connection: asyncpg.Connection,
) -> None:
    asked = request()
    fetched_event = fetched(asked, body=body())
    elsewhere = fetched(request("http://www.mofcom.gov.cn/elsewhere")).capture
    again = asked.model_copy(update={"attempt": 2})
    empty = fetched(again, outcome=Skipped(reason="too large"))
    moved = fetched(again, capture=elsewhere, outcome=Skipped(reason="too large"))
    await _written(connection, [[fetched_event, empty, moved]], keep=True)
    assert (
        await connection.fetchval("SELECT body_sha256 FROM captures WHERE url = $1", asked.url)
        == body().sha256
    )
    assert fetched_event.capture is not None
    assert (
        await connection.fetchval("SELECT capture_id FROM requests")
        == fetched_event.capture.capture_id
    )
    assert await connection.fetchval("SELECT state FROM requests") == "skipped"


async def test_an_older_parser_that_reads_later_changes_nothing(
    connection: asyncpg.Connection,
) -> None:
    fetched_event = fetched(request(), body=body())
    newer = parsed(fetched_event, 2, notice=notice(title="newer"))
    older = parsed(
        fetched_event, 1, notice=notice(title="older"), parsed_at=NOON + timedelta(days=1)
    )
    await _written(connection, [[newer, older]], keep=True)
    assert await connection.fetchval("SELECT title FROM notices") == "newer"


async def test_a_live_request_precedes_one_of_a_sweep(connection: asyncpg.Connection) -> None:
    live = request(address_id="live")
    sweep = {"backlog": True, "asked_at": NOON - timedelta(days=1), "address_id": "sweep"}
    await _written(connection, [[live, live.model_copy(update=sweep)]], keep=True)
    row = await connection.fetchrow("SELECT address_id, backlog FROM requests")
    assert row is not None
    assert tuple(row) == ("live", False)


async def _written(
    connection: asyncpg.Connection, batches: list[list[Event]], *, keep: bool = False
) -> dict[str, Any]:
    """All rows after `batches`, which are rolled back again unless they are to be kept."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        for batch in batches:
            units = [Unit(event, rows_of(event, _notice_of(event))) for event in batch]
            assert await Transaction(connection).write_units(units) == []
        return {name: await table(connection, name) for name in TABLES}
    finally:
        await (transaction.commit() if keep else transaction.rollback())


def _notice_of(event: Event) -> Any:
    return event.notice if isinstance(event, NoticeParsed) else None
