"""Every setting of docs/settings.md, in the environment or in .env, reaches the containers that read it."""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from docs.settings import settings
from tests.compose.stack import ROOT, compose_plugin_answers
from tests.deploy.docker.interpolation import compose, environment

SERVICES = ("fetcher", "parser", "indexer", "translator", "console", "notifier")
# They alone have to do with bodies.
READERS_OF_BODIES = ("fetcher", "parser", "indexer", "translator", "cli")
READ_BY = {
    "all services": (*SERVICES, "init", "cli"),
    "fetcher": ("fetcher",),
    "parser": ("parser", "cli"),
    "indexer": ("indexer",),
    # `mofcom eval translation` reads them too; the image of the command line lacks what it measures by.
    "translator": ("translator",),
    "console": ("console",),
    "notifier": ("notifier",),
    "database": ("fetcher", "indexer", "console", "notifier", "init", "cli"),
    "init job": ("init",),
    "command line": ("cli",),
}
# Folders of `mofcom up`: in containers there are volumes.
WITHOUT_DOCKER = {"MOFCOM_DATA_DIR", "MOFCOM_PASSWORDS_DIR"}
# The job `secrets` puts it where those who need it look.
OWNERS_PASSWORD = "MOFCOM_DATABASE_PASSWORD_FILE"
# A folder is mounted; its setting keeps the path that it has in the container.
FOLDERS = {
    "MOFCOM_SEEDS_DIR": (("fetcher", "notifier"), "/seeds"),
    "MOFCOM_FIREFOX_MODEL_DIR": (("translator",), "/var/lib/mofcom/models"),
}
VALUE = "/some/value"
SET = [one for one in settings() if one.name not in {*WITHOUT_DOCKER, *FOLDERS, OWNERS_PASSWORD}]


def is_file(name: str) -> bool:
    return name.endswith(("_FILE", "_LOCATION"))


def mounts(service: Mapping[str, Any]) -> dict[str, str]:
    """The sources of a service's volumes by where they are in the container."""
    found = {}
    for volume in service.get("volumes", ()):
        if isinstance(volume, str):
            source, target = volume.split(":")[:2]
            found[target] = source
        else:
            found[volume["target"]] = volume["source"]
    return found


@pytest.mark.parametrize("one", SET, ids=[one.name for one in SET])
def test_a_setting_reaches_whoever_reads_it(one: Any) -> None:
    given = {one.name: VALUE}
    whole = compose(given)
    readers = READERS_OF_BODIES if one.name == "MOFCOM_BLOB_URL" else READ_BY[one.owner]
    for name in (*readers, *one.also):
        service = whole["services"][name]
        value = environment(service, given)[one.name]
        if is_file(one.name):
            folder, _, secret = value.rpartition("/")
            assert folder == "/run/secrets"
            assert secret in service["secrets"]
            assert whole["secrets"][secret] == {"file": VALUE}
        else:
            assert value == VALUE


def test_the_variables_of_a_bucket_reach_whoever_reads_it_and_nobody_else() -> None:
    documented = re.findall(r"`(AWS_\w+)`", (ROOT / "docs" / "scaling.md").read_text())
    given = dict.fromkeys(documented, VALUE)
    assert len(given) == 6
    for name, service in compose(given)["services"].items():
        found = environment(service, given)
        passed = {variable: found[variable] for variable in given.keys() & found.keys()}
        assert passed == (given if name in READERS_OF_BODIES else {}), name


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_is_mounted(name: str) -> None:
    readers, target = FOLDERS[name]
    for service in readers:
        assert mounts(compose({name: VALUE})["services"][service])[target] == VALUE


def test_the_owner_s_password_reaches_the_job_that_keeps_passwords() -> None:
    whole = compose({OWNERS_PASSWORD: VALUE})
    job = whole["services"]["secrets"]
    assert job["secrets"] == ["database-password"]
    assert whole["secrets"]["database-password"] == {"file": VALUE}
    folder, file = job["command"][-1].split("deploy.passwords ")[1].split()
    assert file == "/run/secrets/database-password"
    kept = f"{folder}/postgres/database-password"
    for name in ("init", "cli"):
        assert environment(whole["services"][name], {})[OWNERS_PASSWORD] == kept


def test_servers_elsewhere_are_not_started_here() -> None:
    services = compose({"MOFCOM_RUN_POSTGRES": "0"})["services"]
    assert (services["postgres"]["scale"], services["kafka"]["scale"]) == (0, 1)
    assert compose({"MOFCOM_RUN_KAFKA": "0"})["services"]["kafka"]["scale"] == 0


def test_without_settings_no_file_is_named() -> None:
    for service in compose({})["services"].values():
        named = environment(service, {})
        assert not [name for name, value in named.items() if value.startswith("/run/secrets")]


@pytest.mark.skipif(not compose_plugin_answers(), reason="Docker Compose is not installed")
def test_compose_reads_the_file_as_these_tests_do(tmp_path: Path) -> None:
    given = {one.name: VALUE for one in SET} | dict.fromkeys(FOLDERS, VALUE)
    given["MOFCOM_HTTP_PORT"] = "8099"
    file = tmp_path / "env"
    file.write_text("".join(f"{name}={value}\n" for name, value in given.items()))
    done = subprocess.run(
        ["docker", "compose", "--env-file", file, "--profile", "*", "config", "--format", "json"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    read = json.loads(done.stdout)["services"]
    ours = compose(given)["services"]
    assert read.keys() == ours.keys()
    for name, service in ours.items():
        written = read[name].get("environment", {})
        # It writes a dollar as a compose file has it.
        theirs = {k: v.replace("$$", "$") for k, v in written.items() if v is not None}
        assert theirs == environment(service, given), name
