"""Settings of the indexer."""

from shared.settings import RoleSettings, Settings, constant, tuning


class IndexerSettings(Settings, RoleSettings):
    kafka_retention_days: float = tuning(
        30.0,
        "Age in days at which events are deleted from Kafka that all services have read: they are in the "
        "tables and the blob store then. `0` keeps them.",
        ge=0,
        le=36500,
    )
    # Age of an analyst's transaction at which its statement is cancelled: ten times the role's statement_timeout,
    # which a session may lift. An older one keeps rows from being vacuumed.
    analyst_seconds: float = constant(300.0, gt=0)
    # Time after that until its session is ended, also an idle one: a client notices by then.
    analyst_grace_seconds: float = constant(10.0, gt=0)
    # A statement without an answer for this long counts as an outage: the largest batch takes 2 s.
    database_timeout_seconds: float = constant(30.0, gt=0)
    # Events in one transaction: twice as many are no faster (bench/index).
    index_batch: int = constant(500, ge=1)
    # Between two searches of the ledger for retries that another indexer has written, and rows published in
    # one transaction.
    schedule_seconds: float = constant(30.0, gt=0)
    schedule_batch: int = constant(500, ge=1)
    # Between two searches for what was lost: a full scan of what is open.
    reconcile_seconds: float = constant(30.0, gt=0)
    # Between two looks for troubles: counts over whole tables.
    troubles_seconds: float = constant(60.0, gt=0)
    # Between two deletions of old events, whose age is counted in days.
    retention_seconds: float = constant(3600.0, gt=0)
    # Between two searches for analysts' long transactions: short beside analyst_grace_seconds.
    analyst_look_seconds: float = constant(5.0, gt=0)
