"""The targets of an alert."""

from collections.abc import Iterator

from services.notifier.alerts_file import Alert
from services.notifier.http import Http
from services.notifier.targets.apprise import AppriseTarget
from services.notifier.targets.mail import MailServer, MailTarget
from services.notifier.targets.target import Target
from services.notifier.targets.webhook import WebhookTarget


def targets_of(alert: Alert, http: Http, server: MailServer) -> list[Target]:
    """Where an alert is sent besides its feed; one that is named twice gets each message once."""
    return list({target.name: target for target in _targets(alert, http, server)}.values())


def _targets(alert: Alert, http: Http, server: MailServer) -> Iterator[Target]:
    for webhook, keys in zip(alert.webhooks, alert.secrets, strict=True):
        yield WebhookTarget(webhook.url, keys, http)
    for recipient in alert.mail:
        yield MailTarget(recipient, server)
    for url in alert.apprise:
        yield AppriseTarget(url)
