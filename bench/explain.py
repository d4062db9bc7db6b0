"""Plans of statements as they ran, with those of all that runs inside functions, for the benches to keep."""

from collections.abc import Iterable

import asyncpg

_WIDEST = 200
# PostgreSQL's own auto_explain.
_SHOW_PLANS = """
    LOAD 'auto_explain';
    SET auto_explain.log_min_duration = 5;
    SET auto_explain.log_nested_statements = on;
    SET auto_explain.log_analyze = on;
    SET auto_explain.log_buffers = on;
    SET auto_explain.log_level = notice;
    SET client_min_messages = notice
"""


async def plans(
    url: str, heading: str, statements: Iterable[tuple[str, tuple[object, ...]]]
) -> str:
    """The plans of statements with their parameters, of those that took five milliseconds or more; once each,
    with long lines cut (a list of keys, the text of a function).
    """
    database = await asyncpg.connect(url)
    found = [heading]
    database.add_log_listener(lambda _, message: found.append(message.message))
    await database.execute(_SHOW_PLANS)
    for sql, parameters in statements:
        found.append(f"-- {sql} {list(parameters) or ''}".rstrip())
        await database.fetch(sql, *parameters)
    await database.close()
    lines = "\n\n".join(dict.fromkeys(found)).splitlines()
    return "\n".join(line if len(line) <= _WIDEST else line[:_WIDEST] + "…" for line in lines) + "\n"
