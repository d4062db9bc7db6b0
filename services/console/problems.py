"""What went wrong with a request, as RFC 9457 says it: https://www.rfc-editor.org/rfc/rfc9457."""

from dataclasses import dataclass

import asyncpg

from shared.postgres_errors import DATABASE_ERRORS, is_rows_fault
from shared.questions import TextRefused, UnknownQuestion, refusal


@dataclass
class Problem(Exception):
    """A refusal for people: `title` says which kind, `detail` what was wrong and what to do."""

    status: int
    title: str
    detail: str
    retry_after: int | None = None

    def __str__(self) -> str:
        return f"{self.title}: {self.detail}"


# What may be answered when it is asked again.
_RETRY_SECONDS = 5


def problem_of(error: Exception) -> Problem | None:
    """What an error means for who asked; None for one that is the console's own fault."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, UnknownQuestion):
        return Problem(400, "Wrong question", str(error))
    if isinstance(error, TextRefused):
        return Problem(400, "Too much text", str(error))
    if isinstance(error, asyncpg.QueryCanceledError):
        return Problem(504, "Too much asked", "the answer takes too long: ask for less of it")
    if isinstance(error, asyncpg.PostgresError) and (words := refusal(error)) is not None:
        nothing = error.sqlstate == "P0002"
        return Problem(404, "Not held", words) if nothing else Problem(400, "Wrong value", words)
    if isinstance(error, asyncpg.InterfaceError) and is_rows_fault(error):
        return Problem(400, "Wrong value", "a value has characters that UTF-8 cannot write")
    if isinstance(error, DATABASE_ERRORS):
        return Problem(
            503, "Database away", "the database does not answer now: ask again", _RETRY_SECONDS
        )
    return None
