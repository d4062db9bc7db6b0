"""The payload of an answer, without its content codings."""

from dataclasses import dataclass

from services.fetcher.archive.bodies import BodyTooLarge, CorruptBody, decode_content
from services.fetcher.archive.reply import NoReply, Reply


@dataclass(frozen=True, slots=True)
class Payload:
    """The bytes, and the codings that they had, outermost first. `oversize` says why there are none,
    `broken` why they are still coded.
    """

    body: bytes = b""
    codings: tuple[str, ...] = ()
    oversize: str | None = None
    broken: str | None = None


def read(reply: Reply | NoReply, limit: int) -> Payload:
    """The payload of a whole answer, up to `limit` bytes; an empty one of any other."""
    if isinstance(reply, NoReply):
        return Payload()
    if reply.ending == "too large":
        return Payload(oversize="larger than the download limit")
    if reply.ending != "whole":
        return Payload()
    try:
        decoded = decode_content(
            reply.body,
            reply.all("content-encoding"),
            reply.header("content-type") or "",
            limit,
        )
    except BodyTooLarge as error:
        return Payload(oversize=str(error))
    except CorruptBody as error:
        return Payload(reply.body, broken=str(error))
    return Payload(decoded.body, decoded.codings)
