from datetime import timedelta

import pytest

from services.indexer.ledger import Stage, change_of, error_of
from shared.events import Answer, Done, Event, RetryAt, Skipped
from shared.topics import (
    ADDRESS_EXPANDED,
    ADDRESS_REQUESTED,
    CAPTURE_BACKLOG,
    CAPTURE_FETCHED,
    CAPTURE_REQUESTED,
    NOTICE_PARSED,
    Topic,
)
from testing.indexer.events import (
    NOON,
    address,
    body,
    dead,
    expanded,
    fetched,
    parsed,
    request,
)

LATER = NOON + timedelta(hours=3)
RETRY = RetryAt(at=LATER, reason="throttled", detail="429")
GONE = Skipped(reason="never archived", detail="404")
ASKED = request()
FETCHED = fetched(ASKED, body=body())


@pytest.mark.parametrize(
    ("event", "state", "reason", "stage"),
    [
        (address(), "waiting", None, Stage.ASKED),
        (expanded(address()), "done", None, Stage.FETCHED),
        (expanded(address(), 0, RETRY), "retry", "throttled", Stage.FETCHED),
        (ASKED, "waiting", None, Stage.ASKED),
        (FETCHED, "fetched", None, Stage.FETCHED),
        (fetched(ASKED, capture=None, outcome=GONE), "skipped", "never archived", Stage.FETCHED),
        (fetched(ASKED, capture=None, outcome=RETRY), "retry", "throttled", Stage.FETCHED),
        # No bytes: no parser will say more.
        (fetched(ASKED), "done", None, Stage.FETCHED),
        (parsed(FETCHED), "done", None, Stage.PARSED),
        (parsed(FETCHED, outcome=Skipped(reason="redirect")), "skipped", "redirect", Stage.PARSED),
    ],
)
def test_each_event_advances_the_state(
    event: Event, state: str, reason: str | None, stage: int
) -> None:
    change = change_of(event)
    assert change is not None
    assert (change.state, change.reason, change.stage) == (state, reason, stage)
    assert (change.next_attempt_at == LATER) == (state == "retry")


def test_an_outcome_or_retry_of_the_fetcher_is_kept_although_the_body_was_read() -> None:
    cut = fetched(ASKED, body=body(), answer=Answer.TRUNCATED, outcome=RETRY)
    change = change_of(parsed(cut))
    assert change is not None
    assert (change.state, change.next_attempt_at) == ("retry", LATER)
    change = change_of(parsed(fetched(ASKED, body=body(), outcome=GONE)))
    assert change is not None
    assert (change.state, change.reason) == ("skipped", "never archived")


def test_what_is_special_about_a_fetch_stays_when_its_page_is_done() -> None:
    fetched_event = fetched(
        ASKED, body=body(), outcome=Done(detail="the latest capture has status 404")
    )
    for event in (fetched(ASKED, outcome=fetched_event.outcome), parsed(fetched_event)):
        change = change_of(event)
        assert change is not None
        assert (change.state, change.detail) == ("done", "the latest capture has status 404")


def test_an_expanded_address_counts_its_requests() -> None:
    change = change_of(expanded(address(), 12))
    assert change is not None
    assert change.requests == 12


@pytest.mark.parametrize(
    ("topic", "service", "above", "below"),
    [
        (ADDRESS_REQUESTED, "fetcher", Stage.ASKED, Stage.FETCHED),
        (CAPTURE_REQUESTED, "fetcher", Stage.ASKED, Stage.FETCHED),
        (CAPTURE_BACKLOG, "fetcher", Stage.ASKED, Stage.FETCHED),
        (CAPTURE_FETCHED, "parser", Stage.FETCHED, Stage.PARSED),
        # The indexer could not take the record in, so nothing of its stage has been written.
        (ADDRESS_EXPANDED, "indexer", Stage.ASKED, Stage.FETCHED),
        (CAPTURE_FETCHED, "indexer", Stage.ASKED, Stage.FETCHED),
        (NOTICE_PARSED, "indexer", Stage.FETCHED, Stage.PARSED),
    ],
)
def test_a_dead_letter_ranks_below_the_event_of_its_replay(
    topic: Topic, service: str, above: int, below: int
) -> None:
    change = change_of(dead(topic, service=service, request_id="r", attempt=2))
    assert change is not None
    assert (change.state, change.attempt) == ("dead", 2)
    assert above < change.stage < below


def test_a_dead_letter_belongs_to_the_request_and_not_to_its_address() -> None:
    change = change_of(dead(CAPTURE_FETCHED, request_id="r", address_id="a"))
    assert change is not None
    assert (change.kind, change.id) == ("request", "r")
    change = change_of(dead(ADDRESS_REQUESTED, address_id="a"))
    assert change is not None
    assert (change.kind, change.id) == ("address", "a")
    assert change_of(dead(CAPTURE_FETCHED)) is None


def test_errors_are_those_of_failed_attempts_only() -> None:
    failed = error_of(fetched(ASKED, capture=None, outcome=RETRY))
    assert failed is not None
    assert failed.error == "throttled: 429"
    died = error_of(dead(CAPTURE_FETCHED, request_id="r"))
    assert died is not None
    assert died.error == "unexpected error: parser: ValueError: no"
    assert error_of(parsed(FETCHED, outcome=Skipped(reason="redirect"))) is None
    assert error_of(ASKED) is None
