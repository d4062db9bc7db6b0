"""A receiver of webhooks that verifies each message by the library of Standard Webhooks."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from standardwebhooks.webhooks import Webhook

from testing.archive.server import serve

KEY = bytes(range(32))
SECRET = "whsec_" + base64.b64encode(KEY).decode()


class Receiver:
    """What came, by id: each body as often as it came. `status` is answered, with `headers`."""

    def __init__(self) -> None:
        self.came: dict[str, list[bytes]] = {}
        self.items: list[Any] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.asked = 0
        self.url = ""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on the loopback; its address is `url`."""
    receiver, app = Receiver(), FastAPI()

    @app.post("/hook")
    async def hook(request: Request) -> Response:
        receiver.asked += 1
        body = await request.body()
        said = Webhook(SECRET).verify(body, dict(request.headers))
        if receiver.status == 200:
            receiver.came.setdefault(request.headers["webhook-id"], []).append(body)
            receiver.items += said["data"]["items"]
        return Response(status_code=receiver.status, headers=receiver.headers)

    with serve(app) as origin:
        receiver.url = f"{origin}/hook"
        yield receiver
