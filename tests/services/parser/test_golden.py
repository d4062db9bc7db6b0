"""Every page in `golden/` reads as the JSON beside it says.

A page is an HTML file whose first line is a comment with its original address. One without JSON
writes it and fails: read the JSON field by field, correct the parser or keep it, and run again.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from services.parser.document.characters import fold
from services.parser.document.dates import find_dates, parse_instant
from services.parser.document.issuers import organ_line
from services.parser.document.number_forms import find_numbers, parse_bare
from services.parser.parse import parse
from shared.notice import Evidence, Notice
from tests.services.parser.places import GOLDEN

PAGES = sorted(GOLDEN.glob("*.html"))
# Readers that are still being written have tests of their own.
_NOT_YET = ("citations", "deadlines", "listed_entities", "regulated_items", "duty_rates")


@cache
def read(page: Path) -> Notice:
    first, _, body = page.read_bytes().partition(b"\n")
    return parse(body, first.decode().removeprefix("<!--").removesuffix("-->").strip())


def quote(notice: Notice, evidence: Evidence) -> str:
    """The text at an evidence span."""
    if evidence.source == "meta":
        assert evidence.key is not None
        text = notice.meta[evidence.key]
    else:
        text = notice.body_text if evidence.source == "body_text" else notice.title or ""
    return text[evidence.start : evidence.end]


def as_golden(notice: Notice) -> dict[str, Any]:
    values = notice.model_dump(mode="json", exclude_defaults=True, exclude=set(_NOT_YET))
    values.pop("parser_version")
    values["evidence"] = {
        evidence.field: quote(notice, evidence)
        for evidence in notice.evidence
        if not evidence.field.startswith(_NOT_YET)
    }
    values["warnings"] = [one for one in notice.warnings if not one.startswith(_NOT_YET)]
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
def test_evidence_is_what_the_value_was_read_from(page: Path) -> None:
    notice = read(page)
    values = notice.model_dump(mode="python")
    for evidence in notice.evidence:
        if evidence.field.startswith(_NOT_YET):
            continue
        text = quote(notice, evidence)
        assert text, evidence
        assert _says(evidence.field, text, _value(values, evidence.field)), (evidence, text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_value_has_evidence_or_a_warning(page: Path) -> None:
    notice = read(page)
    told = {evidence.field for evidence in notice.evidence}
    doubted = {warning.split(":")[0] for warning in notice.warnings}
    for field in [
        "title",
        "document_number",
        "document_number_raw",
        "document_type",
        "department",
        "issued_on",
        "published_at",
        "effective_on",
        "effective_at",
        "source",
        "column",
        "index_number",
        "validity",
    ]:
        if getattr(notice, field) is not None:
            assert field in told | doubted, field
    for field in ("issuers", "addressees", "section_heads"):
        for place in range(len(getattr(notice, field))):
            assert f"{field}[{place}]" in told, (field, place)
    for place in range(len(notice.attachments)):
        assert {f"attachments[{place}].name", f"attachments[{place}]"} & (told | doubted)


def _value(values: dict[str, Any], field: str) -> Any:
    value: Any = values
    for part in field.replace("[", ".").replace("]", "").split("."):
        value = value[int(part)] if part.isdigit() else value[part]
    return value


def _says(field: str, text: str, value: Any) -> bool:
    folded = fold(text)
    if field in ("issued_on", "effective_on"):
        return value in [day.value for day in find_dates(folded)] or "日起" in text
    if field in ("published_at", "effective_at"):
        instant = parse_instant(folded)
        return instant is not None and instant.value == value
    if field == "document_number":
        serials = [found.number.serial for found in find_numbers(folded)]
        bare = parse_bare(text)
        return any(f"{serial}号" in value for serial in [*serials, *([bare[1]] if bare else [])])
    if field.startswith("issuers"):
        organs = organ_line(folded, 0, len(folded)) or []
        named = [organ.name for organ in organs]
        named += [issuer for found in find_numbers(folded) for issuer in found.number.issuers]
        return value in named
    if field == "document_type":
        return value in "".join(folded.split())
    return bool(text.strip() == value)
