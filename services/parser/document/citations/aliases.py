"""What a text calls a document from there on: 以下简称《办法》, and 《办法》 later on."""

from typing import NamedTuple

from services.parser.document.citations.reference import Reference
from services.parser.document.citations.reference_forms import TYPES
from shared.chinese.titles import is_generic, is_paper, plain_title


class Mentions(NamedTuple):
    """The references of a text in order; `unnamed` are titles such as 《办法》 that name none, `cut` is
    set when there are more than are read.
    """

    references: tuple[Reference, ...]
    unnamed: tuple[str, ...] = ()
    cut: bool = False


def with_full_names(read: list[Reference], folded: str) -> Mentions:
    """Every reference under its full name, and those in plain words that an alias makes."""
    aliases: dict[str, Reference] = {}
    named: list[Reference] = []
    unnamed: list[str] = []
    for reference in read:
        title = plain_title(reference.title or "")
        if reference.alias and reference.number is None and reference.title is None:
            continue
        meant = aliases.get(title)
        if reference.number is None and meant is None and is_generic(title):
            endings = [
                known for known in named if known.title and plain_title(known.title).endswith(title)
            ]
            if len({plain_title(known.title or "") for known in endings}) == 1:
                meant = endings[0]
            else:
                unnamed.append(reference.title or "")
                continue
        if meant is not None and reference.number is None:
            named.append(meant._replace(start=reference.start, end=reference.end, alias=None))
            continue
        if reference.title is not None and is_paper(title):
            continue
        named.append(reference)
        if reference.alias:
            aliases.setdefault(plain_title(reference.alias), reference)
    spans = [(reference.start, reference.end) for reference in named]
    for alias, reference in aliases.items():
        if len(alias) < 4 or not TYPES.search(alias):
            continue
        at = folded.find(alias, reference.end)
        while at != -1:
            end = at + len(alias)
            if not any(start < end and at < stop for start, stop in spans):
                named.append(reference._replace(start=at, end=end, alias=None))
            at = folded.find(alias, end)
    named.sort(key=lambda reference: reference.start)
    return Mentions(tuple(named), tuple(dict.fromkeys(unnamed)))
