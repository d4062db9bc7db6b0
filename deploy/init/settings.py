"""Settings of the init job."""

from pydantic import Field

from shared.settings import RoleSettings, Settings


class InitSettings(Settings, RoleSettings):
    """What the job reads from the environment."""

    replication_factor: int = Field(
        1, ge=1, description="Copies of every topic that the init job makes; 3 on a real cluster."
    )
    partitions: int = Field(
        12,
        ge=1,
        description="Partitions of every topic that replicas share; what the fetcher reads has one. "
        "As many replicas of a service can work.",
    )
    lock_timeout_seconds: float = Field(
        5.0,
        gt=0,
        description="How long a change of the schema waits for a table in use before it lets "
        "others pass and is tried again.",
    )
