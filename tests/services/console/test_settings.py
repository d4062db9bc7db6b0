"""The console listens beyond this machine only with a login."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from services.console.settings import ConsoleSettings


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_no_login_is_needed_on_loopback(host: str) -> None:
    assert ConsoleSettings(http_host=host).console_tokens_file is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org", ""])
def test_a_login_is_needed_elsewhere(host: str) -> None:
    with pytest.raises(ValidationError, match="only with a login: set MOFCOM_CONSOLE_TOKENS_FILE"):
        ConsoleSettings(http_host=host)
    ways: list[dict[str, Any]] = [
        {"console_tokens_file": Path("tokens")},
        {"console_trusted_header": "X-Forwarded-User"},
        {"console_open": True},
    ]
    for way in ways:
        ConsoleSettings(http_host=host, **way)
