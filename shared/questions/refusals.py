"""What is refused of a question."""

import asyncpg


class TextRefused(ValueError):
    """A text that is longer, or cites more, than is verified at once; the message says what to do."""


def refusal(error: asyncpg.PostgresError) -> str | None:
    """The database's words, for people, if what was asked is at fault; None if something else is.

    Classes 22 (a value that cannot be) and P0002 (no such notice) are the asker's fault, and no other:
    https://www.postgresql.org/docs/current/errcodes-appendix.html.
    """
    code = error.sqlstate or ""
    if not (code.startswith("22") or code == "P0002"):
        return None
    hint = getattr(error, "hint", None)
    return f"{error}. {hint}" if hint else str(error).splitlines()[0]
