"""Bodies, places, document types, lists and file endings are named in the lexicon, and nowhere listed anew."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from shared.chinese.file_endings import BINARY
from shared.chinese.lexicon import BODIES, DOCUMENT_TYPES, LISTS, OFFICES, PLACES

ROOT = Path(__file__).parents[3]
SOURCES = tuple(
    path
    for part in ("services", "shared", "deploy")
    for path in sorted((ROOT / part).rglob("*.py"))
    if "shared/chinese" not in path.as_posix()
)

WORDS = {
    "bodies": frozenset(BODIES.by_form),
    "offices": frozenset(OFFICES.of("office", "department").by_form),
    "places": frozenset(PLACES.by_form),
    "document types": frozenset(DOCUMENT_TYPES.by_form),
    "lists": frozenset(LISTS.by_form),
    "file endings": frozenset((*BINARY, *(f".{ending}" for ending in BINARY))),
}
# How many make a list: two document types may well be told apart.
LIST = dict.fromkeys(WORDS, 2) | {"document types": 8, "file endings": 3}
# Lists that say something else of each than what the lexicon knows.
OTHERS = {
    # 国家主席, the office of a person and not the body; which bodies keep lists of persons and
    # organisations, by the laws that are named there.
    "bodies": {
        "services/translator/rules/formulas.py",
        "services/parser/document/entity_lists/lists.py",
    },
    # The offices of several bodies at once: General Offices.
    "offices": {"services/translator/rules/bodies.py"},
    # What OpenSanctions calls them.
    "lists": {"services/cli/export/ftm.py"},
    # Who reads each kind of file, which the bytes tell and no name.
    "file endings": {"services/parser/attachments/read.py", "shared/attachment.py"},
}
_GROUP = re.compile(r"\(\?(?:P<\w+>|<?[:=!])")
_ALTERNATIVES = re.compile(r"[^|()\\]+(?:\|[^|()\\]+)+")
_WORD = re.compile(r"[.a-z0-9一-龥]+")


def _lists(path: Path) -> Iterator[list[str]]:
    """What a module lists: displays, keys of dictionaries, words of one string, alternatives."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in documented:
            continue
        if isinstance(node, ast.Dict):
            yield [_text(key) for key in node.keys]
        elif isinstance(node, ast.Tuple | ast.List | ast.Set):
            yield [_text(element) for element in node.elts]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.split()
            for run in _ALTERNATIVES.findall(_GROUP.sub("(", node.value)):
                yield [found.group() if (found := _WORD.match(w)) else "" for w in run.split("|")]


def _text(node: ast.expr | None) -> str:
    """A string, or the first one of a tuple."""
    if isinstance(node, ast.Tuple) and node.elts:
        node = node.elts[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@cache
def _listed() -> dict[str, tuple[list[str], ...]]:
    """What every module lists."""
    return {path.relative_to(ROOT).as_posix(): tuple(_lists(path)) for path in SOURCES}


def _listed_anew(thing: str, lists: tuple[list[str], ...]) -> list[set[str]]:
    found = (WORDS[thing].intersection(words) for words in lists)
    return [set(words) for words in found if len(words) >= LIST[thing]]


@pytest.mark.parametrize("thing", WORDS)
def test_nothing_is_listed_anew(thing: str) -> None:
    anew = {
        name: found
        for name, lists in _listed().items()
        if name not in OTHERS.get(thing, ()) and (found := _listed_anew(thing, lists))
    }
    assert anew == {}


@pytest.mark.parametrize(
    ("thing", "name"), [(t, name) for t in OTHERS for name in sorted(OTHERS[t])]
)
def test_an_exception_is_needed(thing: str, name: str) -> None:
    assert _listed_anew(thing, _listed()[name])


@pytest.mark.parametrize(
    ("thing", "source"),
    [
        ("bodies", 'X = ("商务部", "海关总署")'),
        ("bodies", 'X = {"商务部": "Ministry of Commerce", "海关总署": "Customs"}'),
        ("offices", 'X = r"(?:办公厅|办公室)"'),
        ("places", 'X = r"对(?:美国|日本|欧盟)?出口"'),
        ("places", 'X = "希腊 冰岛".split()'),
        ("document types", 'X = "决定|通知|办法|规定|细则|条例|目录|清单"'),
        ("lists", 'X = {"关注名单": 1, "反制清单": 2}'),
        ("file endings", 'X = r"\\.(?:pdf|docx|zip)$"'),
        ("file endings", 'X = ".pdf .doc .docx".split()'),
    ],
)
def test_a_second_list_would_be_found(thing: str, source: str, tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(source, "utf-8")
    assert _listed_anew(thing, tuple(_lists(module)))
