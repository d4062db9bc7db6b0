"""One entry of a list, and what a list printed."""

from typing import Literal, NamedTuple

from services.parser.document.names import Name
from shared.chinese.text import Span

Kind = Literal["person", "organisation"]


class Entry(NamedTuple):
    """One entry of a list. `position` counts through the list and is 0 for what has none of its own
    (a branch under its company), `number` is where it is printed; `kind` what the list itself says.
    """

    name: Name
    position: int
    kind: Kind | None
    address: Span | None = None
    number: Span | None = None
    # The name that it had before it is amended.
    former: Span | None = None


class Section(NamedTuple):
    """机构人员（共计20人）: what a head inside the list announces."""

    announced: int
    entries: int
    span: Span


class Entries(NamedTuple):
    """What a list holds; `unread` are the beginnings of lines that are no entry and nothing else known."""

    entries: tuple[Entry, ...] = ()
    sections: tuple[Section, ...] = ()
    unread: tuple[str, ...] = ()
