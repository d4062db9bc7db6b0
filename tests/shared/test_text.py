"""The column `resulting_text` folds white space as the seed record does."""

import pytest

from shared.text import resulting_text


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
