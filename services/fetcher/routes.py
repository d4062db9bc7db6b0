"""`POST /requests`: addresses over HTTP."""

import asyncio
from datetime import UTC, datetime

import structlog
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.fetcher.addresses import NotAnAddress, address_requested, ledger_id, parse_address
from services.fetcher.elsewhere import archive_for
from services.fetcher.settings import FetcherSettings
from shared.delivery.publisher import Publication, Publisher
from shared.errors import DependencyDown
from shared.topics import ADDRESS_REQUESTED

log = structlog.get_logger()


class Asked(BaseModel):
    """The request body: addresses in any form that a seeds file takes."""

    model_config = ConfigDict(extra="forbid")

    addresses: list[str] = Field(min_length=1)


class Accepted(BaseModel):
    """`read_as` is the address in its plainest form, ``[TIMESTAMP/]URL[*]``. `request_id` is the id under
    which the ledger tracks it: that of the request for a capture, or for a prefix that of the address
    itself.
    """

    address: str
    read_as: str
    request_id: str


class Refused(BaseModel):
    """`reason` says what is wrong with the address, and what to do."""

    address: str
    reason: str


class Answered(BaseModel):
    """What was accepted and what was refused, in the order given."""

    accepted: list[Accepted]
    refused: list[Refused]


def create_router(settings: FetcherSettings, publisher: Publisher) -> APIRouter:
    """The routes of the fetcher. `publisher` is started before the service is ready."""
    router = APIRouter()
    under_way: set[asyncio.Task[None]] = set()

    @router.post(
        "/requests",
        summary="Request captures; answers once Kafka has the requests.",
        status_code=202,
        response_model=Answered,
        responses={
            413: {"description": "The body is too large."},
            422: {"description": "No address in it is valid; says why."},
            503: {"description": "Kafka has not confirmed yet; repeating the request is safe."},
        },
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": Asked.model_json_schema()}},
            }
        },
    )
    async def ask(request: Request) -> Response:
        body = await _body(request, settings.request_body_bytes)
        if body is None:
            raise HTTPException(413, f"the body is larger than {settings.request_body_bytes} bytes")
        try:
            asked = Asked.model_validate_json(body)
        except ValidationError as error:
            raise HTTPException(422, "\n".join(_wrong_fields(error))) from error
        answered, publications = _sorted(asked, settings)
        if publications:
            task = asyncio.create_task(publisher.publish(publications))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            # Not cancelled on timeout: part of it may have been sent.
            await asyncio.wait({task}, timeout=settings.confirm_seconds)
            if not task.done():
                raise HTTPException(503, "Kafka has not confirmed in time; ask again")
            try:
                task.result()
            except DependencyDown as down:
                log.warning("not confirmed", why=str(down))
                raise HTTPException(503, f"{down}; ask again") from down
        return JSONResponse(answered.model_dump(), 202 if publications else 422)

    return router


async def _body(request: Request, limit: int) -> bytes | None:
    """The whole body; None if it is larger than `limit` bytes."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            return None
    return bytes(body)


def _wrong_fields(error: ValidationError) -> list[str]:
    """A line for each thing that is wrong with a body, after the field that it is about."""
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    return [
        ": ".join(filter(None, (".".join(map(str, one["loc"])), one["msg"]))) for one in problems
    ]


def _sorted(asked: Asked, settings: FetcherSettings) -> tuple[Answered, list[Publication]]:
    now = datetime.now(UTC)
    answered = Answered(accepted=[], refused=[])
    publications = []
    for text in asked.addresses:
        try:
            address = parse_address(text)
        except NotAnAddress as refused:
            answered.refused.append(Refused(address=text, reason=str(refused)))
            continue
        requested = address_requested(address, "http", now)
        archive = archive_for(address, settings)
        accepted = Accepted(
            address=text,
            read_as=address.read_as,
            request_id=ledger_id(address, requested, archive),
        )
        answered.accepted.append(accepted)
        publications.append(Publication(ADDRESS_REQUESTED, requested))
    return answered, publications
