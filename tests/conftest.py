"""Fixtures for all tests."""

from tests.servers import (
    data_dir,
    database_url,
    empty_database_url,
    kafka_bootstrap,
    migrated_template,
    servers,
)

__all__ = [
    "data_dir",
    "database_url",
    "empty_database_url",
    "kafka_bootstrap",
    "migrated_template",
    "servers",
]
