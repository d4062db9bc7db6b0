"""What applies on each day before, on and after a boundary of ten published histories of controls."""

from datetime import date, datetime, timedelta, timezone

import asyncpg
import pytest

from tests.database.conftest import write_events
from tests.database.questions.published import controls
from tests.database.test_lists_2025 import pages_of_2025

CHINA = timezone(timedelta(hours=8))
# A status at the beginning of a day in China, or None where the question finds nothing of the notice. Of
# pairs of days the first is the last of what was before.
NOT_YET, IN_FORCE, IN_PART, SUSPENDED = (
    "not yet in force", "in force", "in force in part", "suspended",
)  # fmt: skip
GALLIUM = {"hs": "8112929090", "direction": "export", "country": "US"}
EXPIRES_2026 = [
    ("2025-11-06", IN_FORCE), ("2025-11-07", SUSPENDED), ("2026-11-10", SUSPENDED),
    ("2026-11-11", IN_FORCE),
]  # fmt: skip
OCTOBER = [
    ("2025-10-08", None), ("2025-10-09", NOT_YET), ("2025-11-06", NOT_YET),
    ("2025-11-07", SUSPENDED), ("2026-11-10", SUSPENDED), ("2026-11-11", IN_FORCE),
]  # fmt: skip
LISTED = "listed"

TIMELINES: dict[str, tuple[dict[str, str], str, list[tuple[str, str | None]]]] = {
    "gallium and germanium": (
        GALLIUM,
        "商务部2023-23",
        [("2023-07-02", None), ("2023-07-31", NOT_YET), ("2023-08-01", IN_FORCE), ("2026-11-30", IN_FORCE)],
    ),
    "gallium to the United States": (
        GALLIUM,
        "商务部2024-46",
        [
            ("2024-12-02", None), ("2024-12-03", IN_FORCE), ("2025-11-08", IN_FORCE),
            ("2025-11-09", IN_PART), ("2026-11-27", IN_PART), ("2026-11-28", IN_FORCE),
        ],
    ),
    "graphite of 2006": (
        {"hs": "3801100030", "direction": "export"},
        "商务部2006-50",
        [
            ("2006-07-27", None), ("2006-08-31", NOT_YET), ("2006-09-01", IN_FORCE),
            ("2023-11-30", IN_FORCE), ("2023-12-01", "repealed"), ("2026-11-30", "repealed"),
        ],
    ),
    "graphite": (
        {"hs": "3801.10", "direction": "export"},
        "商务部2023-39",
        [("2023-10-19", None), ("2023-10-20", NOT_YET), ("2023-11-30", NOT_YET), ("2023-12-01", IN_FORCE)],
    ),
    "antimony": (
        {"hs": "81101010", "direction": "export", "country": "Japan"},
        "商务部2024-33",
        [("2024-08-14", None), ("2024-09-14", NOT_YET), ("2024-09-15", IN_FORCE)],
    ),
    "tungsten and others": (
        {"hs": "2841801000"},
        "商务部2025-10",
        [("2025-02-03", None), ("2025-02-04", IN_FORCE), ("2026-11-30", IN_FORCE)],
    ),
    "rare earths of April": (
        {"hs": "28053013"},
        "商务部2025-18",
        [("2025-04-03", None), ("2025-04-04", IN_FORCE), ("2025-11-07", IN_FORCE), ("2026-11-11", IN_FORCE)],
    ),
    "superhard materials": ({"hs": "7105102010"}, "商务部2025-55", OCTOBER),
    "rare earths of October": ({"hs": "2805301811"}, "商务部2025-57", OCTOBER),
    "rare earth equipment": ({"hs": "84211990"}, "商务部2025-56", OCTOBER),
    "lithium batteries": ({"hs": "8507.60"}, "商务部2025-58", OCTOBER),
    "drones of 2023": (
        {"hs": "8806.22"},
        "商务部2023-28",
        [
            ("2023-07-30", None), ("2023-08-31", NOT_YET), ("2023-09-01", IN_FORCE),
            ("2024-08-31", IN_FORCE), ("2024-09-01", "repealed"), ("2025-09-01", "repealed"),
        ],
    ),
    "drones": (
        {"hs": "9013801010"},
        "商务部2024-31",
        [("2024-07-30", None), ("2024-08-31", NOT_YET), ("2024-09-01", IN_FORCE)],
    ),
    "unreliable entity list": (
        {"party": "Skydio"},
        "不可靠实体清单工作机制2025-7",
        [
            ("2025-04-03", None), ("2025-04-04", LISTED), ("2025-05-13", LISTED),
            ("2025-05-14", SUSPENDED), ("2025-11-09", SUSPENDED), ("2025-11-10", SUSPENDED),
            ("2026-11-09", SUSPENDED), ("2026-11-10", LISTED),
        ],
    ),
    "unreliable entity list of 9 April": (
        {"party": "Shield AI"},
        "不可靠实体清单工作机制2025-8",
        [
            ("2025-04-09", None), ("2025-04-10", LISTED), ("2025-05-14", SUSPENDED),
            ("2025-08-11", SUSPENDED), ("2025-08-12", "removed"), ("2026-11-30", "removed"),
        ],
    ),
    "export control list": (
        {"party": "Skydio", "direction": "export"},
        "商务部2025-13",
        [
            ("2025-03-03", None), ("2025-03-04", LISTED), ("2025-11-09", LISTED),
            ("2025-11-10", "removed"), ("2026-11-30", "removed"),
        ],
    ),
    "export control list of 4 April": (
        {"party": "High Point Aerotechnologies", "hs": "8806"},
        "商务部2025-21",
        [
            ("2025-04-03", None), ("2025-04-04", LISTED), ("2025-05-14", SUSPENDED),
            ("2025-08-12", SUSPENDED), ("2025-11-10", SUSPENDED), ("2026-11-09", SUSPENDED),
            ("2026-11-10", LISTED),
        ],
    ),
    "export control list of 9 April": (
        {"party": "Insitu, Inc."},
        "商务部2025-22",
        [
            ("2025-04-09", None), ("2025-04-10", LISTED), ("2025-05-14", SUSPENDED),
            ("2025-08-11", SUSPENDED), ("2025-08-12", "removed"),
        ],
    ),
}  # fmt: skip
# Notices without customs codes, which in_force() answers.
UNCODED = {
    "商务部2025-61": EXPIRES_2026,
    "商务部2025-62": EXPIRES_2026,
}


@pytest.fixture
async def history(bundled: asyncpg.Connection) -> asyncpg.Connection:
    await write_events(bundled, [*controls(), *pages_of_2025()])
    return bundled


def at(day: str, **later: int) -> datetime:
    """The first instant of a day in China, or one later."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), CHINA) + timedelta(
        **later
    )


async def test_what_applies_on_each_day(history: asyncpg.Connection) -> None:
    wrong = []
    for name, (asked, key, days) in TIMELINES.items():
        for day, expected in days:
            # From the first instant of the day to the last.
            for moment in (at(day), at(day, hours=23, minutes=59)):
                rows = await history.fetch(
                    "SELECT * FROM applies($1, $2, $3, $4, $5)",
                    *(asked.get(one) for one in ("hs", "direction", "country", "party")), moment,
                )  # fmt: skip
                found = {row["status"] for row in rows if row["notice_key"] == key}
                if found != ({expected} if expected else set()):
                    wrong.append((name, moment, found, expected))
    assert wrong == [], "\n".join(map(str, wrong))


async def test_what_is_in_force_on_each_day(history: asyncpg.Connection) -> None:
    wrong = []
    for key, days in UNCODED.items():
        for day, expected in days:
            for moment in (at(day), at(day, hours=23, minutes=59)):
                row = await history.fetchrow("SELECT * FROM in_force($1, $2)", key, moment)
                if row["status"] != expected:
                    wrong.append((key, moment, row["status"], expected))
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.parametrize(
    ("name", "ended", "last"),
    [
        ("rare earths of October", "suspension ended 2026-11-11, no extension held", "商务部2025-70"),
        ("gallium to the United States", "suspension ended 2026-11-28, no extension held", "商务部2025-72"),
        ("unreliable entity list", "suspension ended 2026-11-10, no extension held", None),
        ("export control list of 4 April", "suspension ended 2026-11-10, no extension held", None),
    ],
)  # fmt: skip
async def test_after_the_last_notice_held_the_answer_says_on_what_it_rests(
    history: asyncpg.Connection, name: str, ended: str, last: str | None
) -> None:
    asked, key, _ = TIMELINES[name]
    rows = await history.fetch(
        "SELECT * FROM applies($1, $2, $3, $4, $5)",
        *(asked.get(one) for one in ("hs", "direction", "country", "party")), at("2026-11-30"),
    )  # fmt: skip
    found = [row for row in rows if row["notice_key"] == key]
    assert found
    for row in found:
        assert ended in row["last_change"]
        assert row["last_change_quote"]
        assert last is None or last in row["chain"]
        # And that the series has numbers that are not held, in one of which an extension may stand.
        assert any(line.startswith("商务部2026: no number") for line in row["not_held"])


async def test_each_step_of_a_chain_has_its_words_and_its_capture(
    history: asyncpg.Connection,
) -> None:
    for asked, key, days in TIMELINES.values():
        rows = await history.fetch(
            "SELECT * FROM applies($1, $2, $3, $4, $5)",
            *(asked.get(one) for one in ("hs", "direction", "country", "party")), at(days[-1][0]),
        )  # fmt: skip
        for row in rows:
            if row["notice_key"] == key:
                assert row["quote"]
                assert row["archived_url"].startswith("https://web.archive.org/web/")
