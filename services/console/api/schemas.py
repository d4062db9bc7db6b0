"""JSON Schemas of what is asked and answered, made from the questions, for all that describe them."""

from collections.abc import Mapping
from typing import Any

from shared.questions import TEXT, Question
from shared.questions.limits import LONGEST_TEXT

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
_INSTANT: Mapping[str, Any] = {
    "anyOf": [{"type": "string", "format": one} for one in ("date", "date-time")],
    "description": "A day, or an instant as in RFC 3339. A day, and an instant without an offset, is China's.",
}


def asked_schema(name: str, of_type: str) -> dict[str, Any]:
    """The schema of a parameter."""
    if name == TEXT:
        return {"type": "string", "maxLength": LONGEST_TEXT}
    if of_type == "timestamp with time zone":
        return {**_INSTANT}
    return {**_printed(of_type)}


def answer_schema(question: Question, **also: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of an answer as `answers.content` has it, with the properties `also`."""
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
        **also,
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _printed(of_type: str) -> Mapping[str, Any]:
    if of_type.endswith("[]"):
        return {"type": "array", "items": _printed(of_type.removesuffix("[]"))}
    return _TYPES.get(of_type, {"type": "string"})


def _or_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {**schema, "type": [schema["type"], "null"]} if "type" in schema else {}
