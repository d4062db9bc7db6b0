"""The API's description for programs, made from the questions: https://spec.openapis.org/oas/v3.1.1.html."""

from collections.abc import Mapping
from typing import Any

from services.console.api.paging import CURSOR, LIMIT, MOST
from services.console.feeds.response import FORMATS
from shared.questions import Question
from shared.version import __version__

# A question with parameters that the bundled pages answer.
EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "applies": {"hs": "8112.92", "direction": "export", "country": "US", "at": "2025-12-01"},
    "calendar": {"first_day": "2026-11-01", "last_day": "2026-11-30"},
    "changes": {"after": "2020-01-01"},
    "cites": {"notice": "商务部公告2024年第46号"},
    "completeness": {"body": "商务部", "year": "2025"},
    "diff": {"notice": "商消费函〔2021〕402号"},
    "in_force": {"notice": "商务部公告2025年第61号", "at": "2025-12-01"},
    "listed": {"list": "Unreliable Entity List", "at": "2025-10-01"},
    "notice": {"named": "商务部公告2025年第61号"},
    "screen": {"name": "Saronik Technologies"},
    "search": {"words": "稀土"},
}

# PostgreSQL's names of types; a value may be null, and what is not named here is text.
_TYPES: Mapping[str, Mapping[str, Any]] = {
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
    "bigint": {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1},
    "real": {"type": "number"},
    "double precision": {"type": "number"},
    "numeric": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "timestamp with time zone": {"type": "string", "format": "date-time"},
    "jsonb": {},
}
# A day is an instant too: its first in China.
_INSTANT = {
    "anyOf": [{"type": "string", "format": one} for one in ("date", "date-time")],
    "description": "A day, or an instant as in RFC 3339. A day, and an instant without an offset, is China's.",
}


def document(questions: Mapping[str, Question]) -> dict[str, Any]:
    """The description, ready for JSON."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "MOFCOM notices",
            "version": __version__,
            "description": "Every answer has its quotes, links to the captures that it rests on, how fresh "
            "the database is (as_of, index_asked_at), and not_held: what the database lacks and may hold "
            'the answer. No rows is no "no".',
        },
        "paths": {f"/api/v1/{one.name}": {"get": _operation(one)} for one in questions.values()},
        "components": {
            "schemas": {"Problem": _PROBLEM},
            "responses": {
                "Problem": {
                    "description": "What was wrong, and what to do.",
                    "content": {"application/problem+json": {"schema": _ref("Problem")}},
                }
            },
        },
    }


def _operation(question: Question) -> dict[str, Any]:
    required = list(question.parameters)[: question.required]
    example = EXAMPLES.get(question.name, {})
    return {
        "operationId": question.name,
        "summary": question.meaning.partition(". ")[0],
        "description": question.meaning,
        "parameters": [
            {
                "name": name,
                "in": "query",
                "required": name in required,
                "schema": _asked(of_type),
                **({"example": example[name]} if name in example else {}),
            }
            for name, of_type in question.parameters.items()
        ]
        + [_FORMAT, *_PAGING],
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": _answer(question)}, **_FEEDS},
            },
            "304": {"description": "The answer is that of If-None-Match."},
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }


def _answer(question: Question) -> dict[str, Any]:
    moment = _or_null(_TYPES["timestamp with time zone"])
    rows = {name: _or_null(_printed(of_type)) for name, of_type in question.columns.items()}
    properties = {
        "question": {"const": question.name},
        "asked": {"type": "object", "additionalProperties": {"type": "string"}},
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": rows,
                "required": list(rows),
                "additionalProperties": False,
            },
        },
        "as_of": moment,
        "index_asked_at": moment,
        "not_held": {"type": "array", "items": {"type": "string"}},
        "next": {"type": ["string", "null"], "description": "Address of the rows behind these."},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _asked(of_type: str) -> Mapping[str, Any]:
    return _INSTANT if of_type == "timestamp with time zone" else _printed(of_type)


def _printed(of_type: str) -> Mapping[str, Any]:
    if of_type.endswith("[]"):
        return {"type": "array", "items": _printed(of_type.removesuffix("[]"))}
    return _TYPES.get(of_type, {"type": "string"})


def _or_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {**schema, "type": [schema["type"], "null"]} if "type" in schema else {}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


_PROBLEM = {
    "type": "object",
    "description": "RFC 9457",
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["title", "status", "detail"],
}
_FEEDS: Mapping[str, Any] = {media_type: {"schema": {}} for _, media_type in FORMATS.values()}
_FORMAT = {
    "name": "format",
    "in": "query",
    "required": False,
    "schema": {"type": "string", "enum": ["json", *FORMATS], "default": "json"},
    "description": "atom and jsonfeed are feeds, the newest entry first.",
}
_PAGING = [
    {
        "name": "limit",
        "in": "query",
        "required": False,
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
    },
    {
        "name": "cursor",
        "in": "query",
        "required": False,
        "schema": {"type": "string", "pattern": CURSOR},
        "description": "That of an earlier answer's `next`. Status 409: the answer has changed since.",
    },
]
