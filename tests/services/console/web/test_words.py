"""Every word of the pages has its Chinese, and no other is listed."""

import re
from importlib.resources import files
from typing import get_args

from services.console.web import render
from services.console.web.graph import RELATIONS
from services.console.web.search import KINDS, STATUSES
from services.console.web.words import CHINESE
from services.notifier.due import HowOften
from shared.attachment import State
from shared.chinese import lexicon
from shared.chinese.lexicon import VALUES
from shared.chinese.lexicon.entry import read_rows
from shared.notice import (
    Direction,
    DutyRate,
    ItemMeasure,
    ListedEntity,
    MarkKind,
    Relation,
    RemedyStage,
)

_OF_FIELDS = [
    value
    for model, name in ((DutyRate, "measure"), (DutyRate, "stage"), (ListedEntity, "action"))
    for value in get_args(get_args(model.model_fields[name].annotation)[0])
    or get_args(model.model_fields[name].annotation)
]
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
    "any", "cites", "cited by", "customs code", "direction", "country", "company", "rate", "condition", "since", "until",
    "from", "to", "issuer", "type", "status", "kind", "notice", "a day", "an hour", "s", "captures by outcome",
    "from request to the archive's answer", "failed, to be retried", "last event", "newest capture", "newest notice",
    "index asked", "all", "basis and changes", "title", "text", "number", "attachment", "held", "list", "name",
    "last day", "waiting",
    "done", "skipped", "dead", "retry", "fetched", "address", "request",
    "requests to the archives, of their budgets", "archives left alone", "minutes", "failed", "median",
    "pending", "partial", *get_args(HowOften),
}  # fmt: skip
# What the lexicon names.
READ = {
    *RELATIONS, *STATUSES, *KINDS, *get_args(Relation), *get_args(RemedyStage), *get_args(ItemMeasure),
    *get_args(Direction), *get_args(MarkKind), *get_args(State), *_OF_FIELDS,
}  # fmt: skip


def test_all_words_are_in_both_languages() -> None:
    assert CHINESE.keys() == (used() | BY_VALUE) - VALUES.keys()


def test_all_values_are_in_both_languages() -> None:
    assert VALUES.keys() | CHINESE.keys() >= READ
    assert len(VALUES) == len([*read_rows(files(lexicon) / "values.tsv")])
    assert all(re.fullmatch("[一-鿿]+", chinese) for chinese in VALUES.values())
