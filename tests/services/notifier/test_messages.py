"""What targets are told, as their own libraries read it."""

import base64
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_structured_event
from cloudevents.core.formats.json import JSONFormat
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from services.notifier.messages import Message, cloud_event, mail, said, subject, text
from services.notifier.signing import signed

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
KEY = bytes(range(32))
ITEM: dict[str, Any] = {
    "id": "稀土@1/changes/7",
    "kind": "changed",
    "at": "2026-01-02T03:04:05+08:00",
    "notice_key": "商务部2026-9",
    "document_number": "商务部公告2026年第9号",
    "title": "关于\r\nBcc: evil@example.com\n<script>alert(1)</script>",
    "title_en": None,
    "archived_url": "https://web.archive.org/web/20260101000000/http://www.mofcom.gov.cn/1.shtml",
    "url": "http://127.0.0.1:18480/n/x",
    "differences": [{"old": "25.4", "new": "24.5", "quote": "税率为24.5%", "url": "http://x"}],
    "said": "wording changed",
}
MESSAGE = Message("a@1/changes/7", "稀土", NOW, [ITEM])


def test_a_webhook_is_a_cloud_event_that_the_library_of_standard_webhooks_verifies() -> None:
    body, media_type = cloud_event(MESSAGE)
    # The library refuses what is older than five minutes.
    headers = signed(MESSAGE.id, datetime.now(UTC), body, [KEY])
    secret = "whsec_" + base64.b64encode(KEY).decode()
    assert Webhook(secret).verify(body, headers)["data"]["items"] == [ITEM]
    event = from_structured_event(HTTPMessage({"content-type": media_type}, body), JSONFormat())
    assert event.get_id() == MESSAGE.id == headers["webhook-id"]
    assert event.get_type() == "mofcom.alert"
    assert event.get_subject() == "稀土"
    # The same bytes, whenever it is sent.
    assert cloud_event(MESSAGE)[0] == body


def test_another_body_id_time_or_key_is_not_verified() -> None:
    body, _ = cloud_event(MESSAGE)
    webhook = Webhook("whsec_" + base64.b64encode(KEY).decode())
    now = datetime.now(UTC)
    headers = signed(MESSAGE.id, now, body, [KEY])
    webhook.verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        webhook.verify(body + b" ", headers)
    with pytest.raises(WebhookVerificationError):
        webhook.verify(body, headers | {"webhook-id": "a@1/changes/8"})
    with pytest.raises(WebhookVerificationError):
        webhook.verify(body, signed(MESSAGE.id, now, body, [bytes(32)]))
    with pytest.raises(WebhookVerificationError):
        webhook.verify(body, signed(MESSAGE.id, now - timedelta(hours=1), body, [KEY]))


def test_while_a_secret_changes_both_sign() -> None:
    body, _ = cloud_event(MESSAGE)
    headers = signed(MESSAGE.id, datetime.now(UTC), body, [bytes(32), KEY])
    for key in (KEY, bytes(32)):
        Webhook("whsec_" + base64.b64encode(key).decode()).verify(body, headers)


def test_a_mail_has_no_header_that_a_notice_wrote() -> None:
    hostile = Message(
        "x@1/changes/7", "a\r\nBcc: b@example.com", NOW, [ITEM | {"document_number": None}]
    )
    made = mail(hostile, "notices@example.com", "ann@example.com")
    read = message_from_bytes(made.as_bytes(), policy=policy.default)
    assert set(read.keys()) >= {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"}
    assert "Bcc" not in read
    assert read["Message-ID"] == "<x.1/changes/7@example.com>"
    assert "- 25.4\n+ 24.5" in read.get_content()
    # The same one, whenever it is sent.
    assert read["Date"].datetime == NOW
    assert mail(hostile, "notices@example.com", "ann@example.com").as_bytes() == made.as_bytes()


def test_a_subject_is_of_the_one_change_or_counts_them() -> None:
    assert subject(MESSAGE) == "稀土: 商务部公告2026年第9号: wording changed"
    assert subject(Message("x", "稀土", NOW, [ITEM, ITEM])) == "稀土: 2 changes"
    assert len(text(Message("x", "稀土", NOW, [ITEM, ITEM])).split("\n\n")) == 2


@pytest.mark.parametrize(
    ("item", "line"),
    [
        ({"kind": "added"}, "new"),
        (
            {"kind": "status", "status": "in force", "old_status": "suspended", "until": None},
            "in force, was suspended",
        ),
        (
            {"kind": "status", "status": "suspended", "old_status": "in force", "by_notice_key": "商务部2025-70",
             "until": "2026-11-11T00:00:00+08:00"},
            "suspended until the end of 2026-11-10 by 商务部2025-70, was in force",
        ),
        (
            {"kind": "status", "status": "listed", "old_status": "suspended", "until": "2026-11-10T16:01:00+00:00",
             "entry": {"list": "L", "name_zh": "甲", "name_latin": "Acme"}},
            "Acme 甲: listed until 2026-11-11 00:01, was suspended",
        ),
    ],
)  # fmt: skip
def test_what_happened_in_a_line(item: dict[str, Any], line: str) -> None:
    assert said(item) == line
