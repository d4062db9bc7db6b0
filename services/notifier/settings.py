"""Settings of the notifier."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from services.notifier.addresses import Allowed
from services.notifier.alerts_file import mailbox
from shared.settings import HttpUrl, RoleSettings, Settings, constant


def _networks(given: str) -> str:
    Allowed(given)
    return given


def _mail_server(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.password:
        raise ValueError("write smtp://HOST:PORT or smtps://USER@HOST:PORT, without a password")
    return url


class NotifierSettings(Settings, RoleSettings):
    seeds_dir: Path = Field(
        Path("seeds"), description="Folder with alerts.toml and the files that it names."
    )
    notify_smtp_url: Annotated[str, AfterValidator(_mail_server)] | None = Field(
        None,
        description="Mail server of alerts: `smtp://USER@HOST:587` (TLS where it offers it) or "
        "`smtps://USER@HOST:465`.",
    )
    notify_smtp_password_file: Path | None = Field(
        None, description="File that holds the password of the mail server."
    )
    notify_mail_from: Annotated[str, AfterValidator(mailbox)] = Field(
        "mofcom-notices@localhost", description="Sender of mail of alerts."
    )
    notify_private_networks: Annotated[str, AfterValidator(_networks)] = Field(
        "",
        description="Networks besides the public ones to which webhooks may go, e.g. "
        "`10.0.0.0/8,127.0.0.1`.",
    )
    notify_console_url: HttpUrl | None = Field(
        None, description="Address of the console as readers of alerts reach it, for links in them."
    )
    # A statement on all statuses of a million notices.
    database_timeout_seconds: float = constant(120.0, gt=0)
    # Behind LISTEN, which a pooler or a cut connection may keep from us.
    look_seconds: float = constant(60.0, gt=0)
    # Of a log, in one transaction.
    batch: int = constant(500, ge=1)
    # A receiver that takes longer is tried again: it should answer first and work then.
    send_seconds: float = constant(15.0, gt=0)
    # A target that has failed for so long is given up until alerts.toml is saved again.
    give_up_seconds: float = constant(86_400.0, gt=0)
    # Of one target's failure to the next attempt, first and at most.
    first_retry_seconds: float = constant(5.0, gt=0)
    longest_retry_seconds: float = constant(3600.0, gt=0)
    # Statuses are compared no more than a twentieth of the time, however much comes in.
    rest_factor: float = constant(20.0, ge=0)
    # What an alert has found is kept so long, for its feed.
    keep_days: int = constant(90, ge=1)
