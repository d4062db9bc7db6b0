"""Fixtures for all tests."""

import hypothesis

from testing.servers import (
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

# A busy machine is no failure: what is slow here is measured in bench/.
hypothesis.settings.register_profile(
    "mofcom", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("mofcom")
