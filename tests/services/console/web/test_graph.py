"""The graph of citations round a notice."""

from collections.abc import Sequence
from typing import Any

from services.console.web.graph import CHANGES, MOST, RELATIONS, Citations, Edge, around


def row(source: str, target: str, relation: str = "amends", *, held: bool = True) -> dict[str, Any]:
    return {
        "notice_key": source,
        "cited_notice_key": target if held else None,
        "relation": relation,
        "document_number": target,
        "title": None,
        "since": None,
        "until": None,
    }


def citations(*rows: dict[str, Any]) -> Citations:
    async def of(keys: Sequence[str]) -> list[dict[str, Any]]:
        return [one for one in rows if {one["notice_key"], one["cited_notice_key"]} & set(keys)]

    return of


async def test_both_ways_to_a_depth() -> None:
    rows = citations(row("b", "a"), row("a", "law", "basis"), row("c", "b"), row("d", "c"))
    graph = await around("a", 2, RELATIONS, rows)
    assert graph.distances == {"a": 0, "b": 1, "law": 1, "c": 2}
    assert set(graph.edges) == {
        Edge("b", "a", "amends"),
        Edge("a", "law", "basis"),
        Edge("c", "b", "amends"),
    }
    assert graph.whole


async def test_relations_that_are_not_asked_for_lead_nowhere() -> None:
    rows = citations(row("b", "a", "mentions"), row("c", "b"))
    assert (await around("a", 3, CHANGES, rows)).distances == {"a": 0}


async def test_what_is_not_held_has_a_name_and_leads_nowhere() -> None:
    numbered = row("a", "商务部公告1999年第1号", held=False)
    titled = row("a", "", held=False) | {"title": "出口管制法"}
    asked = []

    async def of(keys: Sequence[str]) -> list[dict[str, Any]]:
        asked.append(keys)
        return [numbered, titled]

    graph = await around("a", 3, RELATIONS, of)
    assert graph.distances == {"a": 0, "商务部公告1999年第1号": 1, "出口管制法": 1}
    assert asked == [["a"]]


async def test_a_circle_ends() -> None:
    graph = await around("a", 3, RELATIONS, citations(row("a", "b"), row("b", "a")))
    assert graph.distances == {"a": 0, "b": 1}
    assert len(graph.edges) == 2


async def test_the_nearest_of_many() -> None:
    rows = citations(*(row(str(number), "a") for number in range(MOST + 5)))
    graph = await around("a", 1, RELATIONS, rows)
    assert len(graph.distances) == MOST
    assert len(graph.edges) == MOST - 1
    assert not graph.whole
