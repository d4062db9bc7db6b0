"""Every row of every table of wordings, by its examples."""

from datetime import date

import pytest

from services.translator.glossary import glossary
from services.translator.rules import lines  # noqa: F401  (with it all tables are there)
from services.translator.rules.wording import TABLES, Wording, Wordings

GLOSSARY = glossary().on(date(2022, 12, 8))
ROWS = [(table, row) for table in TABLES for row in table.rows]


@pytest.mark.parametrize(("table", "row"), ROWS, ids=[row.english for _, row in ROWS])
def test_a_row_renders_its_examples(table: Wordings, row: Wording) -> None:
    assert row.examples
    for chinese, english in row.examples.items():
        frame = table.render(chinese, GLOSSARY)
        assert frame is not None
        marked = frame.english or f"{frame.before} ⟦{frame.rest}⟧{frame.after}"
        assert marked == english
        # By this row, and no other that stands before it.
        alone = Wordings(row, **table.slots)
        assert alone.render(chinese, GLOSSARY) == frame
