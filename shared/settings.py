"""Settings of every service, from the environment; a wrong one stops it with one clear line.

A field of a settings class is one of three:

- ``Field(default, description=...)``: what those who run the pipeline set;
- ``tuning(default, description)``: what operators may tune;
- ``constant(default)``: a number with a reason, which no environment changes. Tests give another
  one to the constructor.
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, FilePath, ValidationError, ValidationInfo
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from shared.database_url import checked, with_password_file
from shared.environment import PREFIX, unknown_variables
from shared.passwords import ROLES, Role, database_password_file
from shared.tokens import Token

S = TypeVar("S", bound="Environment")


def _without_slash(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("must be an http:// or https:// address")
    return url.rstrip("/")


def _brokers(servers: str) -> str:
    for server in servers.split(","):
        host, colon, port = server.strip().rpartition(":")
        if not (host and port.isdecimal() if colon else port):
            raise ValueError("write HOST:PORT, several separated by commas")
    return servers


_WITH_PASSWORDS = {"MOFCOM_DATABASE_URL", "MOFCOM_ARCHIVE_PROXY"}

HttpUrl = Annotated[str, AfterValidator(_without_slash)]


def _where_tokens_come_from(url: str | None, others: ValidationInfo) -> str | None:
    if url is None and others.data.get("kafka_sasl_mechanism") == "OAUTHBEARER":
        raise ValueError("OAUTHBEARER needs it")
    if url is not None and not url.startswith(("https://", "http://", "file:///")):
        raise ValueError("must be an https:// address or file:///FILE")
    return url


TokenUrl = Annotated[str | None, AfterValidator(_where_tokens_come_from)]


def tuning(default: Any, description: str, **constraints: Any) -> Any:
    """A field that operators may tune; `constraints` are those of pydantic's Field, e.g. ``gt=0``."""
    return Field(default, description=description, json_schema_extra=_TUNING, **constraints)


def constant(default: Any, **constraints: Any) -> Any:
    """A field that is not read from the environment."""
    return Field(default, json_schema_extra=_CONSTANT, **constraints)


_TUNING: JsonDict = {"kind": "tuning"}
_CONSTANT: JsonDict = {"kind": "constant"}


def is_tuning(field: FieldInfo) -> bool:
    """Whether a field is one that operators may tune."""
    return field.json_schema_extra == _TUNING


def is_constant(field: FieldInfo) -> bool:
    """Whether a field is not read from the environment."""
    return field.json_schema_extra == _CONSTANT


class _Variables(EnvSettingsSource):
    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        if is_constant(field):
            return None, field_name, False
        return super().get_field_value(field, field_name)


class Environment(BaseSettings):
    """What all settings classes have in common: a variable MOFCOM_NAME for each field."""

    # What a file .env or compose names without a value is not set.
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment; no files."""
        return init_settings, _Variables(settings_cls)


def _file_or_bucket(url: str) -> str:
    if not re.fullmatch(r"file:///.+|s3://[^/]+(/.*)?", url):
        raise ValueError("must be file:///FOLDER or s3://BUCKET/PREFIX")
    return url


class PasswordSettings(Environment):
    """For the parts that log in anywhere."""

    passwords_dir: Path | None = Field(
        None,
        description="Folder with the passwords of the database's roles and of Kafka's users, "
        "`ROLE/database-password` and `USER/kafka-password`; `python -m deploy.passwords` creates it.",
    )


class KafkaSettings(PasswordSettings):
    """How Kafka is reached; most names are librdkafka's."""

    kafka_bootstrap_servers: Annotated[str, AfterValidator(_brokers)] = Field(
        "127.0.0.1:9092", description="Kafka brokers, HOST:PORT separated by commas."
    )
    kafka_security_protocol: Literal["plaintext", "ssl", "sasl_plaintext", "sasl_ssl"] = Field(
        "plaintext", description="`plaintext`, `ssl`, `sasl_plaintext` or `sasl_ssl`."
    )
    kafka_sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"] = Field(
        "SCRAM-SHA-512",
        description="`PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512` or `OAUTHBEARER`.",
    )
    kafka_sasl_username: str | None = Field(
        None, description="User name for SASL; of OAUTHBEARER the client id."
    )
    kafka_sasl_password_file: FilePath | None = Field(
        None,
        description="File that holds the password for SASL, of OAUTHBEARER the client secret; by default "
        "that of the user in `MOFCOM_PASSWORDS_DIR`.",
    )
    kafka_sasl_token_url: TokenUrl = Field(
        None,
        description="Where OAUTHBEARER's tokens come from: a token endpoint (`https://`, client credentials "
        "grant), or `file:///FILE`, which another program renews.",
        validate_default=True,
    )
    kafka_sasl_token_scope: str | None = Field(
        None, description="The scope to request of the token endpoint."
    )
    kafka_ssl_ca_location: FilePath | None = Field(
        None, description="CA certificates (PEM) to trust instead of the system's."
    )
    kafka_ssl_certificate_location: FilePath | None = Field(
        None, description="Client certificate (PEM)."
    )
    kafka_ssl_key_location: FilePath | None = Field(
        None, description="Private key (PEM) of the client certificate."
    )


class HttpSettings(Environment):
    """What everything that runs reads."""

    http_host: str = Field(
        "127.0.0.1",
        description="Address on which a service answers `/live`, `/ready` and `/metrics`.",
    )
    http_port: int = Field(8080, ge=0, le=65535, description="Port of the same.")
    log_format: Literal["console", "json"] = Field("console", description="`console` or `json`.")

    def tokens(self) -> Mapping[str, Token] | None:
        """By their SHA-256 the tokens that open a service's own routes; None: they are open."""
        return None


class Settings(HttpSettings, KafkaSettings):
    """What all services read. Each service adds its own in a subclass."""

    blob_url: Annotated[str, AfterValidator(_file_or_bucket)] = Field(
        "file:///var/lib/mofcom/blobs",
        description="Where page bodies are stored: `file:///FOLDER` or `s3://BUCKET/PREFIX`.",
    )
    stall_seconds: float = tuning(
        300.0,
        "A service ends, to be started again, when work has waited for so long without progress. "
        "900 in the translator, whose work takes longer.",
        gt=0,
    )
    # To shut down: less than compose (45 s) and the chart (45 s) wait before they kill. A quarter of it goes to
    # work in progress, also when replicas come or go; what takes longer is abandoned and done by the next replica.
    stop_seconds: float = constant(30.0, gt=0)
    # More of the last 100 messages that fail for an unknown reason are a fault of the service: it
    # goes on slowly and says so, instead of sending everything to the topic `dead-letter` at once.
    unknown_errors: int = constant(20, ge=0)
    # A killed service repeats a second of work at most; a commit a second does not load a broker.
    commit_interval_seconds: float = constant(1.0, gt=0)
    # Longer than a pause of the garbage collector or a slow disk, and short enough that the work
    # of a killed replica does not wait for a minute. Kafka accepts nothing under 6.
    session_timeout_seconds: float = constant(15.0, gt=0)
    # Before a dependency that is down is tried again: a server that restarts is back in 5 to 30 s.
    hold_seconds: float = constant(5.0, gt=0)
    # Between two looks at how far a service is behind, about as often as metrics are collected.
    lag_seconds: float = constant(5.0, gt=0)


class DatabaseSettings(PasswordSettings):
    """For the parts that speak to Postgres."""

    database_url: Annotated[str, AfterValidator(checked)] = Field(
        "postgresql://mofcom@127.0.0.1:5432/mofcom", description="Postgres, as a libpq URI."
    )
    database_password_file: Path | None = Field(
        None, description="File that holds the password, instead of one in the URI."
    )

    def dsn(self) -> str:
        """The connection string, with the password from the file when one is named.

        Raises OSError when the file cannot be read.
        """
        return with_password_file(self.database_url, self.database_password_file)


class RoleSettings(DatabaseSettings):
    """For the parts that do not do all with the rights of the database's owner."""

    def dsn_as(self, role: Role) -> str:
        """The connection string of a role; the URI's own without a folder of passwords.

        Raises OSError when the file cannot be read.
        """
        if self.passwords_dir is None:
            return self.dsn()
        file = database_password_file(self.passwords_dir, role)
        return with_password_file(self.database_url, file, role)

    def role_passwords(self) -> dict[Role, str]:
        """The password of each role; empty without a folder of passwords. Raises OSError."""
        if self.passwords_dir is None:
            return {}
        return {
            role: database_password_file(self.passwords_dir, role).read_text().strip()
            for role in ROLES
        }


def load(settings: type[S], **constants: Any) -> S:
    """Read `settings` from the environment; on a wrong one print one line each and exit 2.

    Unknown variables get a warning each. `constants` are for tests, which have less time.
    """
    for warning in unknown_variables():
        print(warning, file=sys.stderr)
    try:
        return settings(**constants)
    except ValidationError as error:
        print(*wrong_lines(error), sep="\n", file=sys.stderr)
        sys.exit(2)


def wrong_lines(error: ValidationError) -> list[str]:
    """A line for each wrong setting: its variable, its value and what is wrong with it.

    Of one that may hold a password the value is left out.
    """
    lines = []
    for problem in error.errors():
        # The words that pydantic puts before what a validator of ours says.
        why = problem["msg"].removeprefix("Value error, ")
        if not problem["loc"]:
            # Of several settings, which it names; the input is all of them.
            lines.append(why)
            continue
        name = PREFIX + "_".join(str(part) for part in problem["loc"]).upper()
        value = "" if name in _WITH_PASSWORDS else f"={problem['input']!r}"
        lines.append(f"{name}{value} is wrong: {why}")
    return lines
