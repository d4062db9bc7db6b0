"""Mail by SMTP."""

import asyncio
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from services.notifier.messages import Message, mail
from services.notifier.targets.target import NotSent


@dataclass(frozen=True)
class MailServer:
    """A server: ``smtp://USER@HOST:PORT`` or ``smtps://…``, the file of its password, and who sends."""

    url: str | None
    password_file: Path | None
    sender: str
    timeout_seconds: float

    def send(self, message: EmailMessage) -> None:
        """Hand over one mail. Raises NotSent."""
        if self.url is None:
            raise NotSent("MOFCOM_NOTIFY_SMTP_URL is not set")
        try:
            self._send(self.url, message)
        except smtplib.SMTPException as error:
            raise NotSent(" ".join(str(error).split()) or type(error).__name__) from error
        except (OSError, ValueError) as error:
            raise NotSent(str(error) or type(error).__name__) from error

    def _send(self, url: str, message: EmailMessage) -> None:
        parts, context = urlsplit(url), ssl.create_default_context()
        host, port = parts.hostname or "", parts.port or 0
        server: smtplib.SMTP
        if parts.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, port, timeout=self.timeout_seconds, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=self.timeout_seconds)
        with server:
            server.ehlo()
            encrypted = parts.scheme == "smtps"
            if not encrypted and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
                encrypted = True
            if parts.username:
                if not encrypted:
                    raise NotSent(
                        "the mail server offers no TLS, and its password is not sent without"
                    )
                password = self.password_file.read_text().strip() if self.password_file else ""
                server.login(unquote(parts.username), password)
            server.send_message(message)


class MailTarget:
    """A mailbox."""

    together = True

    def __init__(self, recipient: str, server: MailServer) -> None:
        self.name = f"mail {recipient}"
        self._recipient, self._server = recipient, server

    async def send(self, message: Message) -> None:
        """Send the message as a mail. Raises NotSent."""
        made = mail(message, self._server.sender, self._recipient)
        await asyncio.to_thread(self._server.send, made)
