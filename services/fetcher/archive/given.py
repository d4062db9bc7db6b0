"""Addresses that people give: where one leads to an error or nowhere, what was meant is found."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

from services.fetcher.archive.answers import Asked, Verdict
from services.fetcher.archive.cdx import Query
from services.fetcher.archive.listing import Lister, ListingFailed, begin
from services.fetcher.archive.nearby import other_forms
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Playback, Player
from services.fetcher.archive.replay import parse_timestamp
from shared.challenges import is_challenge
from shared.events import Answer, CdxRow

# Where the index lists nothing: so many years before the latest capture, each step twice the last.
_YEAR = timedelta(days=365)
_CHALLENGE_BYTES = 128 * 1024


class GivenPlayer:
    """Plays captures as `Player` does. For an address that is not a row of the index it goes on:

    - the latest capture is an error (404, or a firewall's challenge, with 412 or 200): the nearest earlier
      good one, of at most `tries`: of those that the index lists, else one, three, seven years before it;
    - it was never archived: the same page under another form of its address.
    """

    def __init__(self, player: Player, lister: Lister, tries: int) -> None:
        self._player = player
        self.archive = player.archive
        self._lister = lister
        self._tries = tries

    async def play(self, asked: Asked, asked_at: datetime, priority: Priority) -> Playback:
        """Raises DependencyDown while requests to the archive are paused."""
        playback = await self._player.play(asked, asked_at, priority)
        if asked.window is not None:
            return playback
        if playback.verdict.answer is Answer.NEVER_ARCHIVED:
            return await self._under_another_form(playback, asked, asked_at, priority)
        if self._tries and asked.timestamp is None and _is_error(playback):
            return await self._earlier(playback, asked, asked_at, priority)
        return playback

    async def _under_another_form(
        self, playback: Playback, asked: Asked, asked_at: datetime, priority: Priority
    ) -> Playback:
        for url in other_forms(asked.url):
            other = await self._player.play(replace(asked, url=url), asked_at, priority)
            if other.body is not None:
                return _instead(other, f"never archived as given, but as {url}")
        return playback

    async def _earlier(
        self, playback: Playback, asked: Asked, asked_at: datetime, priority: Priority
    ) -> Playback:
        status = playback.reply.status if playback.reply else "none"
        async for other in self._candidates(playback, asked, asked_at, priority):
            earlier = await self._player.play(other, asked_at, priority)
            if earlier.body is not None and earlier.served and not _is_error(earlier):
                good = earlier.served.timestamp
                return _instead(earlier, f"the latest capture has status {status}, {good} is good")
        return playback

    async def _candidates(
        self, playback: Playback, asked: Asked, asked_at: datetime, priority: Priority
    ) -> AsyncIterator[Asked]:
        listed = await self._listed(asked, asked_at, priority)
        for row in listed:
            yield Asked(row.original, row.timestamp)
        served = playback.served
        latest = parse_timestamp(served.timestamp) if served else None
        if listed or latest is None:
            return
        for step in range(1, self._tries + 1):
            before = latest - (2**step - 1) * _YEAR
            yield replace(asked, timestamp=f"{before:%Y%m%d%H%M%S}".zfill(14))

    async def _listed(self, asked: Asked, asked_at: datetime, priority: Priority) -> list[CdxRow]:
        """The newest captures with status 200 that the index lists, newest first; what came before it failed."""
        cursor = begin(Query(asked.url, "exact", revisits=False), asked_at)
        found: list[CdxRow] = []
        try:
            while not cursor.ended:
                cursor, rows = await self._lister.next_page(cursor, priority)
                found = sorted([*found, *rows], key=lambda row: row.timestamp)[-self._tries :]
        except ListingFailed:
            pass
        return found[::-1]


def _is_error(playback: Playback) -> bool:
    reply, body = playback.reply, playback.body
    if reply is None or body is None:
        return False
    # Its script is ASCII, and what text it has counts in bytes as well.
    return reply.status >= 400 or is_challenge(body[:_CHALLENGE_BYTES].decode("latin-1"))


def _instead(playback: Playback, why: str) -> Playback:
    return replace(playback, verdict=Verdict(Answer.SUBSTITUTE, why))
