"""A file to make, and what it must read as."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

# A table as a grid: a cell that spans several places stands in each of them.
Grid = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Case:
    """`name` is that of the file, with its ending; the texts are those of paragraphs in their order."""

    name: str
    make: Callable[[], bytes]
    kind: str
    tables: Sequence[Grid] = ()
    texts: Sequence[str] = ()
    warnings: Sequence[str] = ()
    state: str = "read"
    reason: str | None = None
    pages: int | None = None
    members: Sequence[tuple[str, str, str]] = field(default=())

    def expected(self) -> dict[str, Any]:
        """What the golden file says."""
        values: dict[str, Any] = {"kind": self.kind, "state": self.state}
        if self.reason is not None:
            values["reason"] = self.reason
        if self.pages is not None:
            values["pages"] = self.pages
        values |= {
            "tables": [["\t".join(row) for row in table] for table in self.tables],
            "texts": list(self.texts),
            "warnings": list(self.warnings),
        }
        if self.members:
            values["members"] = [list(member) for member in self.members]
        return values
