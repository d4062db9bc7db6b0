"""Settings of the console."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from shared.service_urls import read_service_urls
from shared.settings import HttpSettings, KafkaSettings, RoleSettings, constant
from shared.tokens import is_loopback


def _checked_urls(given: str | None) -> str | None:
    read_service_urls(given or "")
    return given


class ConsoleSettings(HttpSettings, KafkaSettings, RoleSettings):
    console_tokens_file: Path | None = Field(
        None,
        description="File of the tokens that may ask, a line each: `SHA256 read NAME`, or `operate` for those that "
        "may replay dead letters, too. `mofcom token NAME` makes a token and its line.",
    )
    console_trusted_header: str | None = Field(
        None,
        description="Header in which a reverse proxy names who has logged in, e.g. `X-Forwarded-User`: "
        "requests without it are refused. Only the proxy may reach the console then.",
    )
    console_open: bool = Field(
        False,
        description="Answer without a login on any address. For a container whose port is published on "
        "127.0.0.1 alone, as in compose.",
    )
    service_urls: Annotated[str | None, AfterValidator(_checked_urls)] = Field(
        None,
        description="The services, whose state the page /pipeline shows, as `fetcher=http://...,parser=...`.",
    )
    # Of one address: as fast as somebody reads and a page asks for its parts, and no crawler.
    requests_per_minute: int = constant(600, ge=1)
    # Of the 20 of the role analyst; the rest stays for analysts.
    connections: int = constant(8, ge=1)
    # Nobody waits longer for a page; the role's own limit is for analysts.
    statement_seconds: float = constant(10.0, gt=0)

    def services(self) -> dict[str, str]:
        """Where the other services answer, by name, as far as that is known."""
        known = read_service_urls(self.service_urls or "")
        return {name: url for name, url in known.items() if name != "console"}

    @model_validator(mode="after")
    def _login_beyond_loopback(self) -> Self:
        has_login = self.console_tokens_file or self.console_trusted_header
        if not (has_login or self.console_open or is_loopback(self.http_host)):
            raise ValueError(
                f"the console answers on {self.http_host} only with a login: set "
                "MOFCOM_CONSOLE_TOKENS_FILE or MOFCOM_CONSOLE_TRUSTED_HEADER, or listen on 127.0.0.1"
            )
        return self
