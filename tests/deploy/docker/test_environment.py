"""Every setting reaches its container: compose passes nothing on by itself."""

from pathlib import Path

import pytest
import yaml

from docs.settings import settings

COMPOSE = yaml.safe_load((Path(__file__).parents[3] / "docker-compose.yml").read_text())
OWNERS = {"init job": "init", "all services": "parser"}
# Compose says itself where its own Kafka, database, blobs, models and ports are; more brokers, TLS
# and certificates need a file that is mounted, and so a compose file of their own.
OF_THE_DEPLOYMENT = (
    "DATABASE",
    "PASSWORD_FILE",
    "KAFKA",
    "BLOB",
    "HTTP",
    "DATA_DIR",
    "FETCHER_URL",
    "SERVICE_URLS",
)
OF_A_FILE = (
    "CA_FILE",
    "API_KEY_FILE",
    # deploy/docker/save.yml
    "SAVE_KEY_FILE",
    "FIREFOX_MODEL_DIR",
    "REPLICATION_FACTOR",
    "LOG_FORMAT",
    "SEEDS_DIR",
)


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        (one.name, OWNERS.get(one.owner, one.owner))
        for one in settings()
        if not any(word in one.name for word in (*OF_THE_DEPLOYMENT, *OF_A_FILE))
    ],
)
def test_compose_hands_it_on(name: str, owner: str) -> None:
    assert name in COMPOSE["services"][owner]["environment"]
