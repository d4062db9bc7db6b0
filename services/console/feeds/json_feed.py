"""A feed as JSON Feed: https://www.jsonfeed.org/version/1.1/."""

import json
from datetime import UTC, datetime
from typing import Any

from services.console.feeds.feed import Entry, Feed

MEDIA_TYPE = "application/feed+json"


def json_feed(feed: Feed) -> bytes:
    """The document, in UTF-8."""
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "next_url": feed.next_page,
        "authors": [{"name": "MOFCOM notices"}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(_present(content), ensure_ascii=False, separators=(",", ":")).encode()


def _item(entry: Entry) -> dict[str, Any]:
    return _present(
        {
            "id": entry.id,
            "url": entry.link,
            "external_url": entry.archived_url,
            "title": entry.title,
            "content_html": entry.html,
            "date_modified": _instant(entry.updated),
        }
    )


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
