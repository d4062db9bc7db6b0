"""How many pages a parser reads differently from the one before, by field. Pure."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# Differs on each page that is parsed again.
_NO_FIELD = "parser_version"
_NOTHING: tuple[object, ...] = (None, [], {}, "", False)


@dataclass
class Changes:
    """Pages that were parsed again, those that changed, and in how many each field did."""

    pages: int = 0
    changed: int = 0
    fields: Counter[str] = field(default_factory=Counter)

    def count(
        self, before: Iterable[Mapping[str, str]], after: Iterable[Mapping[str, str]]
    ) -> None:
        """Count the rows of `after` against those of `before`: each with `capture_id`, the JSON
        `notice` and the `text`'s hash. Rows that `before` does not have are not counted.
        """
        known = {row["capture_id"]: row for row in before}
        for row in after:
            old = known.get(row["capture_id"])
            if old is None:
                continue
            self.pages += 1
            changed = list(_changed(old, row))
            self.changed += bool(changed)
            self.fields.update(changed)

    def __str__(self) -> str:
        if not self.changed:
            return f"{self.pages} pages parsed again, none changed"
        fields = ", ".join(f"{name} in {pages}" for name, pages in self.fields.most_common())
        return f"{self.pages} pages parsed again, {self.changed} changed: {fields}"


def _changed(old: Mapping[str, str], new: Mapping[str, str]) -> Iterable[str]:
    was, became = (json.loads(row["notice"] or "{}") for row in (old, new))
    for name in sorted({*was, *became} - {_NO_FIELD}):
        values = was.get(name), became.get(name)
        # A field that is new in the model and empty has not changed.
        if values[0] != values[1] and not all(value in _NOTHING for value in values):
            yield name
    if old["text"] != new["text"]:
        yield "body_text"
