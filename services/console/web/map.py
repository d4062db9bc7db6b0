"""The map of citations."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import asyncpg
from fastapi import APIRouter, Request, Response

from services.console.addresses import notice_address
from services.console.api.answers import FORMAT, PAGING, known_of, with_etag
from services.console.data import as_data
from services.console.database import Database
from services.console.feeds.response import FORMATS
from services.console.forms import ANSWER_PAGE, Form, form_of
from services.console.problems import Problem
from services.console.web.asked import OF_ANSWERS, asked_of
from services.console.web.graph import CHANGES, MOST, RELATIONS, Graph, around
from services.console.web.render import page
from shared.questions import plain

_DEPTHS = (1, 2, 3)
_USUAL_DEPTH = "2"
# What a reader asks for by a word instead of naming relations.
_CHOICES: Mapping[str, Sequence[str]] = {
    "basis and changes": ("basis", *CHANGES),
    "all": RELATIONS,
    **{relation: (relation,) for relation in RELATIONS},
}

_CITATIONS = """
    SELECT notice_key, cited_notice_key, relation, document_number, title, since, until
    FROM citations WHERE notice_key = ANY ($1) AND coalesce(document_number, title) IS NOT NULL
    UNION
    SELECT notice_key, cited_notice_key, relation, document_number, title, since, until
    FROM citations WHERE cited_notice_key = ANY ($1)
    ORDER BY notice_key, relation, cited_notice_key, document_number, title
"""
_NODES = """
    SELECT p.notice_key, p.document_number, p.title, p.title_en, p.issued_on, s.status
    FROM pages AS p
    LEFT JOIN LATERAL (
        SELECT f.status FROM notices_in_force(now()) AS f WHERE f.notice_key = p.notice_key OFFSET 0
    ) AS s ON true
    WHERE p.notice_key = ANY ($1)
"""


def routes(database: Database) -> APIRouter:
    """The page's route: /map?notice=KEY&depth=2&relations=all."""
    router = APIRouter()

    @router.api_route("/map", methods=["GET", "HEAD"])
    async def graph(request: Request) -> Response:
        asked = asked_of(request, "notice", "depth", "relations", *OF_ANSWERS)
        query = {"depth": _USUAL_DEPTH, "relations": next(iter(_CHOICES))} | asked
        depth, relations = _depth(query["depth"]), _relations(query["relations"])
        wanted = query.get(FORMAT)
        form = Form.HTML if wanted in FORMATS else form_of(request, wanted, ANSWER_PAGE)
        found = answer = None
        if named := query.get("notice"):
            answer = await database.ask("notice", {"named": named})
            async with database.connection() as connection:
                found = await _described(connection, answer.rows[0]["notice_key"], depth, relations)
            question = {name: asked[name] for name in asked if name not in OF_ANSWERS}
            edges = replace(answer, question="map", asked=question, rows=_rows(found))
            if form is Form.JSON:
                if asked.keys() & set(PAGING):
                    raise Problem(
                        400, "Wrong question", "a graph is whole: leave limit and cursor out"
                    )
                return with_etag(request, found | known_of(answer))
            if other := await as_data(database, request, wanted, edges, ANSWER_PAGE):
                return other
        elif wanted not in (None, Form.HTML):
            raise Problem(400, "Wrong question", "say round which notice: notice=")
        values = {
            "graph": found,
            "answer": answer,
            "depths": _DEPTHS,
            "choices": list(_CHOICES),
            "most": MOST,
            "relations": RELATIONS,
        }
        return page(request, "map.html", query, values)

    return router


async def _described(
    connection: asyncpg.Connection, key: str, depth: int, relations: Sequence[str]
) -> dict[str, Any]:
    async def citations(keys: Sequence[str]) -> list[asyncpg.Record]:
        rows: list[asyncpg.Record] = await connection.fetch(_CITATIONS, list(keys))
        return rows

    graph = await around(key, depth, relations, citations)
    rows = await connection.fetch(_NODES, list(graph.distances))
    return _as_json(graph, {row["notice_key"]: row for row in rows})


def _as_json(graph: Graph, held: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    nothing = dict.fromkeys(("document_number", "title", "title_en", "issued_on", "status"))
    return {
        "notice_key": graph.middle,
        "whole": graph.whole,
        "nodes": [
            {
                "id": name,
                "distance": distance,
                "held": name in held,
                "address": notice_address(name) if name in held else None,
                **{field: plain(held.get(name, nothing)[field]) for field in nothing},
            }
            for name, distance in graph.distances.items()
        ],
        "edges": [
            {name: plain(value) for name, value in edge._asdict().items()} for edge in graph.edges
        ],
    }


def _rows(graph: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Its edges as a table, each with the numbers of both documents, or a title."""
    said = {
        one["id"]: one["document_number"] or one["title"] or one["id"] for one in graph["nodes"]
    }
    return [
        {
            "notice_key": edge["source"],
            "document_number": said[edge["source"]],
            "relation": edge["relation"],
            "cited": edge["target"],
            "cited_document_number": said[edge["target"]],
            "since": edge["since"],
            "until": edge["until"],
        }
        for edge in graph["edges"]
    ]


def _depth(given: str) -> int:
    if given not in map(str, _DEPTHS):
        raise Problem(400, "Wrong value", f"depth must be one of {', '.join(map(str, _DEPTHS))}")
    return int(given)


def _relations(given: str) -> Sequence[str]:
    if given not in _CHOICES:
        raise Problem(400, "Wrong value", f"relations must be one of {', '.join(_CHOICES)}")
    return _CHOICES[given]
