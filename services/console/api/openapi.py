"""The API's description for programs, made from the questions: https://spec.openapis.org/oas/v3.1.1.html."""

from collections.abc import Mapping
from typing import Any

from services.console.api.paging import CURSOR, LIMIT, MOST
from services.console.api.schemas import answer_schema, asked_schema
from services.console.feeds.response import FORMATS
from services.console.forms import API, MEDIA_TYPES, Form
from shared.questions import TEXT, Question
from shared.version import __version__

# A question with parameters that the bundled pages answer.
EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "applies": {"hs": "8112.92", "direction": "export", "country": "US", "at": "2025-12-01"},
    "calendar": {"first_day": "2026-11-01", "last_day": "2026-11-30"},
    "changes": {"after": "2020-01-01"},
    "cites": {"notice": "商务部公告2024年第46号"},
    "completeness": {"body": "商务部", "year": "2025"},
    "diff": {"notice": "商消费函〔2021〕402号"},
    "duties": {"goods": "卤化丁基橡胶", "origin": "SG", "at": "2020-01-01"},
    "in_force": {"notice": "商务部公告2025年第61号", "at": "2025-12-01"},
    "listed": {"list": "Unreliable Entity List", "at": "2025-10-01"},
    "notice": {"named": "商务部公告2025年第61号"},
    "screen": {"name": "Saronik Technologies"},
    "search": {"words": "稀土"},
    "verify": {"text": "依据商务部公告2025年第61号", "at": "2025-12-01"},
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
        "paths": {f"/api/v1/{one.name}": _operations(one) for one in questions.values()},
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


def _operations(question: Question) -> dict[str, Any]:
    example = EXAMPLES.get(question.name, {})
    asked = [
        {
            "name": name,
            "in": "query",
            "required": n < question.required,
            "schema": asked_schema(name, of_type),
            **({"example": example[name]} if name in example else {}),
        }
        for n, (name, of_type) in enumerate(question.parameters.items())
    ]
    get = {"operationId": question.name, "parameters": [*asked, _FORMAT, *_PAGING]}
    if TEXT not in question.parameters:
        return {"get": _operation(question) | get}
    # A text may be longer than an address.
    schema = {
        "type": "object",
        "properties": {name: asked_schema(name, t) for name, t in question.parameters.items()},
        "required": list(question.parameters)[: question.required],
        "additionalProperties": False,
    }
    body = {
        "required": True,
        "content": {"application/json": {"schema": schema, "example": example}},
    }
    paging = [_FORMAT, *_PAGING]
    post = {"operationId": f"{question.name}_text", "parameters": paging, "requestBody": body}
    return {"get": _operation(question) | get, "post": _operation(question) | post}


def _operation(question: Question) -> dict[str, Any]:
    after = {"type": ["string", "null"], "description": "Address of the rows behind these."}
    return {
        "summary": question.meaning.partition(". ")[0],
        "description": question.meaning,
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {
                    MEDIA_TYPES[Form.JSON]: {"schema": answer_schema(question, next=after)},
                    **_OTHERS,
                },
            },
            "304": {"description": "The answer is that of If-None-Match."},
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }


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
# Of an answer as a table or a feed nothing is said but its type.
_OTHERS: Mapping[str, Any] = {
    media_type: {"schema": {}}
    for media_type in (
        MEDIA_TYPES[Form.CSV],
        MEDIA_TYPES[Form.XLSX],
        *(media_type for _, media_type in FORMATS.values()),
    )
}
_FORMAT = {
    "name": "format",
    "in": "query",
    "required": False,
    "schema": {
        "type": "string",
        "enum": [*API, *FORMATS],
        "default": Form.JSON,
    },
    "description": "csv and xlsx have all rows; atom and jsonfeed are feeds, the newest entry first.",
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
