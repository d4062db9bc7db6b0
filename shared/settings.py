"""Settings of every service, from the environment; a wrong one stops it with one clear line."""

import sys
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field, FilePath, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.database_url import with_parts

PREFIX = "MOFCOM_"

S = TypeVar("S", bound="Settings")


def _without_slash(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("must be an http:// or https:// address")
    return url.rstrip("/")


Role = Literal["analyst", "ingest"]
HttpUrl = Annotated[str, AfterValidator(_without_slash)]


class KafkaSettings(BaseSettings):
    """How Kafka is reached; the names are librdkafka's."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    kafka_bootstrap_servers: str = Field(
        "127.0.0.1:9092", description="Kafka brokers, HOST:PORT separated by commas."
    )
    kafka_security_protocol: Literal["plaintext", "ssl", "sasl_plaintext", "sasl_ssl"] = Field(
        "plaintext", description="`plaintext`, `ssl`, `sasl_plaintext` or `sasl_ssl`."
    )
    kafka_sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        "SCRAM-SHA-512", description="`PLAIN`, `SCRAM-SHA-256` or `SCRAM-SHA-512`."
    )
    kafka_sasl_username: str | None = Field(None, description="Name for SASL.")
    kafka_sasl_password_file: FilePath | None = Field(
        None, description="File that holds the password for SASL."
    )
    kafka_ssl_ca_location: FilePath | None = Field(
        None, description="Certificates (PEM) to trust instead of the system's."
    )
    kafka_ssl_certificate_location: FilePath | None = Field(
        None, description="Certificate (PEM) by which brokers know this client."
    )
    kafka_ssl_key_location: FilePath | None = Field(None, description="Its key (PEM).")


class Settings(KafkaSettings):
    """What all services read. Each service adds its own in a subclass."""

    blob_url: str = Field(
        "file:///var/lib/mofcom/blobs",
        description="Where bodies are kept: `file:///FOLDER` or `s3://BUCKET/PREFIX`.",
    )
    http_host: str = Field(
        "127.0.0.1", description="Address on which a service answers /live, /ready, /metrics."
    )
    http_port: int = Field(8080, ge=0, le=65535, description="Its port.")
    log_format: str = Field(
        "console", pattern="^(console|json)$", description="`console` or `json`."
    )
    commit_interval_seconds: float = Field(
        1.0, gt=0, description="How often offsets of finished work are committed to Kafka."
    )
    session_timeout_seconds: float = Field(
        15.0,
        gt=0,
        description="Silence after which Kafka gives a killed consumer's work to another.",
    )
    hold_seconds: float = Field(
        5.0, gt=0, description="Pause before a dependency that is down is tried again."
    )
    lag_seconds: float = Field(
        5.0,
        gt=0,
        description="How often a service looks how far it is behind; Kafka counts as away when it "
        "takes twice as long to answer.",
    )
    unknown_errors: int = Field(
        20,
        ge=0,
        description="Messages of the last 100 that may fail for unknown reasons before a service "
        "stops working and says so, instead of sending everything to `dead-letter`.",
    )
    stall_seconds: float = Field(
        60.0, gt=0, description="Work waiting without progress for this long fails /live."
    )
    stop_seconds: float = Field(
        30.0,
        gt=0,
        description="Time that a service has to stop. Work in hand gets a quarter of it, also when "
        "replicas come or go; what takes longer is let go of, and done by whoever gets it next.",
    )


class DatabaseSettings(BaseSettings):
    """For the parts that speak to Postgres."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    database_url: str = Field(
        "postgresql://mofcom@127.0.0.1:5432/mofcom", description="Postgres, as libpq writes it."
    )
    database_password_file: Path | None = Field(
        None, description="File that holds the password, instead of one in the address."
    )

    def dsn(self) -> str:
        """The connection string, with the password from the file when one is named.

        Raises OSError when the file cannot be read.
        """
        if self.database_password_file is None:
            return self.database_url
        password = self.database_password_file.read_text().strip()
        return with_parts(self.database_url, password=password)


class RoleSettings(DatabaseSettings):
    """For the parts that do not do all with the rights of the database's owner."""

    analyst_password_file: Path | None = Field(
        None, description="File with the password of `analyst`, the role that may only query."
    )
    ingest_password_file: Path | None = Field(
        None, description="File with the password of `ingest`, the role that the services need."
    )

    def dsn_as(self, role: Role) -> str:
        """The connection string of a role; the address's own where no file has its password.

        Raises OSError when a file cannot be read.
        """
        file = self.analyst_password_file if role == "analyst" else self.ingest_password_file
        if file is None:
            return self.dsn()
        return with_parts(self.database_url, user=role, password=file.read_text().strip())


def load(settings: type[S]) -> S:
    """Read `settings` from the environment; on a wrong one print one line each and exit 2."""
    try:
        return settings()
    except ValidationError as error:
        for problem in error.errors():
            name = PREFIX + "_".join(str(part) for part in problem["loc"]).upper()
            print(f"{name}={problem['input']!r} is wrong: {problem['msg']}", file=sys.stderr)
        sys.exit(2)
