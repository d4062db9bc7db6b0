"""The documentation: every relative link leads somewhere, every command exists, the README is short."""

import re
import shlex
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from docs.commands import PAGES, commands, mofcom_commands
from services.cli.main import app

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)|^\[\w+\]: (\S+)$", re.MULTILINE)
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def by_name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in headings)
    return {text.strip().replace(" ", "-") for text in plain}


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for inline, reference in _LINK.findall(_FENCED.sub("", page.read_text())):
        target = inline or reference
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        to = (page.parent / path).resolve() if path else page
        assert to.exists(), target
        assert not anchor or anchor in anchors(to), target


@pytest.mark.parametrize(
    ("page", "command"),
    [(by_name(page), one) for page in PAGES for one in mofcom_commands(page.read_text())],
)
def test_every_mofcom_command_and_option_exists(page: str, command: str) -> None:
    words = shlex.split(command)
    group = typer.main.get_command(app)
    while words and words[0] in getattr(group, "commands", {}):
        group = group.commands[words.pop(0)]  # type: ignore[attr-defined]
    assert not hasattr(group, "commands") or not words or words[0].startswith("--"), command
    known = {option for one in group.params for option in one.opts} | {"--help"}
    given = {word for word in words if word.startswith("--") and word != "--"}
    assert given <= known, f"{page}: {given - known}"


def test_targets_files_and_modules_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    found = 0
    for page in PAGES:
        for line in commands(page.read_text()):
            words = line.split()
            if words[0] == "make":
                for target in words[1:]:
                    found += 1
                    assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), line
            for before, word in pairwise(words):
                if before == "-f":
                    assert (ROOT / word).exists(), line
                if before == "-m" and "python" in line:
                    assert find_spec(word), line
    assert found > 5


def test_every_command_is_described_in_one_line_of_80_columns() -> None:
    for arguments in ([], ["dead-letters"], ["eval"], ["receipt"], ["release"]):
        # click leaves two columns of a terminal free; its runner for tests does not.
        printed = CliRunner().invoke(app, [*arguments, "--help"], terminal_width=78).output
        listed = printed.partition("Commands:")[2].splitlines()
        assert len(listed) > 1
        assert [line for line in listed if line.endswith("...")] == []


def test_make_clean_removes_no_data() -> None:
    lines = (ROOT / "Makefile").read_text().partition("\nclean:\n")[2].splitlines()
    recipe = [line.split() for line in lines if line.startswith("\t")]
    assert recipe == [["rm", "-rf", ".venv", "build", "dist"]]


def test_the_readme_is_a_screen_or_two() -> None:
    assert len(README.read_text().splitlines()) <= 130


def test_every_section_that_a_docstring_cites_is_there() -> None:
    cited = [
        (path, page, anchor)
        for folder in ("services", "shared", "deploy", "testing")
        for path in (ROOT / folder).rglob("*.py")
        for page, anchor in re.findall(r"(docs/[\w/]+\.md)#([\w-]+)", path.read_text())
    ]
    assert len(cited) > 5
    assert [one for one in cited if one[2] not in anchors(ROOT / one[1])] == []
