"""What is known of Chinese documents is defined in shared/chinese/, and in one file there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
READERS = ("services/parser", "services/translator", "shared")

# What shows that a file defines a thing of the grammar by itself, and the one that may.
GRAMMAR = {
    "a run of numerals": (r"[一二三四五六七八九]{5}", "numerals.py", "[一二三四五六七八九十]{1,3}"),
    "a year": (r"(?:19\|20)\)", "dates.py", r"(?:19|20)\d\d年"),
    "a date": (
        r"\\d\S{0,12}月\S{0,20}\\d\S{0,12}日",
        "dates.py",
        r"\d{1,2}\s?月(?P<day>\d{1,2})日",
    ),
    "the units of periods": (r"工作日\|\S*(?:天|日)\|", "periods.py", "(?:工作日|天|日|月)"),
    "a document number": (
        r"〔\S{0,12}(?:\\d|YEAR)\S{0,12}〕|第\S{0,8}(?:\\d|SERIAL)\S{0,12}号",
        "document_numbers.py",
        r"[一-龥]{2,8}〔\d{4}〕\d{1,5}号",
    ),
    "the stops of sentences": (
        r"^[。；！？\n]{2,}$|\[[。；！？\\n]{2,}\]",
        "sentences.py",
        "[。；\\n]",
    ),
    "the heading of an annex": (
        r"附\(\?:件|附\[件|附件\|附[表录]|附\\s\S*件",
        "annexes.py",
        "^(?:附件|附表)[：:]",
    ),
    "the verbs of issuing": (
        r"(?:公布|发布|印发|颁布)\|(?:公布|发布|印发|颁布)",
        "acts.py",
        "(?:公布|印发)之日",
    ),
}
# English dates have years of their own, a page's header prints a time that is no document's, and the
# checks count whatever a sentence counts, time among it.
OTHERS = {
    "a year": {"services/translator/checks/english.py"},
    "a date": {"services/parser/layouts/header.py"},
    "the units of periods": {"services/translator/checks/chinese.py"},
}


def _strings(path: Path) -> Iterator[str]:
    """The strings of a module but for what documents it and what shows how forms are printed."""
    tree = ast.parse(path.read_text("utf-8"))
    apart = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ("yes", "no"):
            apart |= {id(inner) for inner in ast.walk(node.value)}
        if isinstance(node, ast.JoinedStr):
            apart |= {id(inner) for inner in node.values}
    for node in ast.walk(tree):
        if id(node) in apart:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(
                ast.unparse(part.value)
                if isinstance(part, ast.FormattedValue)
                else ast.literal_eval(part)
                for part in node.values
            )


STRINGS = {
    path.relative_to(ROOT).as_posix(): tuple(_strings(path))
    for reader in READERS
    for path in sorted((ROOT / reader).rglob("*.py"))
}


@pytest.mark.parametrize("thing", GRAMMAR)
def test_the_grammar_is_defined_once(thing: str) -> None:
    shows, home, _ = GRAMMAR[thing]
    found = {
        name: [text for text in strings if re.search(shows, text)]
        for name, strings in STRINGS.items()
        if name != f"shared/chinese/{home}" and name not in OTHERS.get(thing, ())
    }

    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("thing", "name"), [(t, name) for t in OTHERS for name in sorted(OTHERS[t])]
)
def test_an_exception_is_needed(thing: str, name: str) -> None:
    assert any(re.search(GRAMMAR[thing][0], text) for text in STRINGS[name])


@pytest.mark.parametrize("thing", GRAMMAR)
def test_a_second_definition_would_be_found(thing: str) -> None:
    shows, _, planted = GRAMMAR[thing]

    assert re.search(shows, planted)
