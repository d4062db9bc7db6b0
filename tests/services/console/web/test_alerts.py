"""The pages of alerts."""

import asyncpg
import feedparser
import httpx

_ALERT = """
    INSERT INTO notifier.alert (name, asked, how_often, began_after)
    VALUES ('rare & earths', '{"words": "稀土<script>"}', 'daily', 0);
    INSERT INTO notifier.target (alert, target, failing_since, disabled_at, error)
    VALUES ('rare & earths', 'webhook a.example 1', now(), now(), 'it answers 500');
    INSERT INTO notifier.match (alert, log, sequence, id, notice_key, content, told)
    VALUES ('rare & earths', 'changes', 7, 'a@1/changes/7', '商务部2025-61', '{
        "kind": "changed", "said": "wording changed", "title": "稀土<script>alert(1)</script>",
        "document_number": "商务部公告2025年第61号", "differences": [{"old": "25.4", "new": "24.5"}]}', true);
"""


async def test_alerts_are_shown_with_what_they_found_and_what_is_in_the_way(
    client: httpx.AsyncClient, bundled: asyncpg.Connection
) -> None:
    assert "seeds/alerts.toml has no alert" in (await client.get("/alerts")).text
    await bundled.execute(_ALERT)
    html = (await client.get("/alerts")).text
    assert "it answers 500" in html
    assert "稀土&lt;script&gt;" in html
    page = "/alerts/rare%20%26%20earths"
    assert page in html
    html = (await client.get(page)).text
    assert "<del" in html
    assert "<script>alert" not in html
    feed = feedparser.parse((await client.get(f"{page}?format=atom")).content)
    assert feed.feed.title.startswith("alert · rare & earths · ")
    (entry,) = feed.entries
    assert entry.title.startswith("商务部公告2025年第61号")
    assert entry.link.endswith("/n/%E5%95%86%E5%8A%A1%E9%83%A82025-61")
    assert (await client.get("/alerts/none")).status_code == 404
