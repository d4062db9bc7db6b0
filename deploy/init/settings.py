"""Settings of the init job."""

from pathlib import Path

from pydantic import Field

from shared.settings import DatabaseSettings, Settings


class InitSettings(Settings, DatabaseSettings):
    """What the job reads from the environment."""

    replication_factor: int = Field(
        1, ge=1, description="Copies of every topic that the init job makes; 3 on a real cluster."
    )
    init_seconds: float = Field(
        120.0, gt=0, description="Time that the init job waits for Kafka and Postgres in all."
    )
    lock_timeout_seconds: float = Field(
        5.0,
        gt=0,
        description="How long a migration waits for a table in use before it lets others pass.",
    )
    analyst_password_file: Path | None = Field(
        None, description="File with the password of `analyst`, the role that may only query."
    )
    ingest_password_file: Path | None = Field(
        None, description="File with the password of `ingest`, the role that the services need."
    )
