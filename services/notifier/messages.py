"""Messages, in the forms that targets take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from cloudevents.core.bindings.http import to_structured
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from shared.chinese.dates import in_china
from shared.text import called

TYPE = "mofcom.alert"
Item = Mapping[str, Any]
"""A change, as `alert_matches.content` has it."""

_JSON = JSONFormat()
# A mail is read by people; the rest is in the feed and in the console.
_MOST_DIFFERENCES, _LONGEST_WORDING = 20, 300


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent to one target at once. `id` and `made_at` stay the same however often it is sent."""

    id: str
    alert: str
    made_at: datetime
    items: Sequence[Item]


def said(item: Item) -> str:
    """What happened, in a line.

    >>> said({"kind": "status", "status": "suspended", "until": "2026-11-11T00:00:00+08:00", "old_status": "in force"})
    'suspended until the end of 2026-11-10, was in force'
    """
    if item["kind"] != "status":
        return {"added": "new", "changed": "wording changed", "removed": "not held any more"}[
            item["kind"]
        ]
    name = " ".join(
        str(item["entry"][one])
        for one in ("name_latin", "name_zh")
        if item.get("entry") and item["entry"].get(one)
    )
    until = f" until {_end(item['until'])}" if item.get("until") else ""
    by = f" by {item['by_notice_key']}" if item.get("by_notice_key") else ""
    state = f"{item['status']}{until}{by}, was {item['old_status']}"
    return f"{name}: {state}" if name else state


def _end(until: str) -> str:
    """The last day of a period whose end is exclusive, or its minute."""
    moment = in_china(datetime.fromisoformat(until))
    if (moment.hour, moment.minute) != (0, 0):
        return f"{moment:%Y-%m-%d %H:%M}"
    return f"the end of {moment.date() - timedelta(days=1)}"


def cloud_event(message: Message) -> tuple[bytes, str]:
    """A message as a CloudEvent in JSON, and its media type.

    https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#32-structured-content-mode
    """
    attributes = {
        "id": message.id,
        "source": "/notifier",
        "type": TYPE,
        "specversion": "1.0",
        "subject": message.alert,
        "time": message.made_at,
        "datacontenttype": "application/json",
    }
    event = CloudEvent(attributes, {"alert": message.alert, "items": list(message.items)})
    structured = to_structured(event, _JSON)
    return structured.body, "application/cloudevents+json"


def subject(message: Message) -> str:
    """A line for a mail or a short message."""
    first = message.items[0]
    if len(message.items) > 1:
        return _line(f"{message.alert}: {len(message.items)} changes")
    name = first.get("document_number") or first.get("title") or first["notice_key"]
    return _line(f"{message.alert}: {name}: {first['said']}")


def text(message: Message) -> str:
    """All of a message, for people."""
    return "\n\n".join(_paragraph(item) for item in message.items) + "\n"


def mail(message: Message, sender: str, recipient: str) -> EmailMessage:
    """A message as a mail, which mail programs know again by its Message-ID."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, recipient, subject(message)
    made["Date"] = format_datetime(message.made_at)
    # With the one @ that it may have: https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4
    made["Message-ID"] = f"<{message.id.replace('@', '.')}@{sender.rpartition('@')[2]}>"
    # No answer of a machine: https://www.rfc-editor.org/rfc/rfc3834#section-5
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text(message))
    return made


def _paragraph(item: Item) -> str:
    lines = [called(item.get("document_number"), item.get("title")) or item["notice_key"]]
    if item.get("title_en"):
        lines.append(item["title_en"])
    lines.append(item["said"])
    differences = item.get("differences", [])
    for one in differences[:_MOST_DIFFERENCES]:
        lines += [f"- {_short(one['old'])}", f"+ {_short(one['new'])}"]
    if (more := len(differences) - _MOST_DIFFERENCES) > 0:
        lines.append(f"and {more} more differences")
    lines += [item[one] for one in ("url", "archived_url") if item.get(one)]
    return "\n".join(lines)


def _short(wording: str) -> str:
    line = _line(wording)
    return line if len(line) <= _LONGEST_WORDING else line[:_LONGEST_WORDING] + "…"


def _line(given: str) -> str:
    """Without what would end a line, or a header."""
    return " ".join(given.split())
