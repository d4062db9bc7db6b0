"""`mofcom up` as a user runs it: the README's queries, the other commands, stopped and killed."""

import json
import os
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from docs.commands import PAGES, mofcom_commands
from docs.queries import QUERYING, QUESTIONS, README, queries, with_answers
from shared.service_urls import read_service_urls
from testing.environment import without_settings
from testing.up import DONE, ROOT, Up

# Asked for in seeds/demo.txt without a timestamp.
PAGE = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_c251beb9e73ea47d5284751025ac995c.html"


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    with TemporaryDirectory(prefix="mofcom-") as folder:
        up = Up(Path(folder))
        up.start()
        try:
            yield up
        finally:
            up.end(signal.SIGTERM)


@pytest.mark.parametrize(("page", "number"), [(README, 3), (QUERYING, 3), (QUESTIONS, 11)])
def test_documented_queries_give_the_documented_answers(up: Up, page: Path, number: int) -> None:
    up.wait_until(*DONE)
    text = page.read_text()
    asked = queries(text)
    assert len(asked) == number
    answers = [up.psql(sql) for sql, _ in asked]
    if os.environ.get("WRITE_ANSWERS"):
        page.write_text(with_answers(text, answers))
    assert answers == [answer for _, answer in asked]


def test_add_says_what_was_asked_and_what_refused(up: Up) -> None:
    added = up.mofcom("add", f"2025/{PAGE}", "ftp://x")
    assert added.returncode == 1
    assert added.stdout == f"requested 2025/{PAGE}\n"
    assert added.stderr.startswith("refused ftp://x: ")
    up.wait_until("SELECT state FROM requests WHERE timestamp = '2025'", "done")


def test_the_readme_s_request_over_http_is_accepted(up: Up) -> None:
    lines = README.read_text().split("       curl ", 1)[1].split("\n\n", 1)[0]
    fetcher = read_service_urls(up.setting("MOFCOM_SERVICE_URLS"))["fetcher"]
    command = "curl -sf " + lines.replace("http://127.0.0.1:18080", fetcher)
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)  # noqa: S602
    answer = json.loads(done.stdout)
    assert (len(answer["accepted"]), answer["refused"]) == (1, [])


def test_exports_of_the_documentation(up: Up, tmp_path: Path) -> None:
    for line in QUERYING.read_text().splitlines():
        command, _, _ = line.strip().partition(" #")
        if "ftm" in command and find_spec("followthemoney") is None:
            # An extra, which needs a compiler.
            continue
        if command.startswith("mofcom export "):
            done = up.mofcom(*shlex.split(command)[1:], folder=tmp_path)
            assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {
        "notices.csv",
        "rates.parquet",
        "captures.warc.gz",
        "gallium.xlsx",
    }


# Commands of the documentation that end by themselves and change nothing that other tests look at.
_RUN = ("check", "dead-letters", "psql -c", "reconcile", "reparse", "retranslate")


@pytest.mark.parametrize(
    "command",
    sorted(
        {
            command
            for page in PAGES
            for command in mofcom_commands(page.read_text())
            if command.startswith(_RUN)
        }
    ),
)
def test_commands_of_the_documentation_run(up: Up, command: str) -> None:
    up.wait_until(*DONE)
    done = up.mofcom(*shlex.split(command))
    # There is no such letter, and no month before to compare with or to ask for.
    missing = command.startswith("dead-letters show") or command == "retranslate"
    assert done.returncode == int(missing), done.stderr
    assert done.stdout or done.stderr
    assert "Traceback" not in done.stderr


def test_status_and_connection(up: Up) -> None:
    status = up.mofcom("status")
    assert status.returncode == 0
    assert "skipped" in status.stdout
    shown = json.loads(up.mofcom("status", "--json").stdout)
    assert shown["wrong"] == []
    assert set(shown["services"]) == {"fetcher", "parser", "indexer", "translator"}
    connection = up.mofcom("connection").stdout
    assert connection.startswith("postgresql://analyst:")
    env_file = up.folder / "connections.env"
    assert env_file.stat().st_mode & 0o777 == 0o600


def test_a_backup_is_restored_where_nothing_is(up: Up, tmp_path: Path, data_dir: Path) -> None:
    backup = str(tmp_path / "backup")
    assert up.mofcom("backup", backup).returncode == 0
    refused = up.mofcom("restore", backup)
    assert refused.returncode == 1
    assert "in use by process" in refused.stderr
    fresh = Up(data_dir)
    restored = fresh.mofcom("restore", backup)
    assert restored.returncode == 0, restored.stderr
    assert fresh.left_running() == []
    assert "restore into an empty one" in fresh.mofcom("restore", backup).stderr
    bodies = [len(list((data / "blobs").rglob("*"))) for data in (up.folder, data_dir)]
    assert bodies[0] == bodies[1] > 20


def test_what_it_keeps_is_its_owner_s_alone(up: Up) -> None:
    up.wait_until(*DONE)
    folders = {path.name: path for path in up.folder.iterdir() if path.is_dir()}
    del folders["tmp"]
    assert folders.keys() >= {"blobs", "kafka", "logs", "passwords", "postgres"}
    others = stat.S_IRGRP | stat.S_IWGRP | stat.S_IROTH | stat.S_IWOTH
    # Root's PostgreSQL, another user, passes through.
    assert not up.folder.stat().st_mode & others
    # The locks of ports are in a folder for all data folders of a user.
    (ports,) = (path for path in (Path.home() / ".cache" / "mofcom").iterdir())
    # And temporary files have names that nobody knows before.
    temporary = list(up.temporary.iterdir())
    assert temporary
    assert [path for path in temporary if not re.fullmatch(r"(mofcom|pymp)-\w{8}", path.name)] == []
    for path in (*folders.values(), ports, *temporary, *(up.folder / "blobs").rglob("*")):
        assert stat.S_IMODE(path.lstat().st_mode) & 0o077 == 0, path


def test_a_second_up_on_the_same_folder_is_refused(up: Up) -> None:
    second = up.mofcom("up", "--once", "--bundled")
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1


def test_after_a_hard_kill_the_next_up_cleans_up_and_continues(up: Up) -> None:
    before = up.psql("SELECT request_id, attempt, updated_at FROM requests ORDER BY 1")
    assert up.end(signal.SIGKILL) == -signal.SIGKILL
    assert up.left_running()
    # Somebody who has seen a run puts links where it had its temporary files.
    victim = up.folder / "victim"
    victim.write_text("whole")
    for path in up.temporary.iterdir():
        shutil.rmtree(path)
        path.symlink_to(victim)
    repeated = up.mofcom("up", "--once", "--bundled")
    assert repeated.returncode == 0, repeated.stdout[-3000:]
    assert "ended what the last run left running" in repeated.stdout
    assert "商办建函〔2022〕318号" in repeated.stdout
    assert "Publishing the Decision on Imposing Export Controls" in repeated.stdout
    assert up.left_running() == []
    alone = up.mofcom(
        "psql", "-c", "SELECT count(*) > 0 FROM notices", "-c", "SELECT 2", "--", "-At"
    )
    assert (alone.stdout, alone.returncode) == ("t\n2\n", 0)
    assert "starting the database alone" in alone.stderr
    assert up.left_running() == []
    up.start()
    up.wait_until(*DONE)
    assert up.psql("SELECT request_id, attempt, updated_at FROM requests ORDER BY 1") == before
    assert up.end(signal.SIGINT) == 130
    assert (up.folder / "up.log").read_text().endswith("stopping\n")
    assert up.left_running() == []
    assert victim.read_text() == "whole"
    up.start()


def test_commands_without_a_running_pipeline_say_so(tmp_path: Path) -> None:
    output = ("export", "notices")
    commands = (("status",), ("add", PAGE), ("connection",), ("psql",), ("backup", "b"), output)
    for command in commands:
        alone = Up(tmp_path).mofcom(*command)
        assert alone.returncode == 1
        assert "start `mofcom up` first" in alone.stderr
        assert alone.stderr.count("\n") == 1


def test_a_wrong_setting_stops_with_one_line(tmp_path: Path) -> None:
    wrong = subprocess.run(
        [sys.executable, "-m", "services.parser"],
        env=without_settings(MOFCOM_HTTP_PORT="a door"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("MOFCOM_HTTP_PORT='a door' is wrong")
    assert wrong.stderr.count("\n") == 1
