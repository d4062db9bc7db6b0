"""Which fields of a notice have their own column, derived from the model.

A text, a number, a date or a list of texts is a column of `ingest.reading` with the field's name;
nested fields (tables, citations, rates) are only in the JSON column `notice`.
"""

from datetime import date, datetime, timedelta, timezone
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from shared.notice import Notice

# A time that a page prints without a zone is China's.
_CHINA = timezone(timedelta(hours=8))
_PLAIN = (str, int, float, bool, date, datetime)
# The first is a column of the event, the others are read from the JSON.
_IN_THE_JSON = frozenset({"parser_version", "redirect_to", "rejection", "section_heads"})
# Reserved words of SQL.
_RENAMED = {"column": "column_name"}


def columns_of(model: type[BaseModel]) -> dict[str, str]:
    """The column name of each field that has one."""
    return {
        name: _RENAMED.get(name, name)
        for name, field in model.model_fields.items()
        if name not in _IN_THE_JSON and _is_plain(field.annotation)
    }


def _is_plain(annotation: Any) -> bool:
    """Whether one column can hold values of a type."""
    of = [each for each in get_args(annotation) if each is not type(None)]
    match get_origin(annotation):
        case origin if origin in (Union, UnionType):
            return all(map(_is_plain, of))
        case origin if origin is Literal:
            return all(isinstance(each, str) for each in of)
        case origin if origin is tuple:
            return of == [str, ...]
    return annotation in _PLAIN


NOTICE_COLUMNS = columns_of(Notice)
NO_NOTICE = {
    column: () if Notice.model_fields[name].default == () else None
    for name, column in NOTICE_COLUMNS.items()
}
"""The columns' values if nothing was parsed."""


def values_of(notice: Notice) -> dict[str, object]:
    """The column values of a notice, by column name."""
    return {column: _zoned(getattr(notice, name)) for name, column in NOTICE_COLUMNS.items()}


def _zoned(value: object) -> object:
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=_CHINA)
    return value
