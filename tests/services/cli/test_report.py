"""What `mofcom up --once` prints fits a terminal of 80 columns, and says a number once."""

import io
from datetime import date

import pytest
from rich.console import Console

from services.cli.up.report import line, next_steps, notices, subject

NUMBER = "商务部 海关总署公告2025年第70号"


def printed(thing: object) -> list[str]:
    output = io.StringIO()
    Console(file=output, width=80).print(thing, no_wrap=True, overflow="ellipsis")
    return [one.rstrip() for one in output.getvalue().splitlines()]


def test_a_notice_is_three_lines_of_which_none_is_broken() -> None:
    row = {
        "document_number": NUMBER,
        "issued_on": date(2025, 11, 7),
        "title": f"{NUMBER} 公布暂停实施{'公告第55号、' * 20}的决定",
        "title_en": "Announcement No. 70 of 2025 of the Ministry of Commerce on suspending " * 3,
    }
    lines = printed(notices([row]))
    assert lines[:2] == ["Notices", " date        number and title"]
    assert lines[2] == f" 2025-11-07  {NUMBER}"
    assert lines[3].startswith("             公布暂停实施公告第55号、")
    assert lines[4].startswith("             Suspending Announcement")
    assert all(one.endswith("…") for one in lines[3:])
    assert len(lines) == 5


def test_a_page_is_one_line() -> None:
    url = "http://www.mofcom.gov.cn/" + "a" * 200
    assert [len(one) for one in printed(line("skipped", "redirect", url))] == [80]
    assert printed(line("dead", None, None)) == ["dead"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (f"{NUMBER} 公布决定", "公布决定"),
        (f"中华人民共和国{NUMBER} 公布决定", "公布决定"),
        ("中华人民共和国反间谍法", "中华人民共和国反间谍法"),
        (NUMBER, NUMBER),
        ("Order No. 6 of 2018 of the Ministry of Commerce: Decision", "Decision"),
        ("Notice on pilot areas", "Notice on pilot areas"),
        (None, ""),
    ],
)
def test_the_number_is_printed_once(title: str | None, expected: str) -> None:
    assert subject(title, NUMBER) == expected


@pytest.mark.parametrize("watching", [True, False])
def test_the_next_steps_fit_the_terminal(watching: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.cli.up.report.command", lambda: ".venv/bin/mofcom")
    lines = next_steps(
        "postgresql://analyst:secret@127.0.0.1:15432/mofcom",
        "http://127.0.0.1:18480",
        watching=watching,
    )
    assert max(map(len, lines.splitlines())) <= 80
    assert ("MOFCOM_WATCH=false" in lines) == watching
