"""Every row of every table of forms in the project finds what its examples say."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import services.fetcher.addresses
import services.parser
import services.translator
import shared
from shared.chinese.characters import HAN
from shared.chinese.form import Form, Forms, tables

for package in (shared, services.fetcher.addresses, services.parser, services.translator):
    for module in walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            import_module(module.name)

DAYS = Forms(
    Form("day", r"(?P<year>\d{4})年(?P<month>\d+)月", yes=("2025年1月",), no=("2025年",)),
    Form("again", r"(?P<mark>[-/])(?P<year>\d{4})(?P=mark)", yes=("/2025/",), no=("/2025-",)),
    Form("maybe", r"(?P<open>（)?甲(?(open)）|乙)", yes=("（甲）", "甲乙"), no=("甲）",)),
)


TABLES = tables()
ROWS = [(table, form) for table in TABLES for form in table.forms]


def _examples(kind: str) -> list[object]:
    return [
        pytest.param(table, form, text, id=f"{form.name}: {text}")
        for table, form in ROWS
        for text in getattr(form, kind)
    ]


@pytest.mark.parametrize(("table", "form", "text"), _examples("yes"))
def test_a_form_is_found_where_it_stands(table: Forms, form: Form, text: str) -> None:
    found = table.match(text) if table.anchored else table.search(text)

    assert found is not None
    assert found.name == form.name


@pytest.mark.parametrize(("table", "form", "text"), _examples("no"))
def test_a_form_is_not_found_where_something_else_stands(
    table: Forms, form: Form, text: str
) -> None:
    found = [table.match(text)] if table.anchored else table.finditer(text)

    assert form.name not in [one.name for one in found if one]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.forms[0].name)
def test_a_table_finds_what_its_patterns_find_one_beside_the_other(table: Forms) -> None:
    plain = re.compile("|".join(table._patterns))

    for text in (text for form in table.forms for text in (*form.yes, *form.no)):
        found = [found.text for found in table.finditer(text)]
        assert found == [match.group() for match in plain.finditer(text)]


def test_every_form_has_an_example() -> None:
    assert [form.name for _, form in ROWS if not form.yes] == []


def test_no_pattern_holds_the_name_of_a_part_in_its_place() -> None:
    assert [form.name for _, form in ROWS if re.search(r"\{[A-Z_]+\}", form.pattern)] == []


def _plain_wordings(source: str) -> Iterator[str]:
    """Patterns of plain expressions that hold words of Chinese; single characters in brackets are none."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func.value) == "re"
            and node.args
            and re.search(f"[{HAN}]{{2}}", re.sub(r"\[[^\]]*\]", "", ast.unparse(node.args[0])))
        ):
            yield ast.unparse(node.args[0])


def test_what_documents_say_is_a_row() -> None:
    root = Path(services.parser.__path__[0]) / "document"
    plain = {
        path.name: found
        for path in sorted(root.rglob("*.py"))
        if (found := list(_plain_wordings(path.read_text("utf-8"))))
    }
    assert plain == {}


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('_X = re.compile(r"废止|失效")', 1),
        ('re.search(rf"{ISSUE}的通知", text)', 1),
        ('re.sub(r"[《》]|（[^（）]*）$", "", title)', 0),
        ('_X = re.compile(r"[前止内底末至到]")', 0),
        ('FORMS = Forms(Form("repeals", "废止|失效"))', 0),
    ],
)
def test_a_plain_wording_would_be_found(source: str, count: int) -> None:
    assert len(list(_plain_wordings(source))) == count


def test_groups_belong_to_their_form() -> None:
    found = [(one.name, one.start, one.end) for one in DAYS.finditer("于2025年1月，/2024/，甲乙")]

    assert found == [("day", 1, 8), ("again", 9, 15), ("maybe", 16, 18)]
    day = DAYS.match("2025年12月")
    assert day is not None
    assert (day["year"], day["month"], day.span("month")) == ("2025", "12", (5, 7))
    with pytest.raises(KeyError, match="no group 'mark'"):
        day["mark"]


def test_a_search_keeps_within_its_bounds() -> None:
    assert DAYS.search("2025年1月", 1) is None
    assert DAYS.search("2025年1月", 0, 5) is None
    assert DAYS.match("于2025年1月") is None


def test_groups_without_a_name_are_refused() -> None:
    with pytest.raises(ValueError, match="'numbered' has a group without a name"):
        Forms(Form("numbered", r"(\d+)年"))
    Forms(Form("brackets", r"\((?:甲|乙)\)", yes=("(甲)",)))


def test_a_broken_pattern_is_refused() -> None:
    with pytest.raises(re.error):
        Forms(Form("broken", "（[", yes=()))
