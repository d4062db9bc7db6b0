"""Every word of the pages has its Chinese, and no other is listed."""

import re

from services.console.web import render
from services.console.web.words import CHINESE

_TEMPLATES = render.STATIC.with_name("templates")


def used() -> set[str]:
    found = {name for _, name in render.LINKS}
    for file in _TEMPLATES.glob("*.html"):
        html = file.read_text()
        found |= set(re.findall(r'words\("([^"]+)"\)', html))
        found |= set(re.findall(r'cell\("([^"]+)"\)', html))
        for several in re.findall(r"head\(\[([^]]+)\]\)", html):
            found |= set(re.findall(r'"([^"]+)"', several))
    return found


# Chosen by a value that a template has in hand.
BY_VALUE = {
    "any", "export", "import", "cites", "cited by", "customs code", "direction", "country", "company", "rate",
    "condition", "since", "until",
}  # fmt: skip


def test_all_words_are_in_both_languages() -> None:
    assert CHINESE.keys() == used() | BY_VALUE
