"""A double of Save Page Now 2 in front of an archive, with the shapes of its public documentation.

It is no recording: nothing of the live service was at hand. See `services.fetcher.save.shapes`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from deploy.local.archive.answer import Answer
from deploy.local.archive.app import read_request, send_answer
from deploy.local.archive.captures import Capture
from testing.archive.faults import FaultyArchive

JSON = (("content-type", "application/json"),)
KEYS = "access1:secret2"
CAPTURED = "20260102030507"

Said = tuple[int, Any, *tuple[tuple[str, str], ...]]
"""An HTTP status, JSON or text, and headers."""
Reply = Callable[[str], Said]


@dataclass
class SavePageNow:
    """ASGI app. `posts` are the forms received, `asked` all targets below /save.

    `submit` says what is answered to a POST for a URL, `status` what to the question how a job stands.
    By default all pages are captured at once, and played by the archive from then on.
    """

    archive: FaultyArchive
    body: bytes = b"<title>captured</title>"
    user: dict[str, Any] = field(default_factory=lambda: {"available": 5, "processing": 0})
    posts: list[dict[str, list[str]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    submit: Reply | None = None
    status: Reply | None = None
    _jobs: dict[str, str] = field(default_factory=dict)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """ASGI's entry."""
        request = read_request(scope)
        path = request.target.partition("?")[0]
        if path != "/save" and not path.startswith("/save/"):
            await self.archive(scope, receive, send)
            return
        self.asked.append(request.target)
        if request.headers.get("authorization") != f"LOW {KEYS}":
            await _send(send, 401, {"message": "You need to be logged in to use Save Page Now."})
        elif request.method == "POST":
            form = parse_qs((await _body(receive)).decode())
            self.posts.append(form)
            await _send(send, *self._submitted(form["url"][0]))
        elif path == "/save/status/user":
            await _send(send, 200, self.user)
        else:
            await _send(send, *self._stands(path.rpartition("/")[2]))

    def _submitted(self, url: str) -> Said:
        if self.submit is not None:
            return self.submit(url)
        job = f"spn2-{len(self._jobs):040x}"
        self._jobs[job] = url
        return 200, {"url": url, "job_id": job}

    def _stands(self, job: str) -> Said:
        if self.status is not None:
            return self.status(job)
        url = self._jobs[job]
        self.archive.archive.captures.add(Capture(url, CAPTURED, self.body))
        return 200, {
            "status": "success",
            "job_id": job,
            "original_url": url,
            "timestamp": CAPTURED,
            "duration_sec": 6.203,
            "resources": [url],
            "outlinks": [],
        }


async def _body(receive: Any) -> bytes:
    parts: bytes = b""
    while True:
        message = await receive()
        parts += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return parts


async def _send(send: Any, status: int, said: Any, *headers: tuple[str, str]) -> None:
    body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
    await send_answer(Answer(status, (*JSON, *headers), body), send)
