"""The questions of docs/cookbook.md have the answers that it prints."""

import os
import re
import subprocess

import asyncpg

from docs.queries import COOKBOOK, queries, with_answers
from services.cli.programs import find_program
from testing.waiting import LIMIT_SECONDS
from tests.database.conftest import write_events
from tests.database.questions.conftest import bundled_pages, read_attachments
from tests.database.questions.english import with_english
from tests.database.questions.published import controls, others
from tests.database.test_lists_2025 import pages_of_2025


async def test_each_question_has_the_answer_that_is_printed(
    connection: asyncpg.Connection, database_url: str
) -> None:
    pages = [*bundled_pages(), *controls(), *pages_of_2025(), *others()]
    await write_events(connection, await with_english(pages))
    await read_attachments(connection)
    page = COOKBOOK.read_text()
    answers = [psql(database_url, sql) for sql, _ in queries(page)]
    if os.environ.get("WRITE_ANSWERS"):
        page = with_answers(page, answers)
        COOKBOOK.write_text(page)
    for (sql, documented), answer in zip(queries(page), answers, strict=True):
        assert answer == documented, sql


def test_there_are_forty_two_and_each_is_one_statement() -> None:
    page = COOKBOOK.read_text()
    asked = [int(number) for number in re.findall(r"^### (\d+)\. ", page, re.MULTILINE)]
    assert asked == list(range(1, 43))
    assert len(queries(page)) == len(asked)
    for sql, answer in queries(page):
        assert ";" not in sql
        assert "row" not in answer
        assert len(answer.splitlines()) > 2, sql


def psql(url: str, sql: str) -> str:
    """What `mofcom psql` prints, lines without the spaces at their ends."""
    program = find_program("psql")
    assert program
    done = subprocess.run(
        [program, url, "-X", "--pset=footer=off", "-v", "ON_ERROR_STOP=1", "-c", sql],
        env={"PGTZ": "Asia/Shanghai", "PGCLIENTENCODING": "UTF8"},
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{sql}\n{done.stderr}"
    return done.stdout.rstrip("\n") + "\n"
