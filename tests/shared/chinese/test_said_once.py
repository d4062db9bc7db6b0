"""What is known of Chinese documents is defined once: its grammar in shared/chinese, each thing in one file."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[3]
READERS = ("services/parser", "services/translator", "shared")


class Thing(NamedTuple):
    """What shows that a file defines a thing of the grammar by itself, the files that may, and
    definitions of other files' own that would have to be found.
    """

    shows: str
    homes: tuple[str, ...]
    planted: tuple[str, ...]


_STOPS = "[。；！？]"
GRAMMAR = {
    "a Chinese character": Thing(
        r"一-[龥鿕鿿]|㐀-|\\u(?:4e00|3400)",
        ("characters.py",),
        ("[一-龥]{2,8}", r"[\u4e00-\u9fff]", "[㐀-鿿]"),
    ),
    "a run of numerals": Thing(
        r"[一二三四五六七八九十]{3}|[(|][一二三四五]\|[一二两三四五]",
        ("numerals.py",),
        ("[一二三四五六七八九十]{1,3}", "增加(?:一|二|三)条", "[0-9一二三]?"),
    ),
    "a year": Thing(
        r"\(\?:19\|20\)|\[12\]\\d|(?:\\d){4}|\\d\{4\}(?:\\s[?*]?)?年|\[一二\]",
        ("dates.py", "english_dates.py"),
        (r"(?:19|20)\d\d年", r"\d{4}\s?年", r"(?P<year>[12]\d{3})", "[一二][〇零]"),
    ),
    "a date": Thing(
        r"(?:\\d|SMALL|NUMERAL)[^，。；]{0,24}月[^，。；]{0,24}(?:\\d|SMALL|NUMERAL)[^，。；]{0,16}日",
        ("dates.py",),
        (r"\d{1,2}\s?月(?P<day>\d{1,2})日", "SMALL月SMALL日"),
    ),
    "a length of time": Thing(
        r"工作日\|\S*(?:天|日)\||(?:年|个月|天|工作日|小时)\|(?:个月|天|工作日|小时)|个月\|(?:年|天|月)",
        ("periods.py",),
        ("(?:工作日|天|日|月)", r"\d+(?:年|个月|天)", "(?:天|个月)"),
    ),
    "a document number": Thing(
        r"〔[^〕]{0,30}(?:\\d|YEAR)[^〕]{0,12}〕|第[^第，。；]{0,24}(?:\\d|SERIAL)[^，。；]{0,24}号"
        r"|YEAR[)}]?年?第\\?",
        ("document_numbers.py", "cited_number_forms.py", "numbers_in_english.py"),
        (r"商办建函〔\d{4}〕\d{1,5}号", r"第(?P<serial>\d{1,3})号公告", "YEAR年第(?:SERIAL)"),
    ),
    "the stops of sentences": Thing(
        rf"^[。；！？\n]{{2,}}$|\[[。；！？\\n]{{2,}}\]|\[[^\]]*(?:。[^\]]*[！？]|[！？][^\]]*。)"
        rf"|\[\^(?:\\n)*{_STOPS}(?:\\n)*{_STOPS}(?:\\n)*\][*+](?!\?)",
        ("sentences.py",),
        ("[。；\\n]", "[。！？!?]+", "[，；：。！？\\n]", "[^。；]*", r"[^。；\n]+"),
    ),
    "the heading of an annex": Thing(
        r"附\(\?:件|附\[件|附件\|附[表录]|附\\s\S*件|附[件表录]?(?:\\s[?*]?)?(?:\[|\(\?:|\\d)",
        ("annexes.py",),
        ("^(?:附件|附表)[：:]", r"附件\s?\d{0,2}", "附件(?:[一二])?", "附[件表]"),
    ),
    "the verbs of issuing": Thing(
        r"(?:公布|发布|印发|颁布)\|(?:公布|发布|印发|颁布)", ("acts.py",), ("(?:公布|印发)之日",)
    ),
    "a part of a law": Thing(
        r"第[^第，。；]{0,20}(?:\\d|HUNDREDS|NUMERAL|HAN|TENS|CHARACTERS)[^，。；]{0,24}[条款章]",
        ("provisions.py",),
        (r"\s*第[HUNDREDS\d]{1,5}条", r"第（?\d{1,3}）?[条款项]", "第[HAN]条"),
    ),
    "a name from here on": Thing(
        r"以下(?:\(\S{1,12}\)\?|\.\*)*称",
        ("aliases.py",),
        ("（以下(?:统)?(?:简)?称[^（）]{1,30}）", "以下.*称"),
    ),
    "the other side": Thing(
        r"\[[^\]]*[美欧][^\]]*[日韩英德法俄][^\]]*\]方", ("places.py",), ("[美日欧英加澳]方",)
    ),
    "how a body's name ends": Thing(
        r"\[[^\]]*[部委局署院会厅办]{4}|[部委局署院会厅办]\|[部委局署院会厅办]\|[部委局署院会厅办]",
        ("body_forms.py",),
        ("[部委局署院会]", "(?:部|委|局|署)"),
    ),
    "the label of customs codes": Thing(
        r"税则\\s|税则号列\?|税号\||\|税号|商品\(\?:编|商品\\s",
        ("customs_codes.py",),
        (r"(?:税则\s?号\s?列?|商品)", "商品(?:编号|编码)", "税则号列?|HS"),
    ),
    "an English month": Thing(
        r"January\W+(?:Jan|February)|[Jj]anuary \w+ [Mm]arch",
        ("english_dates.py",),
        ("January|February", "january february march"),
    ),
}
# A page's header prints a time that is no document's; the checks of a translation count whatever a
# sentence counts, time and provisions among it; a text's charset is told before anything is read of it;
# a mark of an unread code is one by the word before it; in a line of addressees every body is, 部分 none.
OTHERS = {
    "a Chinese character": {"shared/charset.py"},
    "a run of numerals": {"services/translator/checks/opposites.py"},
    "a date": {"services/parser/layouts/header.py", "services/translator/checks/chinese.py"},
    "a length of time": {"services/translator/checks/chinese.py"},
    "a part of a law": {"services/translator/checks/chinese.py"},
    "how a body's name ends": {"services/parser/document/parts/addressee_forms.py"},
    "the label of customs codes": {"services/parser/document/unread/marks.py"},
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
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("any_of"):
            words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            yield f"(?:{'|'.join(map(str, words))})"
        elif isinstance(node, ast.JoinedStr):
            yield "".join(
                ast.unparse(part.value)
                if isinstance(part, ast.FormattedValue)
                else ast.literal_eval(part)
                for part in node.values
            )


@cache
def _all_strings() -> dict[str, tuple[str, ...]]:
    """The strings of every module."""
    return {
        path.relative_to(ROOT).as_posix(): tuple(_strings(path))
        for reader in READERS
        for path in sorted((ROOT / reader).rglob("*.py"))
    }


@pytest.mark.parametrize("thing", GRAMMAR)
def test_the_grammar_is_defined_once(thing: str) -> None:
    shows, homes, _ = GRAMMAR[thing]
    found = {
        name: [text for text in strings if re.search(shows, text)]
        for name, strings in _all_strings().items()
        if Path(name).name not in homes and name not in OTHERS.get(thing, ())
    }

    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("thing", "name"), [(t, name) for t in OTHERS for name in sorted(OTHERS[t])]
)
def test_an_exception_is_needed(thing: str, name: str) -> None:
    assert any(re.search(GRAMMAR[thing].shows, text) for text in _all_strings()[name])


@pytest.mark.parametrize(
    ("thing", "planted"), [(t, planted) for t in GRAMMAR for planted in GRAMMAR[t].planted]
)
def test_a_second_definition_would_be_found(thing: str, planted: str) -> None:
    assert re.search(GRAMMAR[thing].shows, planted)


@pytest.mark.parametrize(
    ("source", "strings"),
    [
        ('"""第[一二三]条"""\nX = rf"{YEAR}年"', {"YEAR年"}),
        ('X = any_of("公布", "发布")', {"公布", "发布", "(?:公布|发布)"}),
        ('X = Form("a", "年", yes=("2025年1月1日",), no=("1月1日",))', {"a", "年"}),
    ],
)
def test_what_is_looked_at(source: str, strings: set[str], tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(source, "utf-8")

    assert set(_strings(module)) == strings
