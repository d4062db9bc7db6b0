"""Settings of the indexer."""

from pydantic import Field

from shared.settings import DatabaseSettings, Settings


class IndexerSettings(Settings, DatabaseSettings):
    index_batch: int = Field(
        500, ge=1, description="Events that the indexer writes in one transaction."
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
    reconcile_seconds: float = Field(
        30.0, gt=0, description="How often it is looked for what was lost on its way."
    )
    watch_seconds: float = Field(
        5.0, gt=0, description="How often the database is searched for analysts' long transactions."
    )
    analyst_seconds: float = Field(
        300.0, gt=0, description="Age at which what an analyst's transaction runs is cancelled."
    )
    analyst_grace_seconds: float = Field(
        10.0, gt=0, description="Time after that until the session is ended; idle ones end so too."
    )
