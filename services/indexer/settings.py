"""Settings of the indexer."""

from pydantic import Field

from shared.settings import DatabaseSettings, Settings


class IndexerSettings(Settings, DatabaseSettings):
    index_batch: int = Field(
        500, ge=1, description="Events that the indexer writes in one transaction."
    )
    index_poll_seconds: float = Field(
        0.2, gt=0, description="How long it waits for events before it looks whether to stop."
    )
    database_timeout_seconds: float = Field(
        30.0, gt=0, description="A statement without an answer for this long counts as an outage."
    )
    schedule_seconds: float = Field(
        1.0, gt=0, description="How often the ledger is searched for what is due again."
    )
    schedule_batch: int = Field(
        500, ge=1, description="Rows that are asked again in one transaction."
    )
