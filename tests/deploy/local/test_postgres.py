import asyncio
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
import yaml

from deploy.local import postgres
from deploy.local.leftovers import Record
from deploy.local.ports import any_port
from deploy.local.processes import ProgramFailed, Supervisor

ROOT = Path(__file__).parents[3]


@pytest.fixture
def supervisor(data_dir: Path) -> Iterator[Supervisor]:
    one = Supervisor(Record(data_dir / "pids"))
    yield one
    one.stop()


def ask(url: str, sql: str) -> object:
    async def fetch() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return asyncio.run(fetch())


def test_a_new_server_keeps_data_safe_and_sorts_and_searches_chinese(
    data_dir: Path, supervisor: Supervisor
) -> None:
    port = any_port()
    postgres.start(supervisor, data_dir / "postgres", port, "secret", new_password=False)
    url = postgres.url(port, "secret")
    assert ask(url, "SELECT split_part(current_setting('server_version'), '.', 1)") == "18"
    assert ask(url, "SHOW fsync") == "on"
    assert ask(url, "SHOW server_encoding") == "UTF8"
    notified = f"max_notify_queue_pages={ask(url, 'SHOW max_notify_queue_pages')}"
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert notified in compose["services"]["postgres"]["command"]
    # In a database of locale C the trigrams of Chinese words are none.
    ask(url, "CREATE EXTENSION pg_trgm")
    assert ask(url, "SELECT cardinality(show_trgm('出口管制'))") == 5
    with pytest.raises(asyncpg.InvalidPasswordError):
        ask(postgres.url(port, "guessed"), "SELECT 1")


def test_a_lost_password_is_replaced(data_dir: Path, supervisor: Supervisor) -> None:
    port = any_port()
    postgres.start(supervisor, data_dir / "postgres", port, "lost", new_password=False)
    ask(postgres.url(port, "lost"), "CREATE TABLE kept AS SELECT 'a row' AS what")
    supervisor.stop()
    postgres.start(supervisor, data_dir / "postgres", port, "new", new_password=True)
    assert ask(postgres.url(port, "new"), "TABLE kept") == "a row"
    with pytest.raises(asyncpg.InvalidPasswordError):
        ask(postgres.url(port, "lost"), "SELECT 1")


def test_data_of_another_major_version_is_refused(data_dir: Path, supervisor: Supervisor) -> None:
    folder = data_dir / "postgres"
    folder.mkdir()
    (folder / "PG_VERSION").write_text("17\n")
    with pytest.raises(ProgramFailed, match=r"PostgreSQL 17.*18(.|\n)*mofcom restore"):
        postgres.start(supervisor, folder, any_port(), "secret", new_password=False)


def test_a_first_start_that_was_killed_halfway_is_repeated(
    data_dir: Path, supervisor: Supervisor
) -> None:
    (data_dir / "postgres.new").mkdir()
    (data_dir / "postgres.new" / "PG_VERSION").write_text("18\n")
    port = any_port()
    postgres.start(supervisor, data_dir / "postgres", port, "secret", new_password=False)
    assert ask(postgres.url(port, "secret"), "SELECT current_database()") == "mofcom"
