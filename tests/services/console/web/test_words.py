"""Every word of the pages has its Chinese, and no other is listed."""

import re

from services.console.web import render
from services.console.web.graph import RELATIONS
from services.console.web.search import KINDS, STATUSES
from services.console.web.words import CHINESE

_TEMPLATES = render.STATIC.with_name("templates")


def used() -> set[str]:
    found = {name for _, name in render.LINKS}
    for file in _TEMPLATES.glob("*.html"):
        html = file.read_text()
        found |= set(re.findall(r'words\("([^"]+)"\)', html))
        found |= set(re.findall(r'cell\("([^"]+)"\)', html))
        for several in re.findall(r"(?:head|table)\(\[([^]]+)\]", html):
            found |= set(re.findall(r'"([^"]+)"', several))
    return found


# Chosen by a value that a template has in hand.
BY_VALUE = {
    "any", "export", "import", "cites", "cited by", "customs code", "direction", "country", "company", "rate",
    "condition", "since", "until", "from", "to", "issuer", "type", "status", "kind", "a day", "an hour", "s",
    "captures by outcome", "from request to the archive's answer", "failed, to be retried", "last event",
    "newest capture", "newest notice", "index asked", "all", "basis and changes", "listed", "removed", "title",
    "text", "number", "attachment", "read", "held", "asked", "not archived", "not asked", "encrypted",
    "too large", "damaged", "unread kind", "no notice", *RELATIONS, *STATUSES, *KINDS,
    # What happens on a day, and what a decision does with an entry of a list.
    "takes effect", "last day suspended", "last day of an investigation", "duty begins", "last day of a duty",
    "deadline", "add", "remove", "suspend", "resume", "amend",
    # Verdicts on what a text cites.
    "ambiguous", "found", "not held", "not read", "not yet issued", "other title",
}  # fmt: skip


def test_all_words_are_in_both_languages() -> None:
    assert CHINESE.keys() == used() | BY_VALUE
