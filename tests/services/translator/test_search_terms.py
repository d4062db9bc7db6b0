"""The English names by which search finds texts in Chinese."""

from pathlib import Path

from services.translator import search_terms


def test_the_file_is_that_of_the_glossary() -> None:
    file = Path(__file__).parents[3] / "deploy/postgres/functions/search_terms.sql"
    assert file.read_text(encoding="utf-8") == search_terms.function_file(), (
        "run python -m services.translator.search_terms > deploy/postgres/functions/search_terms.sql"
    )


def test_a_name_has_all_that_is_called_so() -> None:
    pairs = set(search_terms.pairs())
    assert {("rare earths", "稀土"), ("graphite", "石墨"), ("gacc", "海关总署")} <= pairs
    assert not [english for english, _ in pairs if english != english.lower()]
