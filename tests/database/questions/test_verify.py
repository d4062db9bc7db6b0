"""`verify`: what of the documents that a text cites is held and holds."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from shared.events import NoticeParsed
from shared.notice import Citation
from shared.questions import ask
from testing.indexer.events import notice
from tests.database.conftest import Write, read
from tests.database.questions.conftest import Mofcom

THEN = "2025-12-01"


async def verified(
    connection: asyncpg.Connection, text: str, at: str = THEN
) -> list[dict[str, Any]]:
    return (await ask(connection, "verify", {"text": text, "at": at})).rows


@pytest.mark.parametrize(
    ("text", "verdict", "key"),
    [
        ("依据商务部公告2024年第46号", "in force in part", "商务部2024-46"),
        ("商务部公告2025年第61号", "suspended", "商务部2025-61"),
        ("MOFCOM Announcement No. 61 of 2025", "suspended", "商务部2025-61"),
        ("商务部 海关总署公告2023年第23号", "found", "商务部2023-23"),
        ("《资产管理办法》（商务部公告2025年第70号）", "other title", "商务部2025-70"),
        ("商务部公告2025年第99号", "not held", None),
        ("公告2025年第61号规定", "ambiguous", None),
        ("海关总署公告2025年第70号", "ambiguous", None),
        ("《关于其他事项的公告》（海关总署公告2025年第70号）", "not held", None),
        ("《某某办法》", "not held", None),
        ("按照《办法》办理", "not read", None),
    ],
)
async def test_verdicts(
    bundled: asyncpg.Connection, text: str, verdict: str, key: str | None
) -> None:
    (row,) = await verified(bundled, text)
    assert (row["verdict"], row["notice_key"]) == (verdict, key)
    assert row["quote"] in text
    assert (row["archived_url"] is None) is (key is None)


async def test_a_suspended_one_says_by_what_and_with_which_words(
    bundled: asyncpg.Connection,
) -> None:
    (row,) = await verified(bundled, "商务部公告2025年第61号")
    assert row["by_document_number"] == "商务部 海关总署公告2025年第70号"
    assert "暂停实施" in row["status_quote"]
    assert row["until"].date() == date(2026, 11, 11)
    assert row["by_archived_url"].startswith("https://web.archive.org/web/2")
    (row,) = await verified(bundled, "商务部公告2025年第61号", "2026-11-11")
    assert row["verdict"] == "found"
    (row,) = await verified(bundled, "商务部公告2025年第61号", "2025-10-01")
    assert row["verdict"] == "not yet issued"


async def test_candidates_are_named(write: Write, connection: asyncpg.Connection) -> None:
    title = "关于公布某类企业名单的公告"
    await write(
        [
            read(
                notice(
                    document_number=f"{issuer}公告{year}年第9号",
                    issuers=[issuer],
                    issued_on=date(year, 1, 1),
                    title=title,
                )
            )
            for issuer, year in (("商务部", 2024), ("商务部", 2025), ("海关总署", 2025))
        ]
    )
    for text, verdict, candidates in (
        (f"《{title}》", "ambiguous", ["商务部2025-9", "海关总署2025-9", "商务部2024-9"]),
        ("公告2025年第9号", "ambiguous", ["商务部2025-9", "海关总署2025-9"]),
        (f"《{title}》（商务部公告2023年第9号）", "not held", None),
        ("公告2024年第9号", "ambiguous", ["商务部2024-9"]),
    ):
        (row,) = await verified(connection, text)
        assert row["verdict"] == verdict
        if candidates is not None:
            assert sorted(row["candidates"]) == sorted(candidates)
    # A title of which the page prints more is the same title, and tells whose number it is.
    for text in (
        "《公布某类企业名单的公告》（商务部公告2025年第9号）",
        "《商务部关于公布某类企业名单的公告》（商务部公告2025年第9号）",
    ):
        (row,) = await verified(connection, text)
        assert (row["verdict"], row["notice_key"]) == ("found", "商务部2025-9")


JOINT = "关于对某类物项实施出口管制的决定"


def numbered_57(issuers: list[str], title: str) -> NoticeParsed:
    number = f"{' '.join(issuers)}公告2025年第57号"
    return read(
        notice(document_number=number, issuers=issuers, issued_on=date(2025, 10, 9), title=title)
    )


async def test_a_number_under_the_second_issuer(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write([numbered_57(["商务部", "海关总署"], JOINT)])
    (row,) = await verified(connection, "海关总署公告2025年第57号")
    assert (row["verdict"], row["candidates"]) == ("ambiguous", ["商务部2025-57"])
    (row,) = await verified(connection, f"《{JOINT}》（海关总署公告2025年第57号）")
    assert (row["verdict"], row["notice_key"]) == ("found", "商务部2025-57")
    (row,) = await verified(connection, "财政部公告2025年第57号")
    assert row["verdict"] == "not held"


async def test_a_number_under_its_only_issuer_is_no_other(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write([
        numbered_57(["商务部", "海关总署"], JOINT), numbered_57(["海关总署"], "关于通关的公告")
    ])  # fmt: skip
    (row,) = await verified(connection, "海关总署公告2025年第57号")
    assert (row["verdict"], row["notice_key"]) == ("found", "海关总署2025-57")


async def test_what_was_repealed(write: Write, connection: asyncpg.Connection) -> None:
    await write(
        [
            read(notice(document_number="商务部令2010年第3号", issued_on=date(2010, 1, 1))),
            read(
                notice(
                    document_number="商务部令2020年第1号",
                    issued_on=date(2020, 1, 1),
                    citations=[
                        Citation(
                            relation="repeals",
                            document_number="商务部令2010年第3号",
                            since=datetime.fromisoformat("2020-02-01T00:00:00+08:00"),
                        )
                    ],
                )
            ),
        ]
    )
    for at, verdict in (("2020-01-31", "found"), ("2020-02-01", "repealed")):
        (row,) = await verified(connection, "商务部令2010年第3号", at)
        assert row["verdict"] == verdict


async def test_a_text_that_cites_nothing(bundled: asyncpg.Connection) -> None:
    answer = await ask(bundled, "verify", {"text": "nothing at all"})
    assert answer.rows == []
    assert answer.not_held[-1] == "no document number, and no title in 《》, was read in the text"


async def test_on_the_command_line(mofcom: Mofcom, tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_text("\ufeff依据商务部公告2025年第61号。", encoding="utf-8")
    done = mofcom("ask", "verify", "memo.txt", f"at={THEN}", "--json")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)["rows"]
    assert (row["verdict"], row["quote"], row["starts"]) == (
        "suspended",
        "商务部公告2025年第61号",
        2,
    )
    done = mofcom("ask", "verify", "text=商务部公告2025年第61号", f"at={THEN}")
    assert "verdict            suspended" in done.stdout
    assert "none.txt cannot be read" in mofcom("ask", "verify", "none.txt").stderr
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    assert "no text in UTF-8" in mofcom("ask", "verify", "binary").stderr
    assert mofcom("ask", "verify", "-").stdout.startswith("nothing found")
