"""Forged `address.requested` before the fetcher, whose index answers with damaged pages."""

from pathlib import Path
from random import Random
from typing import Any

from services.fetcher.archive.client import Client
from services.fetcher.archive.listing import Lister
from services.fetcher.archive.reply import Reply
from services.fetcher.expand import ExpandAddress
from services.fetcher.store.connection import Store
from services.fetcher.store.listings import Listings
from shared.events import AddressRequested
from shared.health import Health
from testing.doubles import RecordingPublisher
from testing.fetcher.pages import PAGE
from testing.fetcher.stage import UncontestedLease, settings
from testing.forgery import damaged
from testing.servers import as_role
from tests.borders.settled import FORGERIES, unnamed
from tests.shared.samples import ADDRESS

_ROW = f"cn,gov,mofcom)/a 20190101000000 {PAGE} text/html 200 3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ 100"
_LAST = f"{_ROW}\n".encode()
_MORE = f"{_ROW}\n{_ROW}\n\ncn%2C{{}}".encode()


class _Index(Client):
    """Answers with pages of the index, of which some are damaged, without a socket."""

    def __init__(self, folder: Path) -> None:
        async def kept(pause: object) -> None:
            return

        super().__init__(settings(folder), UncontestedLease(), kept)
        self._asked = 0

    async def get(self, target: str, pace: Any, priority: Any, judge: Any) -> Any:
        self._asked += 1
        chance = Random(self._asked)
        page = _MORE.replace(b"{}", b"%d" % self._asked) if chance.random() < 0.3 else _LAST
        if chance.random() < 0.5:
            page = damaged(page, self._asked)
        status = chance.choice((200, 200, 200, 200, 404, 429, 504))
        reply = Reply(status, (("content-type", "text/plain"),), page, "whole")
        return reply, judge(reply)


async def test_every_forged_address_is_expanded_or_refused_by_name(
    tmp_path: Path, database_url: str
) -> None:
    ours, store = settings(tmp_path), Store(as_role(database_url, "fetcher"))
    lister = Lister(_Index(tmp_path), ours.cdx_page_rows, 3, ours.body_bytes)
    requests = RecordingPublisher()
    handler = ExpandAddress(lister, Listings(store), requests, ours, Health(60.0))
    prefix = ADDRESS.model_copy(update={"address": f"{PAGE}*"})
    last = prefix.model_copy(update={"attempt": ours.fetch_attempts})
    reasons, wrong = await unnamed(
        AddressRequested, handler, [ADDRESS, prefix, last], FORGERIES // 5
    )
    assert wrong == {}
    assert reasons == {"invalid event", "index failed"}
    assert len(requests.published) > FORGERIES // 40
    await store.stop()
