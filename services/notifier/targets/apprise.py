"""Any address that Apprise knows, where it is installed: https://github.com/caronc/apprise."""

import asyncio
import importlib
from typing import Any

from services.notifier.messages import Message, subject, text
from services.notifier.targets.target import NotSent, digest


class AppriseTarget:
    """An address of Apprise's, ``slack://…``. Apprise itself connects: no address is checked here."""

    together = True

    def __init__(self, url: str) -> None:
        self.name = f"apprise {url.partition(':')[0]} {digest(url)}"
        self._url = url

    async def send(self, message: Message) -> None:
        """Send the message. Raises NotSent."""
        try:
            apprise: Any = importlib.import_module("apprise")
        except ImportError:
            raise NotSent(
                "Apprise is not installed: pip install 'mofcom-notices[apprise]'"
            ) from None
        sender = apprise.Apprise()
        if not sender.add(self._url):
            raise NotSent("Apprise does not know such an address")
        # Its own log would have the address.
        with apprise.LogCapture(level=apprise.logging.WARNING) as said:
            sent = await asyncio.to_thread(
                sender.notify, body=text(message), title=subject(message)
            )
            why = said.getvalue().strip().replace(self._url, "…")
        if not sent:
            raise NotSent(
                f"Apprise could not send it: {why.splitlines()[-1] if why else 'no reason'}"
            )
