"""Alerts find what they ask for, once, from when they began."""

import re
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from testing.indexer.events import notice
from tests.database.conftest import Write, read
from tests.database.questions.conftest import bundled_pages
from tests.services.notifier.conftest import Collecting, Desk

NUMBER = "商务部公告2026年第9号"
URL = "http://www.mofcom.gov.cn/zcfb/blgg/art/2026/9.html"
WOOL = notice(
    document_number=NUMBER,
    title="羊毛进口关税配额公告",
    issuers=("商务部",),
    body_text="羊毛进口关税配额为一万吨。",
)


async def begin_before_everything(connection: asyncpg.Connection) -> None:
    """As if all alerts had been there before the first page came."""
    await connection.execute(
        "UPDATE notifier.cursor SET sequence = 0 WHERE reader <> ''; "
        "UPDATE notifier.alert SET began_after = 0"
    )


@pytest.mark.parametrize(
    ("asked", "count", "numbers"),
    [
        ("words = '稀土'", 5, {"商务部公告2025年第61号"}),
        ("words = 'rare earth'", 5, {"商务部公告2025年第61号"}),
        ("issuer = '海关总署'", 5, {"商务部 海关总署公告2025年第70号"}),
        ("code = '8112.92'", 1, {"商务部 海关总署公告2023年第23号"}),
        ("list = 'unreliable entity list'", 2, {"不可靠实体清单工作机制〔2025〕10号"}),
        ("cites = '商务部公告2025年第61号'", 2, {"商务部 海关总署公告2025年第70号"}),
        ("parties = 'ours.names'", 1, {"不可靠实体清单工作机制〔2025〕10号"}),
        ("words = '稀土'\nissuer = '国务院'", 0, set()),
        ("words = '羊毛衫裤袜'", 0, set()),
        ("cites = '商务部公告1900年第1号'", 0, set()),
    ],
)
async def test_each_condition_finds_its_notices(
    desk: Desk, connection: asyncpg.Connection, asked: str, count: int, numbers: set[str]
) -> None:
    (desk.folder / "ours.names").write_text("Acme Trading\nSaronik Technologies\n")
    await desk.alerts(f"[[alert]]\nname = 'a'\n{asked}")
    await begin_before_everything(connection)
    await desk.read()
    found = await desk.found("a")
    assert numbers <= {number for number, _ in found}
    assert len(found) >= count
    everything = await connection.fetchval("SELECT count(*) FROM changes")
    assert len(found) < everything / 2


async def test_what_was_there_before_is_not_told_and_what_comes_is_told_once(
    desk: Desk, write: Write, connection: asyncpg.Connection
) -> None:
    hook = Collecting()
    await desk.alerts("[[alert]]\nname = 'wool'\nwords = '羊毛'", hook)
    await desk.read()
    assert await desk.found("wool") == []
    await write([read(WOOL, url=URL)])
    await desk.read()
    # As after a kill before the position was written down: nothing is found twice.
    await connection.execute("UPDATE notifier.cursor SET sequence = 0 WHERE reader <> ''")
    await desk.read()
    found = await desk.found("wool")
    assert found.count((NUMBER, "added")) == 1
    (row,) = await connection.fetch(
        "SELECT id, target, items FROM notifier.delivery WHERE items::text LIKE '%羊毛%' "
        "AND items::text LIKE '%2026%'"
    )
    assert re.fullmatch(r"wool@\d+/changes/\d+", row["id"])


async def test_a_new_wording_is_told_with_its_differences(
    desk: Desk, write: Write, connection: asyncpg.Connection
) -> None:
    await desk.alerts("[[alert]]\nname = 'wool'\nwords = '羊毛'", Collecting())
    await write([read(WOOL, url=URL, timestamp="20260101000000")])
    changed = WOOL.model_copy(update={"body_text": "羊毛进口关税配额为二万吨。"})
    await write([read(changed, url=URL, timestamp="20260201000000")])
    await desk.read()
    assert await desk.found("wool") == [(NUMBER, "added"), (NUMBER, "changed")]
    differences = await connection.fetchval(
        "SELECT content->'differences' FROM alert_matches WHERE kind = 'changed'"
    )
    assert '"old": "一"' in differences
    assert '"new": "二"' in differences


async def test_a_file_that_is_wrong_leaves_the_alerts_as_they_were(
    desk: Desk, write: Write, connection: asyncpg.Connection
) -> None:
    await desk.alerts("[[alert]]\nname = 'wool'\nwords = '羊毛'")
    desk.file.write_text("[[alert]")
    assert [alert.name for alert in await desk.roster.read()] == ["wool"]
    trouble = await connection.fetchrow("SELECT * FROM alert_troubles")
    assert trouble["target"] == "alerts.toml"
    assert "not TOML" in trouble["error"]
    await write([read(WOOL, url=URL)])
    await desk.read()
    assert await desk.found("wool") == [(NUMBER, "added")]
    # As it was: where it stands is kept.
    await desk.alerts("[[alert]]\nname = 'wool'\nwords = '羊毛'")
    assert await connection.fetch("SELECT * FROM alert_troubles") == []
    assert await desk.found("wool") == [(NUMBER, "added")]
    # Taken out: it is forgotten.
    await desk.alerts("")
    assert await connection.fetchval("SELECT count(*) FROM alerts") == 0
    assert await connection.fetchval("SELECT count(*) FROM notifier.cursor") == 2


async def test_a_digest_tells_all_of_its_days_at_once(
    desk: Desk, write: Write, connection: asyncpg.Connection
) -> None:
    hook = Collecting()
    (alert,) = await desk.alerts("[[alert]]\nname = 'a'\nhow_often = 'daily'", hook)
    before = await connection.fetchval("SELECT digest_at FROM alerts")
    await write([read(WOOL, url=URL)])
    await write(bundled_pages()[:3])
    await desk.read()
    waiting = "SELECT count(*) FROM notifier.delivery"
    assert await connection.fetchval(waiting) == 0
    early, due = before - timedelta(hours=1), before
    following = due.replace(year=due.year + 1)
    await desk.matching.digest(alert, [hook], early, following)
    assert await connection.fetchval(waiting) == 0
    for _ in range(2):
        await desk.matching.digest(alert, [hook], due, following)
    (row,) = await connection.fetch("SELECT * FROM notifier.delivery")
    found = await desk.found("a")
    assert row["items"].count('"notice_key"') == len(found) >= 1
    assert await connection.fetchval("SELECT digest_at FROM alerts") == following


async def test_a_digest_that_is_told_at_once_from_now_on_leaves_nothing_behind(
    desk: Desk, write: Write, connection: asyncpg.Connection
) -> None:
    hook = Collecting()
    await desk.alerts("[[alert]]\nname = 'a'\nhow_often = 'daily'", hook)
    await write([read(WOOL, url=URL)])
    await desk.read()
    (alert,) = await desk.alerts("[[alert]]\nname = 'a'", hook)
    items = "SELECT items FROM notifier.delivery"
    assert await connection.fetch(items) == []
    for _ in range(2):
        await desk.matching.digest(alert, [hook], datetime.now(UTC), None)
    (row,) = await connection.fetch(items)
    assert NUMBER in row["items"]
    assert await connection.fetchval("SELECT digest_at IS NULL FROM alerts")


@pytest.mark.parametrize("published", [None, datetime(2026, 3, 4, 5, tzinfo=UTC)])
async def test_words_find_a_notice_that_has_no_date_of_issue(
    desk: Desk, write: Write, published: datetime | None
) -> None:
    await desk.alerts("[[alert]]\nname = 'wool'\nwords = '羊毛'")
    undated = WOOL.model_copy(update={"issued_on": None, "published_at": published})
    await write([read(undated, url=URL)])
    await desk.read()
    assert await desk.found("wool") == [(NUMBER, "added")]


async def test_what_has_no_date_is_searched_by_itself(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Newer hits are no reason to miss it."""
    monkeypatch.setattr("services.notifier.fitting._MOST_HITS", 1)
    await desk.alerts("[[alert]]\nname = 'wool'\nwords = '羊毛'")
    undated = WOOL.model_copy(
        update={"issued_on": None, "document_number": "商务部公告2026年第8号"}
    )
    await write([read(WOOL, url=URL), read(undated)])
    await desk.read()
    assert sorted(await desk.found("wool")) == [
        ("商务部公告2026年第8号", "added"),
        (NUMBER, "added"),
    ]
