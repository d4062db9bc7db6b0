"""The graph of citations round a notice."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

# What one document does to another; the rest only speaks of it.
CHANGES = ("amends", "extends", "suspends", "resumes", "repeals", "corrects")
RELATIONS = ("basis", *CHANGES, "explains", "mentions")
# More nobody can read on a screen.
MOST = 80


class Edge(NamedTuple):
    """That one document cites another. A document that is not held is named by its number, else its title."""

    source: str
    target: str
    relation: str
    since: Any = None
    until: Any = None


@dataclass(frozen=True)
class Graph:
    """`distances` are of each node from the middle; `whole` is false where nodes or edges were left out."""

    middle: str
    distances: Mapping[str, int]
    edges: Sequence[Edge]
    whole: bool


Citations = Callable[[Sequence[str]], Awaitable[Iterable[Mapping[str, Any]]]]
"""The citations that keys make and get, rows of the view citations."""


async def around(
    middle: str, depth: int, relations: Collection[str], citations: Citations
) -> Graph:
    """What is cited from a notice, and what cites it, in so many steps of these relations."""
    distances, edges = {middle: 0}, dict[tuple[str, str, str], Edge]()
    frontier, whole = [middle], True
    for distance in range(1, depth + 1):
        found: list[str] = []
        for row in await citations(frontier):
            if row["relation"] not in relations:
                continue
            edge = _edge(row)
            held = [key for key in (row["notice_key"], row["cited_notice_key"]) if key]
            new = [one for one in (edge.source, edge.target) if one not in distances]
            if len(distances) + len(new) > MOST:
                whole = False
                continue
            edges.setdefault(edge[:3], edge)
            for one in new:
                distances[one] = distance
                found += [one] if one in held else []
        frontier = found
        if not frontier:
            break
    return Graph(middle, distances, list(edges.values()), whole)


def _edge(row: Mapping[str, Any]) -> Edge:
    target = row["cited_notice_key"] or row["document_number"] or row["title"]
    return Edge(row["notice_key"], target, row["relation"], row["since"], row["until"])
