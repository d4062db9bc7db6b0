"""Settings of the command line, and how it finds what runs."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.local.connections import Connections, NoConnections, read
from shared.settings import PREFIX, HttpUrl, Role, RoleSettings, Settings


class CliSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    data_dir: Path = Field(
        Path("var"), description="Where `mofcom up` keeps its database, broker and blobs."
    )
    seeds_dir: Path = Field(
        Path("seeds"), description="Folder whose `*.txt` files list the addresses to fetch."
    )
    fetcher_url: HttpUrl | None = Field(
        None, description="Where `mofcom add` finds the fetcher; by default what `mofcom up` runs."
    )
    database_published: str | None = Field(
        None,
        description="HOST:PORT for `mofcom connection` to print, where the database's own is one "
        "that only containers can reach.",
    )


class NothingRuns(Exception):
    """Neither the environment nor a running `mofcom up` says where the parts are."""


def connections(settings: CliSettings) -> dict[str, str]:
    """The settings that `mofcom up` wrote to ``connections.env``; raises NothingRuns."""
    return _local(settings).environment()


def database_dsn(settings: CliSettings, role: Role | None = "analyst") -> str:
    """The database's connection string for a role, None for the owner, with its password.

    Raises NothingRuns and OSError.
    """
    database = RoleSettings()
    if "database_url" not in database.model_fields_set:
        database = _local(settings).role_settings()
    return database.dsn() if role is None else database.dsn_as(role)


def pipeline_settings() -> Settings:
    """Where Kafka and the blobs are: what the environment says, else what `mofcom up` runs.

    Raises NothingRuns when neither says anything.
    """
    given = Settings()
    if given.model_fields_set & {"kafka_bootstrap_servers", "blob_url"}:
        return given
    known = connections(CliSettings())
    return given.model_copy(
        update={
            "kafka_bootstrap_servers": known["MOFCOM_KAFKA_BOOTSTRAP_SERVERS"],
            "blob_url": known["MOFCOM_BLOB_URL"],
        }
    )


def fetcher_url(settings: CliSettings) -> str:
    """The fetcher's HTTP address. Raises NothingRuns."""
    return settings.fetcher_url or connections(settings)["MOFCOM_FETCHER_URL"]


def _local(settings: CliSettings) -> Connections:
    try:
        return read(settings.data_dir)
    except NoConnections as missing:
        raise NothingRuns(
            f"{missing}, or set MOFCOM_DATABASE_URL and MOFCOM_FETCHER_URL to what runs elsewhere"
        ) from None
