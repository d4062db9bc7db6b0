"""Plans of statements as they ran, with those of all that runs inside functions, for the benches to keep."""

from collections.abc import Iterable

import asyncpg

# Characters of a line, lines of a plan: that of applies(), whole, has 2,200.
_WIDEST, _LONGEST = 200, 120
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
    """The plans of statements with their parameters, of those that took five milliseconds or more; what is
    long is cut.
    """
    database = await asyncpg.connect(url)
    found = [heading]
    database.add_log_listener(lambda _, message: found.append(_cut(message.message)))
    await database.execute(_SHOW_PLANS)
    for sql, parameters in statements:
        found.append(f"-- {sql} {list(parameters) or ''}".rstrip())
        await database.fetch(sql, *parameters)
    await database.close()
    return "\n\n".join(dict.fromkeys(found)) + "\n"


def _cut(plan: str) -> str:
    lines = plan.splitlines()
    cut = [line if len(line) <= _WIDEST else line[:_WIDEST] + "…" for line in lines[:_LONGEST]]
    return "\n".join([*cut, "…"] if len(lines) > _LONGEST else cut)
