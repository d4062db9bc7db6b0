"""The ledger: from an event to the progress of an address or a request. Pure.

Events may arrive in any order and any number of times. Each yields a change; changes are ordered by
attempt, stage, parser version, time and event id. The greatest one wins, so late or redelivered
events change nothing.
"""

from datetime import datetime
from enum import IntEnum
from typing import Literal, NamedTuple

from shared.events import (
    AddressExpanded,
    AddressRequested,
    AttachmentRead,
    CaptureFetched,
    CaptureRequested,
    DeadLetter,
    DeadLetterHandled,
    Done,
    Event,
    ListsRead,
    ListsRequested,
    NoticeParsed,
    NoticeTranslated,
    Outcome,
    RetryAt,
    Skipped,
    TranslationRequested,
)
from shared.topics import (
    ADDRESS_EXPANDED,
    ADDRESS_REQUESTED,
    ATTACHMENT_READ,
    CAPTURE_BACKLOG,
    CAPTURE_ELSEWHERE,
    CAPTURE_FETCHED,
    CAPTURE_REQUESTED,
    NOTICE_PARSED,
)

Kind = Literal["address", "request"]
State = Literal["waiting", "fetched", "done", "skipped", "retry", "dead"]

INDEXER = "indexer"


class Stage(IntEnum):
    """Progress of an attempt. The odd numbers in between are for dead letters."""

    ASKED = 2
    FETCHED = 4
    PARSED = 6


# The stage that a record of each topic marks; an address counts as fetched when it is expanded.
_STAGE = {
    ADDRESS_REQUESTED.name: Stage.ASKED,
    CAPTURE_REQUESTED.name: Stage.ASKED,
    CAPTURE_BACKLOG.name: Stage.ASKED,
    CAPTURE_ELSEWHERE.name: Stage.ASKED,
    ADDRESS_EXPANDED.name: Stage.FETCHED,
    CAPTURE_FETCHED.name: Stage.FETCHED,
    NOTICE_PARSED.name: Stage.PARSED,
    ATTACHMENT_READ.name: Stage.PARSED,
}


class LedgerChange(NamedTuple):
    """A row of the ledger, if it is the greatest by its fields 3 to 7 (attempt to event_id)."""

    kind: Kind
    id: str
    attempt: int
    stage: int
    parser_version: int
    happened_at: datetime
    event_id: str
    state: State
    reason: str | None = None
    detail: str | None = None
    next_attempt_at: datetime | None = None
    requests: int | None = None
    topic: str | None = None
    partition: int | None = None
    offset: int | None = None
    trace: str | None = None


class LedgerError(NamedTuple):
    """The last error of a row, if it is the latest."""

    kind: Kind
    id: str
    at: datetime
    error: str


def change_of(event: Event) -> LedgerChange | None:
    """The ledger's change by `event`; None for a dead letter without ids.

    Lists and translations do not change it: a request has its outcome when its page is parsed. Nor does the
    handling of a dead letter: a repeated request has an event of its own.
    """
    match event:
        case AddressRequested():
            return _change(event, "address", event.address_id, event.attempt, Stage.ASKED)
        case CaptureRequested():
            return _change(event, "request", event.request_id, event.attempt, Stage.ASKED)
        case AddressExpanded():
            return _expanded(event)
        case CaptureFetched():
            return _fetched(event)
        case NoticeParsed() | AttachmentRead():
            return _parsed(event)
        case DeadLetter():
            return _died(event)
        case (
            ListsRequested()
            | ListsRead()
            | NoticeTranslated()
            | TranslationRequested()
            | DeadLetterHandled()
        ):
            return None
    raise TypeError(f"the ledger does not know {event.TYPE}")


def error_of(event: Event) -> LedgerError | None:
    """The error of a failed attempt; None for other events."""
    change = change_of(event)
    if change is None or change.state not in ("retry", "dead"):
        return None
    error = ": ".join(part for part in (change.reason, change.detail) if part)
    return LedgerError(change.kind, change.id, change.happened_at, error)


def _expanded(event: AddressExpanded) -> LedgerChange:
    address = event.address
    change = _change(event, "address", address.address_id, address.attempt, Stage.FETCHED)
    return _ended(change, event.outcome)._replace(requests=event.requests)


def _fetched(event: CaptureFetched) -> LedgerChange:
    change = _change(
        event, "request", event.request.request_id, event.request.attempt, Stage.FETCHED
    )
    awaits_parser = event.body is not None and event.capture is not None
    if awaits_parser and isinstance(event.outcome, Done):
        return change._replace(state="fetched")
    return _ended(change, event.outcome)


def _parsed(event: NoticeParsed | AttachmentRead) -> LedgerChange:
    request, fetched = event.fetched.request, event.fetched.outcome
    change = _change(event, "request", request.request_id, request.attempt, Stage.PARSED)
    # If the fetcher wants a retry or has skipped it, that holds even if the parser read its body.
    outcome = event.outcome if isinstance(fetched, Done) else fetched
    if isinstance(outcome, Done):
        # What is special about a request that is done is how it was fetched.
        outcome = fetched
    return _ended(change, outcome)


def _died(event: DeadLetter) -> LedgerChange | None:
    kind: Kind = "request" if event.request_id else "address"
    named = event.request_id or event.address_id
    if named is None:
        return None
    # The indexer's dead letter is about a record that it could not write, another service's about
    # one that it could not process. Either way the event that should have followed ranks above it,
    # so that a successful replay replaces it.
    step = -1 if event.service == INDEXER else 1
    stage = _STAGE.get(event.origin.topic, Stage.ASKED) + step
    attempt = 1 if event.attempt is None else event.attempt
    return _change(event, kind, named, attempt, stage)._replace(
        state="dead",
        reason=event.reason,
        detail=f"{event.service}: {event.error.strip().rpartition(chr(10))[2]}",
    )


def _change(event: Event, kind: Kind, named: str, attempt: int, stage: int) -> LedgerChange:
    return LedgerChange(
        kind=kind,
        id=named,
        attempt=attempt,
        stage=stage,
        parser_version=event.parser_version
        if isinstance(event, NoticeParsed | AttachmentRead)
        else 0,
        happened_at=_happened_at(event),
        event_id=event.id,
        state="waiting",
    )


def _ended(change: LedgerChange, outcome: Outcome) -> LedgerChange:
    match outcome:
        case Done():
            return change._replace(state="done", detail=outcome.detail)
        case Skipped():
            return change._replace(state="skipped", reason=outcome.reason, detail=outcome.detail)
        case RetryAt():
            return change._replace(
                state="retry",
                reason=outcome.reason,
                detail=outcome.detail,
                next_attempt_at=outcome.at,
            )


def _happened_at(event: Event) -> datetime:
    match event:
        case AddressRequested() | CaptureRequested():
            return event.asked_at
        case AddressExpanded():
            return event.address.asked_at
        case CaptureFetched():
            return event.fetched_at
        case NoticeParsed():
            return event.parsed_at
        case AttachmentRead():
            return event.read_at
        case DeadLetter():
            return event.first_seen_at
    raise TypeError(f"no time in {event.TYPE}")
