"""`mofcom token`."""

from pathlib import Path

from typer.testing import CliRunner

from services.cli.main import app
from services.console.access import Login, refused
from shared.tokens import Token, read_tokens


def test_a_token_opens_the_console_whose_file_has_its_line(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["token", "Ann\nof sales"])
    token, line = said.stdout.splitlines()
    file = tmp_path / "tokens"
    file.write_text(line)
    assert list(read_tokens(file).values()) == [Token("Ann of sales")]
    headers = {"authorization": f"Bearer {token}"}
    assert refused("GET", headers.items(), Login(read_tokens(file))) is None
    again = CliRunner().invoke(app, ["token", "Ann"])
    assert again.stdout.splitlines()[0] != token


def test_one_that_may_operate(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["token", "Bob", "--operate"])
    file = tmp_path / "tokens"
    file.write_text(said.stdout.splitlines()[1])
    assert list(read_tokens(file).values()) == [Token("Bob", operates=True)]
