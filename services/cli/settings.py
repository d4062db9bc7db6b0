"""Settings of the command line, and how it finds the running pipeline.

Read here without pydantic, whose import alone takes longer than a command such as `mofcom psql` may.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from deploy.local.connections import Connections, NoConnections, read
from services.cli.fail import fail
from shared.database_url import checked, same_server, with_password_file
from shared.environment import PREFIX
from shared.passwords import Role, database_password_file
from shared.service_urls import read_service_urls

if TYPE_CHECKING:
    from shared.settings import Environment, Settings

S = TypeVar("S", bound="Environment")


@dataclass(frozen=True)
class CliSettings:
    """What the commands read from the environment; `docs/settings.md` lists it, too."""

    data_dir: Path = field(
        default=Path("var"),
        metadata={"description": "Folder of `mofcom up`: database, broker, page bodies, logs."},
    )
    seeds_dir: Path = field(
        default=Path("seeds"),
        metadata={
            "description": "Folder of seeds: lists of addresses to fetch (`*.txt`, `*.csv`, `*.tsv`), `watch.toml` and `alerts.toml`."
        },
    )
    fetcher_token_file: Path | None = field(
        default=None,
        metadata={"description": "File with the token for a fetcher that asks for one."},
    )
    service_urls: str | None = field(
        default=None,
        metadata={
            "description": "The services, as `fetcher=http://HOST:PORT,parser=...`: the fetcher for `mofcom add`, all for "
            "`mofcom status` and the console's page /pipeline. By default those of `mofcom up`."
        },
    )
    database_published: str | None = field(
        default=None,
        metadata={
            "description": "HOST:PORT that `mofcom connection` prints, where the database's own is "
            "one that only containers can reach."
        },
    )


def cli_settings() -> CliSettings:
    """The settings from the environment. Exits 1 with one line if one is wrong."""
    given = {one.name: os.environ.get(PREFIX + one.name.upper()) for one in fields(CliSettings)}
    services = given["service_urls"]
    try:
        read_service_urls(services or "")
    except ValueError as wrong:
        fail(f"MOFCOM_SERVICE_URLS: {wrong}")
    defaults = CliSettings()
    return CliSettings(
        data_dir=Path(given["data_dir"] or defaults.data_dir),
        seeds_dir=Path(given["seeds_dir"] or defaults.seeds_dir),
        fetcher_token_file=Path(given["fetcher_token_file"])
        if given["fetcher_token_file"]
        else None,
        service_urls=services or None,
        database_published=given["database_published"] or None,
    )


class NothingRuns(Exception):
    """Neither the environment nor a running `mofcom up` says where the parts are."""


def database_dsn(settings: CliSettings, role: Role | None = "analyst") -> str:
    """The database's connection string for a role, None for the owner, with its password.

    Raises NothingRuns, and OSError when a file with a password cannot be read.
    """
    given: Mapping[str, str] = os.environ
    if not given.get("MOFCOM_DATABASE_URL"):
        given = _local(settings)
    url = given["MOFCOM_DATABASE_URL"]
    try:
        checked(url)
    except ValueError as wrong:
        fail(f"MOFCOM_DATABASE_URL is wrong: {wrong}")
    if not given.get("MOFCOM_PASSWORDS_DIR"):
        # The roles that `mofcom up` has made on a server elsewhere.
        with suppress(NothingRuns):
            running = _running(settings)
            if same_server(running.database_url, url):
                given = {**given, "MOFCOM_PASSWORDS_DIR": running.passwords_dir}
    if role is not None and (folder := given.get("MOFCOM_PASSWORDS_DIR")):
        return with_password_file(url, database_password_file(Path(folder), role), role)
    owner = given.get("MOFCOM_DATABASE_PASSWORD_FILE")
    return with_password_file(url, Path(owner) if owner else None)


def from_environment(settings: type[S]) -> S:
    """Those that services read as well. Exits 1 with a line for each that is wrong."""
    from pydantic import ValidationError

    from shared.settings import wrong_lines

    try:
        return settings()
    except ValidationError as error:
        fail("\n".join(wrong_lines(error)))


def pipeline_settings() -> "Settings":
    """Where Kafka and the blobs are: as in the environment, else as `mofcom up` runs them.

    Raises NothingRuns when neither says anything. Exits 1 if a setting is wrong.
    """
    from shared.settings import Settings

    given = from_environment(Settings)
    elsewhere = "kafka_bootstrap_servers" in given.model_fields_set
    try:
        running = _running(cli_settings())
    except NothingRuns:
        if elsewhere or "blob_url" in given.model_fields_set:
            return given
        raise
    if elsewhere and running.kafka_bootstrap_servers != given.kafka_bootstrap_servers:
        return given
    kafka = running.kafka_settings().model_dump(exclude_unset=True)
    return given.model_copy(update={**kafka, "blob_url": running.blob_url})


def fetcher_url(settings: CliSettings) -> str:
    """The fetcher's HTTP address. Raises NothingRuns."""
    try:
        return _urls(settings)["fetcher"]
    except KeyError:
        raise NothingRuns(
            "MOFCOM_SERVICE_URLS names no fetcher: write fetcher=http://HOST:PORT"
        ) from None


def fetcher_login(settings: CliSettings) -> dict[str, str]:
    """The header with the fetcher's token; none without one. Exits 1 if its file cannot be read."""
    if settings.fetcher_token_file is None:
        return {}
    try:
        token = settings.fetcher_token_file.read_text().strip()
    except OSError as error:
        fail(f"MOFCOM_FETCHER_TOKEN_FILE is wrong: {error}")
    return {"Authorization": f"Bearer {token}"}


def service_urls(settings: CliSettings) -> dict[str, str]:
    """The HTTP addresses of the services that are known, by name."""
    with suppress(NothingRuns):
        return _urls(settings)
    return {}


def _urls(settings: CliSettings) -> dict[str, str]:
    return read_service_urls(settings.service_urls or _local(settings)["MOFCOM_SERVICE_URLS"])


def _local(settings: CliSettings) -> dict[str, str]:
    """The settings that `mofcom up` wrote to ``connections.env``; raises NothingRuns."""
    return _running(settings).environment()


def _running(settings: CliSettings) -> Connections:
    try:
        return read(settings.data_dir)
    except NoConnections as missing:
        raise NothingRuns(
            f"{missing}. For a pipeline elsewhere set MOFCOM_DATABASE_URL and MOFCOM_SERVICE_URLS"
        ) from None
