"""The comments of the database's catalogue: what each view, column and function means."""

from collections.abc import Mapping
from typing import NamedTuple

import asyncpg

_COLUMNS = """
    SELECT c.relname AS view, obj_description(c.oid) AS about, a.attname AS column,
        format_type(a.atttypid, NULL) AS type, col_description(c.oid, a.attnum) AS meaning
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v' AND a.attnum > 0
    ORDER BY c.relname, a.attnum
"""
_FUNCTIONS = """
    SELECT p.proname AS name, pg_get_function_arguments(p.oid) AS arguments,
        pg_get_function_result(p.oid) AS result, obj_description(p.oid) AS about
    FROM pg_proc AS p WHERE p.pronamespace = 'public'::regnamespace ORDER BY p.proname
"""


class Meant(NamedTuple):
    """A column: its name, PostgreSQL's name of its type, and its comment."""

    name: str
    type: str
    meaning: str


class View(NamedTuple):
    """A view: its comment and its columns."""

    about: str
    columns: list[Meant]


async def views(database: asyncpg.Connection) -> dict[str, View]:
    """Every public view by its name."""
    found: dict[str, View] = {}
    for row in await database.fetch(_COLUMNS):
        view = found.setdefault(row["view"], View(row["about"] or "", []))
        view.columns.append(Meant(row["column"], row["type"], row["meaning"] or ""))
    return found


def views_page(described: Mapping[str, View]) -> str:
    """The views in Markdown, each with a table of its columns."""
    parts = ["\n## Views\n"]
    for name, view in described.items():
        parts += [
            f"\n### {name}\n",
            f"\n{view.about}\n",
            "\n| column | type | meaning |\n|---|---|---|\n",
        ]
        for column in view.columns:
            meaning = column.meaning.replace("|", "\\|")
            parts.append(f"| `{column.name}` | {column.type} | {meaning} |\n")
    return "".join(parts)


async def functions_page(database: asyncpg.Connection) -> str:
    """The functions in Markdown."""
    parts = ["\n## Functions\n"]
    for row in await database.fetch(_FUNCTIONS):
        parts += [
            f"\n### {row['name']}\n",
            f"\n{row['about']}\n",
            f"\n```sql\n{row['name']}({row['arguments']})\nRETURNS {row['result']}\n```\n",
        ]
    return "".join(parts)
