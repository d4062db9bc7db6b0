"""Every table of forms, on texts made from its own rows: examples, parts of them, and parts of patterns, again and
again. Some of each then stand on a page and before the translator, whose readers use many tables on one text.
"""

from collections.abc import Callable
from random import Random
from time import process_time

import pytest

from services.fetcher.addresses.pasted import GLUED, LINKS, REMARKS
from services.translator.draft import draft, draft_title
from services.translator.glossary import glossary
from services.translator.terms import terms
from shared.chinese.form import Forms
from shared.site import LONGEST_ADDRESS
from testing.doubling import growth
from testing.traps import Trap, traps_of
from tests.linear.test_pages import CONTROL, DUTY, LIST, REPEAL, Page, lines, read, rows, sentence
from tests.linear.test_translator import ON
from tests.shared.chinese.test_forms import TABLES

# Characters. A table may look as far as some thousands, which is as far as a sentence goes.
_LEAST, _MOST, _MOST_DRAFTED = 2_000, 64_000, 16_000
# What finds an address in a line is given no longer one.
_OF_ADDRESSES = (LINKS, GLUED, REMARKS)
# Of a table, those that are measured.
_SLOWEST = 2
# Of a table, on pages.
_SOME = 1
_TITLES = (DUTY, LIST, CONTROL, REPEAL)


def _traps(table: Forms) -> list[Trap]:
    return sorted({trap for form in table.forms for trap in traps_of(form)})


def _found(table: Forms) -> Callable[[str], object]:
    if table.anchored:
        return table.match
    return lambda text: sum(1 for _ in table.finditer(text))


def _slowest(traps: list[Trap], work: Callable[[str], object]) -> list[Trap]:
    """Those that take longest of a short text: whatever else is not linear takes less."""

    def seconds(trap: Trap) -> float:
        text = trap.text(_LEAST)
        started = process_time()
        work(text)
        return process_time() - started

    return sorted(traps, key=seconds)[-_SLOWEST:]


@pytest.mark.linear
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.forms[0].name)
def test_twice_the_text_takes_a_table_twice_the_time(table: Forms) -> None:
    work = _found(table)
    most = LONGEST_ADDRESS if any(table is one for one in _OF_ADDRESSES) else _MOST
    for trap in _slowest(_traps(table), work):
        found = growth(work, trap.text, _LEAST, most)
        assert found.is_linear, (trap, found)


_SHAPES: tuple[Callable[[str, Trap], Page], ...] = (
    lambda title, trap: sentence(title, trap.unit, trap.head),
    lambda title, trap: lines(title, trap.unit, trap.head),
    lambda title, trap: rows(title, "名称|编号", f"{trap.unit}|{trap.unit}"),
)


@pytest.mark.linear
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.forms[0].name)
def test_twice_the_page_takes_all_tables_twice_the_time(table: Forms) -> None:
    chance = Random(table.forms[0].pattern)
    traps = _traps(table)
    for trap in chance.sample(traps, min(_SOME, len(traps))):
        page = chance.choice(_SHAPES)(chance.choice(_TITLES), trap)
        found = growth(read, page, _LEAST // len(trap.unit) + 1, 16_000 // len(trap.unit) + 2)
        assert found.is_linear, (trap, found)


@pytest.mark.linear
def test_twice_the_text_takes_the_translator_twice_the_time() -> None:
    names = glossary().on(ON)

    def drafted(text: str) -> None:
        draft(text, names)
        draft_title(text, names)
        terms("", text, names)

    chance = Random(0)
    traps = [chance.choice(traps) for table in TABLES if (traps := _traps(table))]
    for trap in _slowest(traps, drafted):
        found = growth(drafted, trap.text, _LEAST, _MOST_DRAFTED)
        assert found.is_linear, (trap, found)
