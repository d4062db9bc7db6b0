"""Webhooks and mail against real servers."""

import asyncio
import email.policy
import socket
import ssl
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from fastapi import FastAPI, Request
from pydantic import ValidationError

from deploy.local.ports import any_port
from services.notifier.addresses import Allowed
from services.notifier.alerts_file import parse_alerts
from services.notifier.http import Http
from services.notifier.messages import Message, subject, text
from services.notifier.settings import NotifierSettings
from services.notifier.targets.apprise import AppriseTarget
from services.notifier.targets.build import targets_of
from services.notifier.targets.mail import MailServer, MailTarget
from services.notifier.targets.target import NotSent
from services.notifier.targets.webhook import WebhookTarget
from testing.archive.server import serve
from testing.waiting import LIMIT_SECONDS
from tests.services.notifier.receiver import KEY, Receiver

ITEM = {"id": "a", "kind": "added", "notice_key": "商务部2026-9", "title": "羊毛", "said": "new"}
MESSAGE = Message("a@1/changes/7", "羊毛", datetime(2026, 1, 2, tzinfo=UTC), [ITEM])


async def send(url: str, allowed: str = "127.0.0.1", seconds: float = LIMIT_SECONDS) -> None:
    http = Http(Allowed(allowed), seconds)
    try:
        await WebhookTarget(url, [KEY], http).send(MESSAGE)
    finally:
        await http.stop()


async def test_a_webhook_is_taken_and_verified(receiver: Receiver) -> None:
    await send(receiver.url)
    assert list(receiver.came) == [MESSAGE.id]
    assert receiver.items == [ITEM]


@pytest.mark.parametrize("status", [300, 301, 302, 307, 308, 400, 404, 410, 500, 503])
async def test_any_other_answer_is_a_failure_and_no_redirect_is_followed(
    receiver: Receiver, status: int
) -> None:
    receiver.status = status
    receiver.headers = {"location": receiver.url, "retry-after": "120"}
    with pytest.raises(NotSent, match=f"it answers {status}") as refused:
        await send(receiver.url)
    assert receiver.asked == 1
    assert refused.value.gone is (status == 410)
    assert refused.value.retry_seconds == 120
    assert ("not followed" in str(refused.value)) is (300 <= status < 400)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"]
)
async def test_no_private_address_is_connected_to(receiver: Receiver, host: str) -> None:
    port = receiver.url.split(":")[2].split("/")[0]
    with pytest.raises(NotSent) as refused:
        await send(f"http://{host}:{port}/hook?token=secret", allowed="")
    assert receiver.asked == 0
    assert "secret" not in str(refused.value)


async def test_a_name_that_leads_elsewhere_the_second_time_is_not_followed(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: what is checked is the address that is connected to."""
    port = int(receiver.url.split(":")[2].split("/")[0])
    answers = iter(["8.8.8.8"])

    def rebinding(*_: Any, **__: Any) -> list[Any]:
        address = next(answers, "127.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    socket.getaddrinfo("rebinding.example", port)
    with pytest.raises(NotSent, match="no public address"):
        await send(f"http://rebinding.example:{port}/hook", allowed="")
    assert receiver.asked == 0


async def test_a_receiver_that_does_not_answer_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(NotSent, match=r"no answer within 0\.2 s"):
            await send(f"http://127.0.0.1:{port}/x?token=secret", seconds=0.2)


async def test_nobody_there_is_said_without_the_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(NotSent) as refused:
        await send(f"http://127.0.0.1:{port}/x?token=secret")
    assert "secret" not in str(refused.value)


async def test_what_is_no_http_is_said_without_the_address() -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(NotSent, match="no answer in HTTP") as refused:
            await send(f"http://127.0.0.1:{port}/x?token=secret")
    assert "secret" not in str(refused.value)


class _Mailbox:
    def __init__(self) -> None:
        self.came: list[bytes] = []

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802 (of the library)
        self.came.append(envelope.content)
        return "250 OK"


def _login(_: Any, __: Any, ___: Any, mechanism: Any, data: Any) -> AuthResult:
    # Not handled: the library says 535 itself.
    return AuthResult(success=(data.login, data.password) == (b"ann", b"secret"), handled=False)


async def mail(
    port: int, user: str = "", password: Path | None = None, to: str = "ann@example.com"
) -> None:
    server = MailServer(
        f"smtp://{user}127.0.0.1:{port}", password, "notices@example.com", LIMIT_SECONDS
    )
    await MailTarget(to, server).send(MESSAGE)


async def test_a_mail_arrives() -> None:
    mailbox = _Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=any_port())
    server.start()
    try:
        port = server.port
        await mail(port)
    finally:
        server.stop()
    read = message_from_bytes(mailbox.came[0], policy=email.policy.default)
    assert (read["From"], read["To"]) == ("notices@example.com", "ann@example.com")
    assert read["Subject"] == "羊毛: 羊毛: new"
    assert read.get_content().splitlines() == ["羊毛", "new"]


async def test_a_password_is_sent_over_tls_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    password = tmp_path / "password"
    password.write_text("secret\n")
    mailbox, authority = _Mailbox(), trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    plain = Controller(
        mailbox, hostname="127.0.0.1", port=any_port(), auth_require_tls=False, authenticator=_login
    )
    encrypted = Controller(
        mailbox, hostname="127.0.0.1", port=any_port(), tls_context=context, authenticator=_login
    )
    plain.start()
    encrypted.start()
    try:
        without, with_tls = (server.port for server in (plain, encrypted))
        with pytest.raises(NotSent, match="offers no TLS"):
            await mail(without, "ann@", password)
        # A certificate of nobody we know.
        with pytest.raises(NotSent, match=r"(?i)certificate"):
            await mail(with_tls, "ann@", password)
        monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
        await mail(with_tls, "ann@", password)
        password.write_text("wrong")
        with pytest.raises(NotSent, match="535"):
            await mail(with_tls, "ann@", password)
    finally:
        plain.stop()
        encrypted.stop()
    assert len(mailbox.came) == 1


async def test_without_a_mail_server_that_is_said() -> None:
    with pytest.raises(NotSent, match="MOFCOM_NOTIFY_SMTP_URL"):
        await MailTarget("a@example.com", MailServer(None, None, "x", 1)).send(MESSAGE)


@pytest.mark.parametrize("sender", ["notices", "a@example.com\r\nBcc: b@example.com", "A <a@b.cn>"])
def test_a_sender_is_a_mail_address(sender: str) -> None:
    with pytest.raises(ValidationError, match="must be a mail address"):
        NotifierSettings(notify_mail_from=sender)


async def test_apprise_sends_to_the_address_that_the_file_names() -> None:
    """As Apprise's own scheme json:// does: https://appriseit.com/services/json/."""
    pytest.importorskip("apprise")
    came, app = [], FastAPI()

    @app.post("/alerts")
    async def take(request: Request) -> None:
        came.append(await request.json())

    http = Http(Allowed(""), LIMIT_SECONDS)
    with serve(app) as origin:
        url = f"json://{origin.removeprefix('http://')}/alerts"
        (alert,) = parse_alerts(f'[[alert]]\nname = "羊毛"\nwords = "羊毛"\napprise = ["{url}"]')
        (target,) = targets_of(alert, http, MailServer(None, None, "x", 1))
        await target.send(MESSAGE)
    await http.stop()
    assert [(one["title"], one["message"]) for one in came] == [
        (subject(MESSAGE), text(MESSAGE).strip())
    ]


async def test_an_address_that_apprise_does_not_know_or_cannot_tell() -> None:
    pytest.importorskip("apprise")
    with pytest.raises(NotSent, match="does not know"):
        await AppriseTarget("nothing-like-it://x").send(MESSAGE)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(NotSent, match="could not") as refused:
        await AppriseTarget(f"json://user:word@127.0.0.1:{port}/").send(MESSAGE)
    assert "word" not in str(refused.value)
