"""The fetcher takes requests from beyond this machine only with tokens."""

import hashlib
from pathlib import Path

import pytest
from pydantic import ValidationError

from shared.settings import wrong_lines
from shared.tokens import Token
from testing.fetcher.stage import settings

DIGEST = hashlib.sha256(b"secret").hexdigest()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_no_token_is_needed_on_loopback(tmp_path: Path, host: str) -> None:
    assert settings(tmp_path, http_host=host).tokens() is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "fetcher"])
def test_tokens_are_needed_elsewhere(tmp_path: Path, host: str) -> None:
    with pytest.raises(ValidationError) as raised:
        settings(tmp_path, http_host=host, archive_proxy="http://user:word@proxy:1")
    # In one line, and no other setting's value in it.
    (said,) = wrong_lines(raised.value)
    assert said.startswith(f"the fetcher takes requests on {host} only with tokens: set MOFCOM_")
    assert "word" not in said
    file = tmp_path / "tokens"
    file.write_text(f"{DIGEST} operate Ann\n")
    opened = settings(tmp_path, http_host=host, fetcher_tokens_file=file)
    assert opened.tokens() == {DIGEST: Token("Ann", operates=True)}
    assert settings(tmp_path, http_host=host, fetcher_open=True).tokens() is None


def test_a_file_without_tokens_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text("secret\n")
    with pytest.raises(ValidationError, match="line 1: SHA256 read NAME, or operate, is expected"):
        settings(tmp_path, fetcher_tokens_file=file)
