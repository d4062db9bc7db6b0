"""The file of tokens; tests/services/console/test_access.py has how one is sent."""

import hashlib
from pathlib import Path

import pytest

from shared.tokens import Token, read_tokens, token_of


def test_a_file_of_tokens(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    digest, other = (hashlib.sha256(one).hexdigest() for one in (b"secret", b"other"))
    file.write_text(f"# of the team\n\n{digest} read Ann of sales\n{other} operate Bob\n")
    assert read_tokens(file) == {digest: Token("Ann of sales"), other: Token("Bob", operates=True)}
    for wrong in (
        "secret Ann",
        digest,
        f"{digest} Ann",
        f"{digest[:-1]} read Ann",
        f"{digest} read ",
    ):
        file.write_text(wrong)
        with pytest.raises(ValueError, match="line 1: SHA256 read NAME, or operate, is expected"):
            read_tokens(file)


def test_a_token_names_whose_it_is() -> None:
    tokens = {hashlib.sha256(b"secret").hexdigest(): Token("Ann")}
    assert token_of("Bearer secret", tokens) == Token("Ann")
    assert token_of("Bearer other", tokens) is None
