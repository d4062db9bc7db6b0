"""The schema of the chart's values, from the settings' own models; `docs.settings` writes it.

With it helm refuses a name under `settings` that is no setting, or one that the chart says itself.
"""

import json
from pathlib import Path

from docs.settings import settings

SCHEMA: Path = Path(__file__).parents[1] / "deploy" / "helm" / "values.schema.json"

# What the chart says itself, and the value that it follows from; None where nothing changes it.
OF_THE_CHART = {
    "MOFCOM_BLOB_URL": "blobs.url",
    "MOFCOM_DATABASE_PASSWORD_FILE": "database.secret",
    "MOFCOM_DATABASE_URL": "database.host",
    "MOFCOM_FIREFOX_MODEL_DIR": "translator.modelsClaim",
    "MOFCOM_HTTP_HOST": None,
    "MOFCOM_HTTP_PORT": None,
    "MOFCOM_KAFKA_BOOTSTRAP_SERVERS": "kafka.bootstrapServers",
    "MOFCOM_KAFKA_REPLICATION_FACTOR": "kafka.replicationFactor",
    "MOFCOM_KAFKA_SASL_MECHANISM": "kafka.saslMechanism",
    "MOFCOM_KAFKA_SASL_PASSWORD_FILE": "kafka.secret",
    "MOFCOM_KAFKA_SASL_TOKEN_SCOPE": "kafka.tokenScope",
    "MOFCOM_KAFKA_SASL_TOKEN_URL": "kafka.tokenUrl",
    "MOFCOM_KAFKA_SASL_USERNAME": "kafka.secret",
    "MOFCOM_KAFKA_SECURITY_PROTOCOL": "kafka.securityProtocol",
    "MOFCOM_KAFKA_SSL_CA_LOCATION": "kafka.ca",
    "MOFCOM_KAFKA_SSL_CERTIFICATE_LOCATION": "kafka.clientCertificate",
    "MOFCOM_KAFKA_SSL_KEY_LOCATION": "kafka.clientCertificate",
    "MOFCOM_PASSWORDS_DIR": "database.secret",
    "MOFCOM_SEEDS_DIR": "seeds",
    "MOFCOM_SERVICE_URLS": None,
}


def schema() -> str:
    """The schema, as JSON."""
    known = {
        one.name: {"type": ["string", "number", "boolean"], "description": one.description}
        for one in settings()
        if one.name not in OF_THE_CHART
    }
    ours = {"type": "object", "properties": known, "additionalProperties": False}
    whole = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": {"settings": ours},
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
