"""Plans of statements as they ran, with those of all that runs inside functions, for the benches to keep."""

from collections.abc import Iterable

import asyncpg

# PostgreSQL's own auto_explain.
_SHOW_PLANS = """
    LOAD 'auto_explain';
    SET auto_explain.log_min_duration = 2;
    SET auto_explain.log_nested_statements = on;
    SET auto_explain.log_analyze = on;
    SET auto_explain.log_buffers = on;
    SET auto_explain.log_level = notice;
    SET client_min_messages = notice
"""


async def plans(
    url: str, heading: str, statements: Iterable[tuple[str, tuple[object, ...]]]
) -> str:
    """The plans of statements with their parameters, of those that took two milliseconds or more."""
    database = await asyncpg.connect(url)
    found = [heading]
    database.add_log_listener(lambda _, message: found.append(message.message))
    await database.execute(_SHOW_PLANS)
    for sql, parameters in statements:
        found.append(f"-- {sql} {list(parameters) or ''}".rstrip())
        await database.fetch(sql, *parameters)
    await database.close()
    return "\n\n".join(found) + "\n"
