"""The column `resulting_text` folds white space as the seed record does."""

import pytest

from shared.text import resulting_text, well_formed


@pytest.mark.parametrize(
    ("body_text", "text"),
    [
        ("", ""),
        ("甲\n乙", "甲 乙"),
        ("　　甲\xa0\n \t乙　", "甲 乙"),
        ("甲　乙", "甲　乙"),
        ("甲 \xa0\t 乙", "甲 乙"),
        ("甲\n\n　\n乙", "甲 乙"),
    ],
)
def test_resulting_text(body_text: str, text: str) -> None:
    assert resulting_text(body_text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("公告\ud83d\ude00", "公告\U0001f600"),
        ("\ud83d公告\ude00", "\ufffd公告\ufffd"),
        ("a\0b", "a\ufffdb"),
        ("公告 \U0001f600", "公告 \U0001f600"),
    ],
)
def test_a_text_of_a_script_can_be_encoded_and_stored(text: str, kept: str) -> None:
    assert well_formed(text) == kept
