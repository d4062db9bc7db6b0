"""Signs what goes to a webhook: https://github.com/standard-webhooks/standard-webhooks."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime


def signed(event_id: str, moment: datetime, body: bytes, keys: Iterable[bytes]) -> dict[str, str]:
    """The headers of a message that is sent at a moment, signed by each key."""
    seconds = str(int(moment.timestamp()))
    content = b".".join((event_id.encode(), seconds.encode(), body))
    signatures = (hmac.new(key, content, hashlib.sha256).digest() for key in keys)
    return {
        "webhook-id": event_id,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(f"v1,{base64.b64encode(one).decode()}" for one in signatures),
    }
