"""What of the log of changes an alert reports."""

from typing import Any

from services.notifier.changes import to_report


def row(sequence: int, key: str, kind: str, *fields: str) -> dict[str, Any]:
    return {"sequence": sequence, "notice_key": key, "kind": kind, "fields": list(fields)}


def reported(rows: list[dict[str, Any]], **known: Any) -> list[tuple[int, str]]:
    given: dict[str, Any] = {"fits": {"a"}, "reported": set(), "late": set(), **known}
    return [(one.sequence, one.kind) for one in to_report(rows, **given)]


def test_what_fits_is_reported_when_it_comes_and_when_its_wording_changes() -> None:
    rows = [
        row(1, "a", "added"),
        row(2, "b", "added"),
        row(3, "a", "changed", "body_text", "versions"),
        row(4, "a", "changed", "title", "copies"),
    ]
    assert reported(rows) == [(1, "added"), (3, "changed"), (4, "changed")]


def test_english_a_copy_and_another_reading_are_no_new_wording() -> None:
    rows = [
        row(1, "a", "changed", "title_en", "text_en", "translation_state"),
        row(2, "a", "changed", "versions"),
        row(3, "a", "changed", "copies", "url"),
        row(4, "a", "changed", "body_text", "title", "details"),
    ]
    assert reported(rows) == []


def test_what_comes_to_fit_once_its_english_is_there_is_reported_once_as_new() -> None:
    english = [row(5, "a", "changed", "title_en"), row(6, "a", "changed", "text_en")]
    assert reported(english, late={"a"}) == [(5, "added")]
    assert reported(english, late={"a"}, reported={"a"}) == []
    # It was there before the alert.
    assert reported(english) == []
    assert reported([row(4, "a", "added"), *english], late={"a"}) == [(4, "added")]


def test_a_notice_that_went_is_reported_to_who_knows_it() -> None:
    rows = [row(1, "a", "added"), row(2, "a", "removed"), row(3, "b", "removed")]
    assert reported(rows) == [(1, "added"), (2, "removed")]
    assert reported([row(3, "b", "removed")], reported={"b"}) == [(3, "removed")]
