"""Every page in `golden/` reads as the JSON beside it says.

A page is an HTML file whose first line is a comment with its original address. One without JSON
writes it and fails: read the JSON field by field, correct the parser or keep it, and run again.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from services.parser.parse import parse
from shared.notice import Notice
from testing.corpus import GOLDEN
from tests.services.parser.evidence import check_evidence, quote

PAGES = sorted(GOLDEN.glob("*.html"))


@cache
def read(page: Path) -> Notice:
    first, _, body = page.read_bytes().partition(b"\n")
    return parse(body, first.decode().removeprefix("<!--").removesuffix("-->").strip())


def as_golden(notice: Notice) -> dict[str, Any]:
    values = notice.model_dump(mode="json", exclude_defaults=True)
    values.pop("parser_version")
    quotes: dict[str, list[str]] = {}
    for evidence in notice.evidence:
        quotes.setdefault(evidence.field, []).append(quote(notice, evidence))
    values["evidence"] = {
        field: texts[0] if len(texts) == 1 else texts for field, texts in quotes.items()
    }
    if notice.unread:
        values["unread"] = [f"{one.kind}: {quote(notice, one)}" for one in notice.unread]
    values["warnings"] = list(notice.warnings)
    return values


def test_the_corpus_is_large_enough() -> None:
    assert len(PAGES) >= 40


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_reads_as_reviewed(page: Path) -> None:
    golden = page.with_suffix(".json")
    values = as_golden(read(page))
    if not golden.exists():
        golden.write_text(
            json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
        )
        pytest.fail(f"{golden.name} was written: review it field by field, then run again")
    assert values == json.loads(golden.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_evidence_is_what_the_values_were_read_from(page: Path) -> None:
    check_evidence(read(page))
