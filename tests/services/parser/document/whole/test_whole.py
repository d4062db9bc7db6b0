"""What whole notices do, in every markup of the site: one reading, whatever stands round the words."""

import tomllib
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from services.parser.parse import parse
from shared.notice import Notice
from testing.markup import SETTINGS, page_2026
from tests.services.parser.document.documents import URL

_CHANGES = ("repeals", "suspends", "resumes", "extends", "amends")


def _notices() -> Iterator[Any]:
    for file in sorted(Path(__file__).parent.glob("*.toml")):
        for one in tomllib.loads(file.read_text("utf-8"))["notice"]:
            yield pytest.param(one, id=f"{file.stem}: {one['name']}")


def _read(one: dict[str, Any], setting: str) -> Notice:
    lines = [line for line in one["text"].split("\n") if line.strip()]
    blocks = [
        _table(list(rows)) if is_table else SETTINGS[setting](list(rows))
        for is_table, rows in groupby(lines, key=lambda line: "\t" in line)
    ]
    return parse(page_2026(one["title"], "".join(blocks)), one.get("url", URL))


def _table(rows: list[str]) -> str:
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row.split("\t")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _day(value: object) -> str:
    return str(value)[:10] if value else ""


# What each field of the files is in a notice; None stands as an empty text.
_FIELDS: dict[str, Callable[[Notice], object]] = {
    "duties": lambda one: [[rate.origin, rate.company_zh, rate.rate] for rate in one.duty_rates],
    "terms": lambda one: _once(
        [rate.measure, rate.product, rate.stage, _day(rate.since), _day(rate.last_day)]
        for rate in one.duty_rates
    ),
    "undertakings": lambda one: [
        [company.company_zh, company.company_latin] for company in one.undertakings
    ],
    "stage": lambda one: one.remedy_stage,
    "goods": lambda one: [
        [
            item.name,
            item.direction,
            item.destination,
            [code.code for code in item.hs_codes],
            item.measure,
        ]
        for item in one.regulated_items
    ],
    "conditions": lambda one: [item.condition for item in one.regulated_items],
    "control_codes": lambda one: [item.control_code for item in one.regulated_items],
    "entities": lambda one: [
        [entity.list, entity.action, entity.name_zh or entity.name_latin]
        for entity in one.listed_entities
    ],
    "changes": lambda one: [
        [cited.document_number, cited.relation, _day(cited.since), _day(cited.until)]
        for cited in one.citations
        if cited.relation in _CHANGES
    ],
    "effective_on": lambda one: _day(one.effective_on),
}


def _once(values: Iterator[list[object]]) -> list[list[object]]:
    found: list[list[object]] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


def _without_none(value: object) -> object:
    if isinstance(value, list):
        return [_without_none(one) for one in value]
    return "" if value is None else value


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("one", [*_notices()])
def test_a_whole_notice(one: dict[str, Any], setting: str) -> None:
    notice = _read(one, setting)

    judged = one.keys() & _FIELDS.keys()
    assert judged
    for field in judged:
        assert _without_none(_FIELDS[field](notice)) == one[field], field
    if flagged := one.get("flagged"):
        unread = {words.kind for words in notice.unread}
        assert flagged in unread or any(one.startswith(flagged) for one in notice.warnings)
