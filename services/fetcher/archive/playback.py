"""From a request to the capture that the archive serves; redirects are followed explicitly."""

from dataclasses import dataclass
from datetime import datetime

from services.fetcher.addresses import in_scope
from services.fetcher.archive.answers import Asked, Verdict, classify, redirects
from services.fetcher.archive.bodies import BodyTooLarge, CorruptBody, decode_content
from services.fetcher.archive.client import Client
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.replay import (
    CaptureRef,
    capture_ref,
    is_loop,
    memento_datetime,
    parse_location,
    redirect_target,
    served,
    target,
)
from services.fetcher.archive.reply import NoReply, Reply
from shared.events import Answer

MAX_HOPS = 5

_HEAD = 256 * 1024


@dataclass(frozen=True, slots=True)
class Playback:
    """The result of requesting a capture.

    `visited` are the captures requested, the first one as asked. With a memento, `served` is the
    capture and `body` its payload without content codings. If it exceeds the limits, there is no
    body, and `oversize` says why.
    """

    verdict: Verdict
    visited: tuple[CaptureRef, ...]
    reply: Reply | None = None
    served: CaptureRef | None = None
    body: bytes | None = None
    codings: tuple[str, ...] = ()
    oversize: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    body: bytes
    codings: tuple[str, ...]
    oversize: str | None = None
    broken: str | None = None


class Player:
    """Plays captures, bodies up to `limit` bytes."""

    def __init__(self, client: Client, limit: int) -> None:
        self._client = client
        self._limit = limit

    async def play(self, asked: Asked, asked_at: datetime, priority: Priority) -> Playback:
        """Request a capture and follow at most five redirects, only inside the archive.

        Raises DependencyDown while requests to the archive are paused.
        """
        visited = [capture_ref(asked.url, asked.timestamp, asked_at)]
        redirected = False
        while True:
            at = visited[-1]
            read = _Read(b"", ())

            def judge(
                reply: Reply | NoReply, at: CaptureRef = at, redirected: bool = redirected
            ) -> Verdict:
                nonlocal read
                read = self._read(reply)
                if read.broken and isinstance(reply, Reply) and _has_body(reply):
                    return Verdict(Answer.TRUNCATED, read.broken)
                return classify(reply, read.body[:_HEAD], asked, at, redirected)

            reply, verdict = await self._client.get(
                target(at), self._client.memento_pace, priority, judge
            )
            if isinstance(reply, NoReply):
                return Playback(verdict, tuple(visited))
            if not redirects(reply):
                return _ended(verdict, visited, reply, read, redirected)
            archived = verdict.answer is Answer.ARCHIVED_REDIRECT
            following = self._following(reply, at, archived)
            redirected = redirected or archived
            problem = _problem(following, reply, visited)
            if following is None or problem:
                answer = Answer.ARCHIVED_REDIRECT if redirected else Answer.UNPLAYABLE
                return Playback(Verdict(answer, problem), tuple(visited), reply)
            visited.append(following)

    def _following(self, reply: Reply, at: CaptureRef, archived: bool) -> CaptureRef | None:
        location = reply.header("location") or ""
        if not archived:
            return parse_location(location, self._client.archive)
        moment = memento_datetime(reply.header("memento-datetime"))
        return redirect_target(
            location, self._client.archive, served(at, moment, reply.all("link"))
        )

    def _read(self, reply: Reply | NoReply) -> _Read:
        if isinstance(reply, NoReply):
            return _Read(b"", ())
        if reply.ending == "too large":
            return _Read(b"", (), oversize="larger than the download limit")
        if reply.ending != "whole":
            return _Read(b"", ())
        try:
            decoded = decode_content(
                reply.body,
                reply.all("content-encoding"),
                reply.header("content-type") or "",
                self._limit,
            )
        except BodyTooLarge as error:
            return _Read(b"", (), oversize=str(error))
        except CorruptBody as error:
            return _Read(reply.body, (), broken=str(error))
        return _Read(decoded.body, decoded.codings)


def _has_body(reply: Reply) -> bool:
    """Whether an answer is a capture whose body is needed."""
    return reply.header("memento-datetime") is not None and not redirects(reply)


def _problem(following: CaptureRef | None, reply: Reply, visited: list[CaptureRef]) -> str:
    """Why a redirect is not followed; empty if it is."""
    if following is None:
        return f"leads out of the archive: {reply.header('location')}"
    if not in_scope(following.url):
        return f"leads to another site: {following.url}"
    if is_loop([*visited, following]):
        return "redirects in a loop"
    if len(visited) > MAX_HOPS:
        return f"more than {MAX_HOPS} redirects"
    return ""


def _ended(
    verdict: Verdict, visited: list[CaptureRef], reply: Reply, read: _Read, redirected: bool
) -> Playback:
    moment = memento_datetime(reply.header("memento-datetime"))
    if moment is None:
        if redirected and verdict.answer is Answer.NEVER_ARCHIVED:
            why = f"leads to {visited[-1].url}, which was never archived"
            verdict = Verdict(Answer.ARCHIVED_REDIRECT, why)
        return Playback(verdict, tuple(visited), reply)
    return Playback(
        verdict,
        tuple(visited),
        reply,
        served=served(visited[-1], moment, reply.all("link")),
        body=None if read.oversize else read.body,
        codings=read.codings,
        oversize=read.oversize,
    )
