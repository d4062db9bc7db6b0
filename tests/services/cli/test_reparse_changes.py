"""`mofcom reparse` says on how many pages each field changed."""

import json

from services.cli.reparse.changes import Changes


def row(capture_id: str, text: str = "a", **notice: object) -> dict[str, str]:
    return {"capture_id": capture_id, "notice": json.dumps(notice), "text": text}


def test_fields_that_changed_are_counted() -> None:
    changes = Changes()
    before = [
        row("1", title="a", parser_version=4),
        row("2", title="a", citations=[]),
        row("3", text="a", title="a"),
    ]
    after = [
        row("1", title="a", parser_version=5, unread=[]),
        row("2", title="b", citations=[{"relation": "basis"}]),
        row("3", text="b", title="c"),
        row("4", title="new"),
    ]
    changes.count(before, after)
    assert (changes.pages, changes.changed) == (3, 2)
    assert changes.fields == {"title": 2, "citations": 1, "body_text": 1}
    assert str(changes).startswith("3 pages parsed again, 2 changed: title in 2, ")


def test_nothing_that_changed() -> None:
    changes = Changes()
    changes.count([row("1", title="a")], [row("1", title="a")])
    assert str(changes) == "1 pages parsed again, none changed"
