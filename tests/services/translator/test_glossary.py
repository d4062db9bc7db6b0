"""What the parser can name, the translator can say."""

from collections import Counter
from importlib.resources import files

import pytest

from services.translator import glossary as glossary_package
from services.translator.glossary import TABLES, glossary
from services.translator.rules.bodies import body
from services.translator.rules.grammar import noun
from services.translator.rules.places import places
from shared.chinese.lexicon import BODIES, DOCUMENT_TYPES, LISTS, OFFICES, read_table
from shared.chinese.places import PLACES

GLOSSARY = glossary()


@pytest.mark.parametrize("form", BODIES.by_form)
def test_bodies(form: str) -> None:
    assert body(form, GLOSSARY)
    assert body("中华人民共和国" + form, GLOSSARY)


@pytest.mark.parametrize("form", OFFICES.of("office").by_form)
def test_offices(form: str) -> None:
    english = body("商务部" + form, GLOSSARY)
    assert english is not None
    assert english.endswith(" of the Ministry of Commerce")


@pytest.mark.parametrize("form", PLACES.names)
def test_places(form: str) -> None:
    assert places(form, GLOSSARY)


@pytest.mark.parametrize("form", DOCUMENT_TYPES.by_form)
def test_document_types(form: str) -> None:
    assert GLOSSARY.get(form, ("doctype",))


@pytest.mark.parametrize("form", LISTS.by_form)
def test_lists(form: str) -> None:
    assert GLOSSARY.get(form, ("strict",))


def test_what_has_one_english_is_one_row() -> None:
    """A name with several classes is one row that names them."""
    rows = [
        (form, row.english.lower().removeprefix("the "))
        for table in TABLES
        for row in read_table(files(glossary_package) / table)
        for form in row.printed
    ]
    assert [row for row, count in Counter(rows).items() if count > 1] == []


@pytest.mark.parametrize("table", ["goods.tsv", "words.tsv", "documents.tsv"])
def test_every_word_is_a_noun_of_titles(table: str) -> None:
    """A class that the grammar does not look up would be a word that is never said."""
    english = GLOSSARY.on(None)
    rows = [row for row in read_table(files(glossary_package) / table) if row.kind != "of"]
    assert [form for row in rows for form in row.printed if noun(form, english) is None] == []
