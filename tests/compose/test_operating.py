"""What docs/operating.md says to do with Docker, done: files, scrapes, restarts, lost volumes, an update.

The drills, which take minutes, are marked `chaos`. Each test goes on with the stack that the last one left.
"""

import csv
import os
import signal
import time
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from deploy.local.stack import SERVICES
from shared.version import __version__
from testing.waiting import until_now
from tests.compose.stack import LASTING, LATER, Compose, docker

pytestmark = [pytest.mark.compose, pytest.mark.timeout(1800)]

URL = "http://www.mofcom.gov.cn/article/zwgk/gkztz/202107/20210703180542.shtml"
COUNTS = """
    SELECT (SELECT count(*) FROM notices) AS notices,
        (SELECT count(*) FROM pages) AS pages,
        (SELECT count(*) FROM addresses WHERE state = 'done') AS addresses,
        (SELECT count(*) FROM requests WHERE state IN ('done', 'skipped', 'dead')) AS requests,
        (SELECT count(*) FROM ingest.translation) AS translations
"""
SETTLED = """
    SELECT FROM pipeline_open WHERE addresses = 0 AND requests = 0
        AND (SELECT count(*) FROM addresses) > 20
"""
TRANSLATED = """
    SELECT NOT EXISTS (
        SELECT FROM ingest.reading AS r LEFT JOIN ingest.translation AS t USING (capture_id)
        WHERE r.outcome = 'done' AND t.capture_id IS NULL
    )
"""
SCRAPE = "import sys, urllib.request as u; print(u.urlopen(sys.argv[1]).read().decode())"


def cli(compose: Compose, *arguments: str, given: bytes | None = None) -> bytes:
    return compose.run("run", "--rm", "cli", *arguments, given=given)


def asked(compose: Compose, sql: str) -> str:
    """What the database answers its owner."""
    return compose("exec", "-T", "postgres", "psql", "-U", "mofcom", "-Atc", sql).strip()


def counts(compose: Compose) -> dict[str, Any]:
    """The rows, by kind, and the bodies in the blob store."""
    compose.wait_for(SETTLED)
    until_now(lambda: asked(compose, TRANSLATED) == "t", lambda: asked(compose, COUNTS))
    rows = asked(compose, COUNTS)
    bodies = "find /var/lib/mofcom/blobs/bodies -type f | wc -l"
    return {"rows": rows, "bodies": compose("exec", "-T", "parser", "sh", "-c", bodies).strip()}


def test_it_comes_up_and_nothing_is_wrong(compose: Compose) -> None:
    compose.wait_healthy()
    compose.wait_for(SETTLED)
    assert b"nothing is wrong" in cli(compose, "status", "--once")


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_can_be_scraped(compose: Compose, service: str) -> None:
    url = f"http://{service}:8080/metrics"
    scraped = compose("exec", "-T", "parser", "python", "-c", SCRAPE, url)
    assert "process_resident_memory_bytes" in scraped
    assert "mofcom_trouble{" in scraped


def test_the_indexer_measures_the_tables_and_the_disk(compose: Compose) -> None:
    def measured() -> str:
        return compose(
            "exec", "-T", "parser", "python", "-c", SCRAPE, "http://indexer:8080/metrics"
        )

    # It looks once a minute.
    until_now(lambda: 'mofcom_blob_disk_bytes{state="free"}' in measured(), measured)
    assert "mofcom_dead_letters 0.0" in measured()


@pytest.mark.parametrize("service", LASTING)
def test_memory_and_processors_are_limited(compose: Compose, service: str) -> None:
    host = compose.inspect(service)["HostConfig"]
    assert 0 < host["Memory"] <= 2 * 1024**3
    assert host["NanoCpus"] or host["CpuShares"]


def test_exports_go_to_standard_output_and_into_a_folder(compose: Compose, project: Path) -> None:
    rows = list(csv.reader(StringIO(cli(compose, "export", "notices", "--output", "-").decode())))
    assert len(rows) > 5
    arguments = ("export", "notices", "--format", "parquet", "--output", "-")
    assert pq.read_table(BytesIO(cli(compose, *arguments))).num_rows == len(rows) - 1
    (project / "out").mkdir()
    (project / "out").chmod(0o777)
    cli(compose, "export", "notices", "--output", "out/notices.parquet")
    assert pq.read_table(project / "out" / "notices.parquet").num_rows == len(rows) - 1


def test_files_of_this_machine_are_added_parsed_and_measured(
    compose: Compose, project: Path
) -> None:
    assert b"seeds/demo.warc.gz: " in cli(compose, "add", "seeds/demo.warc.gz")
    warc = (project / "seeds" / "demo.warc.gz").read_bytes()
    assert b"standard input: " in cli(compose, "add", "-", given=warc)
    page = next((project / "seeds" / "pages").glob("*.html"))
    named = cli(compose, "parse", str(page.relative_to(project)), "--url", URL)
    assert named == cli(compose, "parse", "-", "--url", URL, given=page.read_bytes())
    (project / "titles.txt").write_text("关于公布名单的通知\n")
    assert b"of 1 whole" in cli(compose, "eval", "titles", "titles.txt")


@pytest.mark.chaos
def test_whatever_ends_is_started_again(compose: Compose) -> None:
    compose.wait_healthy()
    for service in LASTING:
        # As the kernel does it; of `docker kill` the engine thinks that it was meant.
        os.kill(compose.inspect(service)["State"]["Pid"], signal.SIGKILL)
    until_now(
        lambda: all(compose.inspect(service)["RestartCount"] for service in LASTING),
        lambda: {service: compose.inspect(service)["State"] for service in LASTING},
    )
    compose.wait_healthy()


@pytest.mark.chaos
@pytest.mark.parametrize("store", ["kafka", "postgres", "blobs"])
def test_a_lost_volume_comes_back_by_rebuild(compose: Compose, store: str) -> None:
    before, connection = counts(compose), compose.connection()
    compose("down", "--timeout", "45")
    docker("volume", "rm", f"{compose.name}_{store}")
    started = time.monotonic()
    compose("up", "-d")
    compose.wait_healthy()
    up = time.monotonic()
    print(cli(compose, "rebuild").decode())
    done = time.monotonic()
    until_now(lambda: counts(compose) == before, lambda: (before, counts(compose)))
    print(f"{store}: healthy after {up - started:.0f} s, rebuilt in {done - up:.0f} s, {before}")
    assert compose.connection() == connection
    assert b"requested from the archive again" not in cli(compose, "rebuild")


@pytest.mark.chaos
def test_an_update_runs_the_new_version(compose: Compose, project: Path) -> None:
    before = counts(compose)
    for file in ("docker-compose.yml", "deploy/docker/bundled.yml", "shared/version.py"):
        path = project / file
        text = path.read_text()
        assert __version__ in text
        path.write_text(text.replace(__version__, LATER))
    compose("up", "-d")
    compose.wait_healthy()
    version = "from shared.version import __version__; print(__version__)"
    for service in (*SERVICES, "archive"):
        running = compose("exec", "-T", service, "python", "-c", version)
        assert running.strip() == LATER, service
        assert compose.inspect(service)["Config"]["Image"] == f"mofcom-notices:{LATER}"
    assert cli(compose, "--version").decode().strip() == f"mofcom {LATER}"
    assert counts(compose) == before


@pytest.mark.chaos
def test_a_change_without_a_new_version_runs_too(compose: Compose, project: Path) -> None:
    version = project / "shared" / "version.py"
    version.write_text(version.read_text() + "\nCHANGED = True\n")
    compose("up", "-d")
    compose.wait_healthy()
    changed = "from shared.version import CHANGED"
    for service in SERVICES:
        compose("exec", "-T", service, "python", "-c", changed)
