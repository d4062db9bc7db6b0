"""From a request to the capture that the archive serves; redirects are followed explicitly."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.fetcher.addresses import in_scope
from services.fetcher.archive.answers import (
    Asked,
    Verdict,
    is_memento,
    judge,
    leads_to,
    redirects,
)
from services.fetcher.archive.client import Client
from services.fetcher.archive.lengths import length, whole_length
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.reading import Payload, read
from services.fetcher.archive.replay import (
    CaptureRef,
    capture_ref,
    is_loop,
    memento_datetime,
    redirect_target,
    served,
)
from services.fetcher.archive.reply import NoReply, Reply
from shared.events import Answer

MAX_HOPS = 5

_HEAD = 256 * 1024


@dataclass(frozen=True, slots=True)
class Playback:
    """The result of requesting a capture.

    With a memento, `served` is the capture and `body` its payload without content codings. If it
    exceeds the limits, there is no body, and `oversize` says why. `declared_size` is the length that the
    site declared, where the body is shorter and no coding explains it: the capture was cut. `archive` is
    where it comes from, as in `shared.events.Capture`, and `targets` what was requested there, the first
    one as asked.
    """

    verdict: Verdict
    reply: Reply | None = None
    served: CaptureRef | None = None
    body: bytes | None = None
    codings: tuple[str, ...] = ()
    oversize: str | None = None
    declared_size: int | None = None
    archive: str | None = None
    targets: tuple[str, ...] = ()


class Player:
    """Plays captures, bodies up to `limit` bytes."""

    def __init__(self, client: Client, limit: int) -> None:
        self._client = client
        self._archive = client.archive
        self.archive: str | None = client.archive.prefix
        self._limit = limit

    async def play(self, asked: Asked, asked_at: datetime, priority: Priority) -> Playback:
        """Request a capture and follow at most five redirects, only inside the archive.

        Raises DependencyDown while requests to the archive are paused.
        """
        visited = [capture_ref(asked.url, asked.timestamp, asked_at)]
        redirected = False
        while True:
            at = visited[-1]
            payload = Payload()

            def classified(
                reply: Reply | NoReply, at: CaptureRef = at, redirected: bool = redirected
            ) -> Verdict:
                nonlocal payload
                payload = read(reply, self._limit)
                if payload.broken and isinstance(reply, Reply) and _has_body(reply):
                    return Verdict(Answer.TRUNCATED, payload.broken)
                head = payload.body[:_HEAD]
                return judge(self._archive, reply, head, asked, at, redirected)

            target = self._archive.capture_target(at)
            reply, verdict = await self._client.get(
                target, self._client.memento_pace, priority, classified
            )
            if isinstance(reply, NoReply):
                return Playback(verdict)
            if not redirects(reply):
                ended = _ended(verdict, visited, reply, payload, redirected)
                targets = tuple(map(self._archive.capture_target, visited))
                return replace(ended, archive=self._archive.prefix, targets=targets)
            archived = verdict.answer is Answer.ARCHIVED_REDIRECT
            following = self._following(reply, at, archived)
            redirected = redirected or archived
            problem = _problem(following, reply, visited)
            if following is None or problem:
                if verdict.answer is not Answer.TRANSIENT:
                    answer = Answer.ARCHIVED_REDIRECT if redirected else Answer.UNPLAYABLE
                    verdict = Verdict(answer, problem)
                return Playback(verdict, reply)
            visited.append(following)

    def _following(self, reply: Reply, at: CaptureRef, archived: bool) -> CaptureRef | None:
        location = reply.header("location") or ""
        # The Wayback Machine rewrites the site's own redirects to itself, too.
        if (following := self._archive.capture_at(location)) or not archived:
            return following
        moment = memento_datetime(reply.header("memento-datetime"))
        return redirect_target(location, served(at, moment, reply.all("link")))


def declared_size(reply: Reply, payload: Payload) -> int | None:
    """The bytes that the site declared for a capture, if fewer are there and no coding explains it.

    A redirect's body and that of a status without one are never wanted whole.
    """
    coded = payload.codings or reply.header("x-archive-orig-content-encoding")
    if reply.status not in (200, 206) or coded or payload.oversize:
        return None
    declared = (
        length(reply.header("x-archive-orig-content-length")),
        # A crawler that asked for a part, or a server that sent only one.
        whole_length(reply.header("x-archive-orig-content-range")),
    )
    longest = max(one or 0 for one in declared)
    return longest if len(payload.body) < longest else None


def _has_body(reply: Reply) -> bool:
    """Whether an answer is a capture whose body is needed."""
    return is_memento(reply) and not redirects(reply)


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
    verdict: Verdict,
    visited: Sequence[CaptureRef],
    reply: Reply,
    payload: Payload,
    redirected: bool,
) -> Playback:
    moment = memento_datetime(reply.header("memento-datetime"))
    if moment is None:
        if redirected and verdict.answer is Answer.NEVER_ARCHIVED:
            why = f"{leads_to(visited[-1].url, visited[0].url)}, which was never archived"
            verdict = Verdict(Answer.ARCHIVED_REDIRECT, why)
        return Playback(verdict, reply)
    return Playback(
        verdict,
        reply,
        served=served(visited[-1], moment, reply.all("link")),
        body=None if payload.oversize else payload.body,
        codings=payload.codings,
        oversize=payload.oversize,
        declared_size=declared_size(reply, payload),
    )
