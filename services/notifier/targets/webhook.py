"""Webhooks: CloudEvents over HTTP, signed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from services.notifier.http import Http, Unreachable
from services.notifier.messages import Message, cloud_event
from services.notifier.signing import signed
from services.notifier.targets.target import NotSent, digest
from shared.retry_after import seconds_to_wait

_GONE = 410


class WebhookTarget:
    """An address of a receiver, and the keys that sign for it."""

    together = False

    def __init__(self, url: str, keys: Sequence[bytes], http: Http) -> None:
        # Whoever knows the address of some receivers may send to them.
        self.name = f"webhook {urlsplit(url).hostname} {digest(url)}"
        self._url, self._keys, self._http = url, keys, http

    async def send(self, message: Message) -> None:
        """POST the message; any status of 2xx takes it. Raises NotSent."""
        body, media_type = cloud_event(message)
        now = datetime.now(UTC)
        headers = signed(message.id, now, body, self._keys)
        try:
            reply = await self._http.post(
                self._url, body, headers | {"content-type": media_type, "user-agent": "mofcom"}
            )
        except Unreachable as error:
            raise NotSent(str(error)) from error
        if 200 <= reply.status < 300:
            return
        why = f"it answers {reply.status}"
        if 300 <= reply.status < 400:
            why += ", and redirects are not followed"
        raise NotSent(
            why,
            gone=reply.status == _GONE,
            retry_seconds=seconds_to_wait(reply.headers.get("retry-after", ""), now) or 0.0,
        )
