"""The SQL file of English words is made of the lexicon."""

import pytest

from services.indexer import english_words


def test_the_file_is_the_lexicon_s(pytestconfig: pytest.Config) -> None:
    file = pytestconfig.rootpath / "deploy/postgres/functions/words.sql"
    assert file.read_text(encoding="utf-8") == english_words.function_file(), (
        "run python -m services.indexer.english_words"
    )


def test_a_row_has_every_form_that_means_the_same() -> None:
    (row,) = [row for row in english_words.rows() if row[:2] == ("place", "美国")]
    assert row[2:4] == ("United States", "US")
    assert {"美利坚合众国", "usa", "u.s.", "us"} <= set(row[4])
