"""The file with the keys."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from services.fetcher.save.key import read_keys
from shared.settings import wrong_lines
from testing.fetcher.stage import settings


def test_one_line_of_two_keys(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text("abcDEF123:xyz789\n")
    keys = read_keys(file)
    assert keys.authorization == "LOW abcDEF123:xyz789"
    assert "xyz" not in repr(keys)
    assert "abc" not in repr(keys)


@pytest.mark.parametrize(
    "text", ["", "abc", "a:b:c", "a b:c", "access:secret\nmore", "LOW a:b", "密:钥", ":b"]
)
def test_another_content_is_one_line_that_does_not_repeat_it(tmp_path: Path, text: str) -> None:
    file = tmp_path / "keys"
    file.write_text(text)
    with pytest.raises(ValidationError) as raised:
        settings(tmp_path, save_key_file=file)
    (line,) = wrong_lines(raised.value)
    assert line.startswith(f"MOFCOM_SAVE_KEY_FILE={file!r} is wrong: ")
    assert len(text) < 3 or text not in line


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        settings(tmp_path, save_key_file=tmp_path)
